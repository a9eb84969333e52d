import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectsModule } from '#libs/projects';
import { AllocationDecision, AllocationLine, AllocationTotal } from './allocation.entity.js';
import { DisbursementEntry, DisbursementTotal } from './disbursement.entity.js';
import { MonthlyReport, ReportingMonth } from './reporting-month.entity.js';
import { StagedDisbursement } from './staged-disbursement.entity.js';

@Module({
  imports: [
    ProjectsModule,
    TypeOrmModule.forFeature([
      AllocationDecision,
      AllocationLine,
      AllocationTotal,
      DisbursementEntry,
      DisbursementTotal,
      MonthlyReport,
      ReportingMonth,
      StagedDisbursement,
    ]),
  ],
})
export class LedgerModule {}
