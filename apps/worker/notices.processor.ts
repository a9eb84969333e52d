import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import { composeMonth } from '#libs/documents';
import { Month, systemActor } from '#libs/kernel';
import { MONTH_EVALUATED } from '#libs/monitoring';
import { ANNOUNCEMENT_RELEASED, followUpNotices, issueNotices, remindReports, sendWeeklyDigest } from '#libs/notices';
import { CONFIG, noteFailure, QUEUES, type Config } from '#libs/platform';
import { DAILY_REMINDERS } from './jobs.js';

interface MonthEvaluatedData {
  messageId: number;
  evaluationId: number;
}

interface AnnouncementReleasedData {
  messageId: number;
  planYear: number;
  month: number;
}

/**
 * Writes the notices of a new evaluation, the documents of a released announcement, and once a day the reminders of
 * missing reports, the deadlines that pass and the digest of the week.
 */
@Processor(QUEUES.notices, { lockDuration: 30_000 })
export class NoticesProcessor extends WorkerHost {
  private readonly log = new Logger(NoticesProcessor.name);

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  /** The connection to the queue is lost or the queue refuses: the library tries again by itself. */
  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.log.debug(`the queue does not answer: ${error.message}`);
  }

  async process(job: Job): Promise<void> {
    switch (job.name) {
      case MONTH_EVALUATED:
        return this.issue(job.data as MonthEvaluatedData);
      case ANNOUNCEMENT_RELEASED:
        return this.compose(job.data as AnnouncementReleasedData);
      case DAILY_REMINDERS:
        return this.remind();
      default:
        throw new Error(`no work is known under the name ${job.name}`);
    }
  }

  private async issue({ messageId, evaluationId }: MonthEvaluatedData): Promise<void> {
    try {
      const written = await issueNotices(this.db, systemActor('job'), evaluationId, messageId);
      if (written.length > 0) this.log.log(`evaluation ${evaluationId}: ${written.length} notices written`);
    } catch (error) {
      await noteFailure(this.db, messageId, String(error));
      throw error;
    }
  }

  private async compose({ messageId, planYear, month }: AnnouncementReleasedData): Promise<void> {
    try {
      const drafts = await composeMonth(this.db, systemActor('job'), Month.of(planYear, month), messageId);
      this.log.log(`month ${month} of ${planYear}: ${drafts.length} documents drafted`);
    } catch (error) {
      await noteFailure(this.db, messageId, String(error));
      throw error;
    }
  }

  private async remind(): Promise<void> {
    const system = systemActor('job');
    const written = await remindReports(this.db, system, this.config);
    const marked = await followUpNotices(this.db, system, this.config);
    const told = await sendWeeklyDigest(this.db, system, this.config);
    if (written.length + marked.length + told > 0)
      this.log.log(`daily: ${written.length} reminders, ${marked.length} deadlines noted, ${told} weekly digests`);
  }
}
