import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '#libs/ledger';
import { Evaluation, EvaluationAverage, EvaluationLine, PolicyVersion } from './evaluation.entity.js';
import { WarningCase, WarningCaseStep } from './warning-case.entity.js';

@Module({
  imports: [
    LedgerModule,
    TypeOrmModule.forFeature([
      Evaluation,
      EvaluationAverage,
      EvaluationLine,
      PolicyVersion,
      WarningCase,
      WarningCaseStep,
    ]),
  ],
})
export class MonitoringModule {}
