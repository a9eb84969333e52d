import { InjectQueue } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import type { Queue } from 'bullmq';
import { DataSource } from 'typeorm';
import { IMPORT_RECEIVED } from '#libs/exchange';
import { MONTH_CLOSED } from '#libs/ledger';
import { MONTH_EVALUATED, orderDueEvaluations } from '#libs/monitoring';
import { ANNOUNCEMENT_RELEASED, DELIVERY_DUE, NOTICE_STEPPED, orderDueDeliveries } from '#libs/notices';
import { CONFIG, dispatchDue, OutboxBell, QUEUES, type Config, type OutboxMessage } from '#libs/platform';

const LOOK_EVERY_MS = 250;
/** While the database or the queue is away, looks come slower and slower up to this. */
const LOOK_SELDOM_MS = 5000;
const WATCH_EVERY_MS = 60_000;
const MOST_AT_ONCE = 100;

/** Hands the outbox to the queues, and watches that no closed month stays without its evaluation and no message without its
 * next attempt. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(OutboxRelay.name);
  private readonly queueOf: Record<string, Queue>;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private readonly bell: OutboxBell;

  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    @InjectQueue(QUEUES.monitoring) monitoring: Queue,
    @InjectQueue(QUEUES.notices) notices: Queue,
    @InjectQueue(QUEUES.exchange) exchange: Queue,
    @InjectQueue(QUEUES.delivery) delivery: Queue,
  ) {
    // Without a listener the library prints every lost connection with its stack; the relay says it once a round.
    for (const queue of [monitoring, notices, exchange, delivery]) queue.on('error', () => undefined);
    this.queueOf = {
      [MONTH_CLOSED]: monitoring,
      [MONTH_EVALUATED]: notices,
      [IMPORT_RECEIVED]: exchange,
      [NOTICE_STEPPED]: delivery,
      [DELIVERY_DUE]: delivery,
      [ANNOUNCEMENT_RELEASED]: notices,
    };
    this.bell = new OutboxBell(config.databaseUrl ?? '');
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Before the connections close under it. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.bell.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    let watchedAt = 0;
    let failures = 0;
    while (!this.stopped) {
      try {
        if (Date.now() - watchedAt >= WATCH_EVERY_MS) {
          await orderDueEvaluations(this.db);
          await orderDueDeliveries(this.db);
          watchedAt = Date.now();
        }
        const handed = await dispatchDue(
          this.db,
          { redispatchSeconds: this.config.redispatchSeconds, limit: MOST_AT_ONCE },
          (message) => this.dispatch(message),
        );
        if (failures > 0) this.log.log(`the outbox is handed over again, after ${failures} attempts`);
        failures = 0;
        if (handed === MOST_AT_ONCE) continue;
      } catch (error) {
        // The database or the queue is away: what is due stays due, a later round tries again. Said once an outage.
        if (failures === 0) this.log.warn(`the outbox could not be handed over: ${String(error)}`);
        failures += 1;
      }
      await this.bell.ringsWithin(Math.min(LOOK_EVERY_MS * 2 ** failures, LOOK_SELDOM_MS));
    }
  }

  private async dispatch(message: OutboxMessage): Promise<void> {
    const queue = this.queueOf[message.topic];
    if (!queue) throw new Error(`no queue carries ${message.topic}`);
    await queue.add(
      message.topic,
      { ...message.payload, messageId: message.id },
      // A new id with each attempt: a job that was lost or failed for good must not block its successor.
      { jobId: `outbox-${message.id}-${message.attempts}` },
    );
  }
}
