import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganisationModule } from '#libs/organisation';
import { Account, AccountScope, ApiToken, Session } from './account.entity.js';
import { OneTimeLink } from './one-time-link.entity.js';

@Module({
  imports: [OrganisationModule, TypeOrmModule.forFeature([Account, AccountScope, Session, ApiToken, OneTimeLink])],
})
export class AccessModule {}
