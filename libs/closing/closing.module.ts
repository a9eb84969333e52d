import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AnswersModule } from '#libs/followup';
import { NoticesModule } from '#libs/notices';
import { ReconciliationModule } from '#libs/reconciliation';
import { MonthDecision } from './month-decision.entity.js';

@Module({ imports: [AnswersModule, NoticesModule, ReconciliationModule, TypeOrmModule.forFeature([MonthDecision])] })
export class ClosingModule {}
