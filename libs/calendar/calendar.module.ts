import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#libs/audit';
import { CalendarDay } from './calendar-day.entity.js';

@Module({ imports: [AuditModule, TypeOrmModule.forFeature([CalendarDay])] })
export class CalendarModule {}
