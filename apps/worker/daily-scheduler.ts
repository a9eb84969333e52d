import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { PROVINCE_TIME_ZONE } from '#libs/kernel';
import { CONFIG, QUEUES, type Config } from '#libs/platform';
import { DAILY_REMINDERS, DAILY_SWEEP } from './jobs.js';

/**
 * Keeps the daily reminders and the daily sweep of imports and files in the queue's schedule. Who is reminded of what the database decides and holds, so a run
 * that is lost costs a day at most and one that comes twice changes nothing.
 */
@Injectable()
export class DailyScheduler implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectQueue(QUEUES.notices) private readonly queue: Queue,
    @InjectQueue(QUEUES.exchange) private readonly imports: Queue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.upsertJobScheduler(
      DAILY_REMINDERS,
      { pattern: `0 ${this.config.reminderHour} * * *`, tz: PROVINCE_TIME_ZONE },
      { name: DAILY_REMINDERS },
    );
    // At night, when nobody looks at an import.
    await this.imports.upsertJobScheduler(
      DAILY_SWEEP,
      { pattern: '30 2 * * *', tz: PROVINCE_TIME_ZONE },
      { name: DAILY_SWEEP },
    );
  }
}
