import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectsModule } from '#libs/projects';
import { AllocationDecision, AllocationLine, AllocationTotal } from './allocation.entity.js';
import { CellComment } from './cell-comment.entity.js';
import { DisbursementEntry, DisbursementTotal } from './disbursement.entity.js';
import { MonthlyReport, ReportingMonth } from './reporting-month.entity.js';

@Module({
  imports: [
    ProjectsModule,
    TypeOrmModule.forFeature([
      AllocationDecision,
      AllocationLine,
      AllocationTotal,
      CellComment,
      DisbursementEntry,
      DisbursementTotal,
      MonthlyReport,
      ReportingMonth,
    ]),
  ],
})
export class LedgerModule {}
