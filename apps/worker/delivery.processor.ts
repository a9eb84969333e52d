import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import { systemActor } from '#libs/kernel';
import { attemptDelivery, DELIVERY_DUE, NOTICE_STEPPED, tellStep } from '#libs/notices';
import { CONFIG, noteFailure, openMailer, QUEUES, type Config, type Mailer } from '#libs/platform';

interface DeliveryData {
  messageId: number;
  stepId: number;
  deliveryId: number;
}

/** Decides who is told of a step of a notice, and sends what is to leave the house. */
@Processor(QUEUES.delivery, { lockDuration: 60_000 })
export class DeliveryProcessor extends WorkerHost implements OnApplicationShutdown {
  private readonly log = new Logger(DeliveryProcessor.name);
  private readonly mailer: Mailer | undefined;

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
    this.mailer = openMailer(config);
  }

  onApplicationShutdown(): void {
    this.mailer?.close();
  }

  /** The connection to the queue is lost or the queue refuses: the library tries again by itself. */
  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.log.debug(`the queue does not answer: ${error.message}`);
  }

  async process(job: Job): Promise<void> {
    const { messageId, stepId, deliveryId } = job.data as DeliveryData;
    try {
      if (job.name === NOTICE_STEPPED) await tellStep(this.db, systemActor('job'), this.config, { stepId, messageId });
      else if (job.name === DELIVERY_DUE) await this.attempt(deliveryId, messageId);
      else throw new Error(`no work is known under the name ${job.name}`);
    } catch (error) {
      await noteFailure(this.db, messageId, String(error));
      throw error;
    }
  }

  private async attempt(deliveryId: number, messageId: number): Promise<void> {
    const means = { mailer: this.mailer, config: this.config };
    const state = await attemptDelivery(this.db, means, { deliveryId, messageId });
    if (state === 'dead') this.log.warn(`delivery ${deliveryId} is given up: see the list of deliveries`);
  }
}
