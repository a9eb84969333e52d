import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NoticesModule } from '#libs/notices';
import { MonthDecision } from './month-decision.entity.js';

@Module({ imports: [NoticesModule, TypeOrmModule.forFeature([MonthDecision])] })
export class ClosingModule {}
