import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { PROVINCE_TIME_ZONE } from '#libs/kernel';
import { CONFIG, QUEUES, type Config } from '#libs/platform';
import { MONTHLY_CHECK } from './jobs.js';

/** Keeps the monthly check in the queue's schedule. The check asks the database what is due, so a lost run costs a month at most. */
@Injectable()
export class MonthlyScheduler implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectQueue(QUEUES.monitoring) private readonly queue: Queue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { monthlyCheckDay: day, monthlyCheckHour: hour } = this.config;
    await this.queue.upsertJobScheduler(
      MONTHLY_CHECK,
      { pattern: `0 ${hour} ${day} * *`, tz: PROVINCE_TIME_ZONE },
      { name: MONTHLY_CHECK },
    );
  }
}
