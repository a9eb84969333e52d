import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MonitoringModule } from '#libs/monitoring';
import { Notice, NoticeLine } from './notice.entity.js';

@Module({ imports: [MonitoringModule, TypeOrmModule.forFeature([Notice, NoticeLine])] })
export class NoticesModule {}
