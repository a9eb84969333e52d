import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectsModule } from '#libs/projects';
import { AllocationDecision, AllocationLine, AllocationTotal } from './allocation.entity.js';
import { AllocationDecisionSum, AllocationDecisionTotal, UnassignedCapital } from './decision-total.entity.js';
import { DisbursementEntry, DisbursementTotal } from './disbursement.entity.js';
import { MediumTermPlan } from './medium-term-plan.entity.js';
import { MonthlyReport, ReportingMonth } from './reporting-month.entity.js';

@Module({
  imports: [
    ProjectsModule,
    TypeOrmModule.forFeature([
      AllocationDecision,
      AllocationDecisionSum,
      AllocationDecisionTotal,
      AllocationLine,
      AllocationTotal,
      DisbursementEntry,
      DisbursementTotal,
      MediumTermPlan,
      MonthlyReport,
      ReportingMonth,
      UnassignedCapital,
    ]),
  ],
})
export class LedgerModule {}
