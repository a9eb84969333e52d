import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import { systemActor } from '#libs/kernel';
import { MONTH_EVALUATED } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { noteFailure, QUEUES } from '#libs/platform';

/** Writes the notices of a new evaluation. */
@Processor(QUEUES.notices, { lockDuration: 30_000 })
export class NoticesProcessor extends WorkerHost {
  private readonly log = new Logger(NoticesProcessor.name);

  constructor(private readonly db: DataSource) {
    super();
  }

  /** The connection to the queue is lost or the queue refuses: the library tries again by itself. */
  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.log.debug(`the queue does not answer: ${error.message}`);
  }

  async process(job: Job): Promise<void> {
    if (job.name !== MONTH_EVALUATED) throw new Error(`no work is known under the name ${job.name}`);
    const { messageId, evaluationId } = job.data as { messageId: number; evaluationId: number };
    try {
      const written = await issueNotices(this.db, systemActor('job'), evaluationId, messageId);
      if (written.length > 0) this.log.log(`evaluation ${evaluationId}: ${written.length} notices written`);
    } catch (error) {
      await noteFailure(this.db, messageId, String(error));
      throw error;
    }
  }
}
