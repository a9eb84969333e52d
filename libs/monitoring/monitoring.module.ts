import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '#libs/ledger';
import { Evaluation, EvaluationAverage, EvaluationLine, PolicyVersion } from './evaluation.entity.js';
import { PolicyProposal } from './policy-proposal.entity.js';
import { WarningCase, WarningCaseStep } from './warning-case.entity.js';

@Module({
  imports: [
    LedgerModule,
    TypeOrmModule.forFeature([
      Evaluation,
      EvaluationAverage,
      EvaluationLine,
      PolicyVersion,
      PolicyProposal,
      WarningCase,
      WarningCaseStep,
    ]),
  ],
})
export class MonitoringModule {}
