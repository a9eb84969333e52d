import { randomUUID } from 'node:crypto';
import { livingHolders } from './holders.js';
import { waitUntilDead } from './processes.js';
import { signalServer } from './server.js';
import { tryStartLock } from './start-lock.js';

const STOP_LIMIT_MS = 15_000;

/**
 * A program that ends by process.exit or an uncaught error has no time to wait for a shutdown, but can still ask for
 * it. A killed one cannot: the next start adopts what it left.
 */
export class ExitGuard {
  readonly id = randomUUID();
  private pid: number | undefined;
  private lockIsOurs = true;
  private readonly onExit = () => this.askToStop();

  constructor(private readonly dataDir: string) {}

  watch(pid: number): void {
    if (this.pid === undefined) process.once('exit', this.onExit);
    this.pid = pid;
  }

  started(): void {
    this.lockIsOurs = false;
  }

  standDown(): void {
    process.off('exit', this.onExit);
    this.pid = undefined;
  }

  async stopNow(): Promise<void> {
    const pid = this.pid;
    this.standDown();
    if (pid === undefined) return;
    signalServer(pid, 'SIGQUIT');
    await waitUntilDead(pid, STOP_LIMIT_MS);
  }

  private askToStop(): void {
    // On Windows a signal would end the server without a shutdown.
    if (this.pid === undefined || process.platform === 'win32') return;
    // Another process that holds the lock is about to use the server.
    const lock = this.lockIsOurs ? undefined : tryStartLock(this.dataDir);
    if (!this.lockIsOurs && !lock) return;
    const inUse = livingHolders(this.dataDir).some((holder) => holder.pid !== process.pid);
    if (!inUse) signalServer(this.pid, 'SIGINT');
    lock?.release();
  }
}
