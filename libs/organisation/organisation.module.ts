import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#libs/audit';
import { FundingSource } from './funding-source.entity.js';
import { InspectionTeam, TeamArea } from './inspection-team.entity.js';
import { Place } from './place.entity.js';
import { Reorganisation, UnitSuccession } from './reorganisation.entity.js';
import { Unit } from './unit.entity.js';

@Module({
  imports: [
    AuditModule,
    TypeOrmModule.forFeature([Unit, Place, InspectionTeam, TeamArea, FundingSource, Reorganisation, UnitSuccession]),
  ],
})
export class OrganisationModule {}
