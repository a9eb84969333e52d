import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import { systemActor } from '#libs/kernel';
import { MONTH_CLOSED } from '#libs/ledger';
import { evaluateMonth, orderDueEvaluations } from '#libs/monitoring';
import { remindOpenMonths } from '#libs/notices';
import { noteFailure, QUEUES } from '#libs/platform';
import { MONTHLY_CHECK } from './jobs.js';

interface MonthClosedData {
  messageId: number;
  planYear: number;
  month: number;
  monthVersion: number;
}

/** Evaluates closed months, and once a month makes sure that none was forgotten. */
@Processor(QUEUES.monitoring, { lockDuration: 30_000 })
export class MonitoringProcessor extends WorkerHost {
  private readonly log = new Logger(MonitoringProcessor.name);

  constructor(private readonly db: DataSource) {
    super();
  }

  /** The connection to the queue is lost or the queue refuses: the library tries again by itself. */
  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.log.debug(`the queue does not answer: ${error.message}`);
  }

  async process(job: Job): Promise<void> {
    switch (job.name) {
      case MONTH_CLOSED:
        return this.evaluate(job.data as MonthClosedData);
      case MONTHLY_CHECK:
        return this.check();
      default:
        throw new Error(`no work is known under the name ${job.name}`);
    }
  }

  private async evaluate(order: MonthClosedData): Promise<void> {
    try {
      const evaluation = await evaluateMonth(this.db, systemActor('job'), order);
      if (evaluation) this.log.log(`month ${order.planYear}-${order.month} evaluated, result ${evaluation.resultHash}`);
    } catch (error) {
      await noteFailure(this.db, order.messageId, String(error));
      throw error;
    }
  }

  private async check(): Promise<void> {
    const due = await orderDueEvaluations(this.db);
    const reminders = await remindOpenMonths(this.db, systemActor('job'));
    this.log.log(`monthly check: ${due.length} evaluations ordered, ${reminders.length} reminders written`);
  }
}
