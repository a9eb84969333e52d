import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MonitoringModule } from '#libs/monitoring';
import { Delivery } from './delivery/delivery.entity.js';
import { Webhook } from './delivery/webhook.entity.js';
import { Notice, NoticeLine } from './notice.entity.js';
import { NoticeStep, NoticeTransition } from './notice-step.entity.js';

@Module({
  imports: [
    MonitoringModule,
    TypeOrmModule.forFeature([Notice, NoticeLine, NoticeStep, NoticeTransition, Delivery, Webhook]),
  ],
})
export class NoticesModule {}
