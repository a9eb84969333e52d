import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PlatformModule } from '#libs/platform';
import { AuditEvent, AuditHead } from './audit-event.entity.js';

@Module({ imports: [PlatformModule, TypeOrmModule.forFeature([AuditEvent, AuditHead])] })
export class AuditModule {}
