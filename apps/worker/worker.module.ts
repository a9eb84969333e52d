import { Module } from '@nestjs/common';
import { ExchangeModule } from '#libs/exchange';
import { FilesModule } from '#libs/files';
import { NoticesModule } from '#libs/notices';
import { DatabaseModule, QueueModule } from '#libs/platform';
import { ExchangeProcessor } from './exchange.processor.js';
import { DailyScheduler } from './daily-scheduler.js';
import { MonitoringProcessor } from './monitoring.processor.js';
import { MonthlyScheduler } from './monthly-scheduler.js';
import { NoticesProcessor } from './notices.processor.js';
import { OutboxRelay } from './outbox-relay.js';

@Module({
  imports: [DatabaseModule, QueueModule, NoticesModule, ExchangeModule, FilesModule],
  providers: [MonitoringProcessor, NoticesProcessor, ExchangeProcessor, OutboxRelay, MonthlyScheduler, DailyScheduler],
})
export class WorkerModule {}
