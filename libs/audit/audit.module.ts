import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEvent, AuditHead } from './audit-event.entity.js';

@Module({ imports: [TypeOrmModule.forFeature([AuditEvent, AuditHead])] })
export class AuditModule {}
