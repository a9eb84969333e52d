import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import { IMPORT_RECEIVED, readImport, sweepImports, type ImportOrder } from '#libs/exchange';
import { sweepFiles } from '#libs/files';
import { systemActor } from '#libs/kernel';
import { CONFIG, noteFailure, QUEUES, sweepKeptAnswers, type Config } from '#libs/platform';
import { DAILY_SWEEP } from './jobs.js';

/** Reads received files, and once a day takes away what old imports no longer need and what nobody attached. */
@Processor(QUEUES.exchange, { lockDuration: 30_000 })
export class ExchangeProcessor extends WorkerHost {
  private readonly log = new Logger(ExchangeProcessor.name);

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
    if (job.name === DAILY_SWEEP) return this.sweep();
    if (job.name !== IMPORT_RECEIVED) throw new Error(`no work is known under the name ${job.name}`);
    const order = job.data as ImportOrder;
    try {
      const batch = await readImport(this.db, systemActor('job'), order);
      if (batch) this.log.log(`import ${batch.id}: ${batch.state}, ${batch.rowsRead} rows`);
    } catch (error) {
      await noteFailure(this.db, order.messageId, String(error));
      throw error;
    }
  }

  private async sweep(): Promise<void> {
    const { discarded, emptied } = await sweepImports(this.db, systemActor('job'), this.config);
    if (discarded.length + emptied.length > 0)
      this.log.log(`imports: ${discarded.length} given up, ${emptied.length} emptied of booked rows`);
    const files = await sweepFiles(this.db, systemActor('job'));
    const answers = await sweepKeptAnswers(this.db);
    if (answers > 0) this.log.log(`answers of repeated requests: ${answers} taken away`);
    if (files.length > 0) this.log.log(`files: ${files.length} taken away that nobody attached`);
  }
}
