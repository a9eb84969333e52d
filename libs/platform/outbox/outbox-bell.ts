import { Client } from 'pg';
import { OUTBOX_CHANNEL } from './outbox.js';

/**
 * Wakes a relay the moment a message is committed, so that nobody waits for its next look. Only a shortcut: without
 * the connection the relay still looks on its own, and the connection is tried again.
 */
export class OutboxBell {
  private client: Client | undefined;
  private connecting = false;
  private stopped = false;
  private rung = false;
  private wake: (() => void) | undefined;

  constructor(private readonly databaseUrl: string) {}

  /** Resolves at the next ring (at once if it rang since the last wait), or after so many milliseconds. */
  async ringsWithin(milliseconds: number): Promise<void> {
    this.listen();
    if (!this.rung)
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    this.rung = false;
    this.wake = undefined;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.ring();
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private ring(): void {
    this.rung = true;
    this.wake?.();
  }

  private listen(): void {
    if (this.client || this.connecting || this.stopped) return;
    this.connecting = true;
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'public-investment-tracker outbox',
      connectionTimeoutMillis: 5000,
    });
    const lose = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', () => this.ring());
    client
      .connect()
      .then(() => client.query(`LISTEN ${OUTBOX_CHANNEL}`))
      .then(
        async () => {
          if (this.stopped) await client.end();
          else this.client = client;
        },
        () => void client.end().catch(() => undefined),
      )
      .catch(() => undefined)
      .finally(() => (this.connecting = false));
  }
}
