import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '#libs/calendar';
import { ProjectsModule } from '#libs/projects';
import { AllocationDecision, AllocationLine, AllocationTotal } from './allocation.entity.js';
import { DisbursementWarning } from './disbursement-warning.entity.js';
import { CellComment } from './cell-comment.entity.js';
import { DisbursementEntry, DisbursementTotal } from './disbursement.entity.js';
import { MonthClosing, MonthReopening, NationalAverage } from './month-history.entity.js';
import { AllocationDecisionSum, AllocationDecisionTotal, UnassignedCapital } from './decision-total.entity.js';
import { MediumTermPlan } from './medium-term-plan.entity.js';
import { MonthlyReport, ReportingMonth } from './reporting-month.entity.js';
import { StagedDisbursement } from './staged-disbursement.entity.js';

@Module({
  imports: [
    CalendarModule,
    ProjectsModule,
    TypeOrmModule.forFeature([
      AllocationDecision,
      AllocationDecisionSum,
      AllocationDecisionTotal,
      AllocationLine,
      AllocationTotal,
      CellComment,
      DisbursementEntry,
      DisbursementTotal,
      DisbursementWarning,
      MonthClosing,
      MonthReopening,
      MediumTermPlan,
      MonthlyReport,
      NationalAverage,
      ReportingMonth,
      UnassignedCapital,
      StagedDisbursement,
    ]),
  ],
})
export class LedgerModule {}
