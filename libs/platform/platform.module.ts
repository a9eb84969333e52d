import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdempotencyRecord } from './instance/idempotency-record.entity.js';
import { InstanceSetting } from './instance/instance-setting.entity.js';
import { OutboxMessage } from './outbox/outbox-message.entity.js';
import { RateLimit } from './rate-limits/rate-limit.entity.js';

@Module({ imports: [TypeOrmModule.forFeature([OutboxMessage, InstanceSetting, IdempotencyRecord, RateLimit])] })
export class PlatformModule {}
