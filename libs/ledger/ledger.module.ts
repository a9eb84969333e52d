import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectsModule } from '#libs/projects';
import { AllocationDecision, AllocationLine, AllocationTotal } from './allocation.entity.js';
import { DisbursementWarning } from './disbursement-warning.entity.js';
import { DisbursementEntry, DisbursementTotal } from './disbursement.entity.js';
import { MonthlyReport, ReportingMonth } from './reporting-month.entity.js';

@Module({
  imports: [
    ProjectsModule,
    TypeOrmModule.forFeature([
      AllocationDecision,
      AllocationLine,
      AllocationTotal,
      DisbursementEntry,
      DisbursementTotal,
      DisbursementWarning,
      MonthlyReport,
      ReportingMonth,
    ]),
  ],
})
export class LedgerModule {}
