import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { resolve } from 'node:path';
import { prepareBinaries, type Binaries } from './binaries.js';
import { ensureCluster, readPassword } from './cluster.js';
import { createFolder, openDataHome, type DataHome } from './data-home.js';
import { connectionUrl, ensureDatabase, ping } from './database.js';
import { EmbeddedPostgresError, folderError } from './errors.js';
import { ExitGuard } from './exit-guard.js';
import { addHolder, livingHolders, removeHolder } from './holders.js';
import { choosePort, portTaken, rememberPort } from './port.js';
import {
  disarmStalePidFile,
  findServer,
  launchServer,
  READY_LIMIT_MS,
  stopServer,
  type RunningServer,
} from './server.js';
import { tellingLine } from './server-log.js';
import { takeStartLock } from './start-lock.js';
import { waitUntilDead } from './processes.js';

export interface EmbeddedPostgresOptions {
  /** Created if absent. Holds the data, the password, the port, the lock and the log. */
  dataDir: string;
  /** Created if absent, sorted by the Vietnamese alphabet. */
  database: string;
  /** Without it a free port is taken and remembered in the folder. */
  port?: number;
  /** false: fast and unsafe, for test suites only. */
  durable?: boolean;
  /** Told in one English sentence what the person at the terminal should know: where the data went, why it waits. */
  onNote?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  url: string;
  adminUrl: string;
  port: number;
  /** Where the data really lies: `dataDir`, or the folder of PostgreSQL's account when that is closed to it. */
  folder: string;
  outcome: 'created' | 'started' | 'adopted';
  /** Fast shutdown unless another living process uses the same server; resolves when no process of it is left. */
  stop(): Promise<void>;
}

const LAUNCH_ATTEMPTS = 20;
const RETRY_PAUSE_MS = 500;

/** Starts the PostgreSQL that came with npm, or adopts the one that a killed or a living process left running. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const note = options.onNote ?? (() => undefined);
  const dataDir = createFolder(resolve(options.dataDir));
  const lock = await takeStartLock(dataDir);
  const guard = new ExitGuard(dataDir);
  try {
    const home = openDataHome(dataDir, note);
    const binaries = prepareBinaries(home.account, dataDir, note);
    const created = await ensureCluster(home, binaries, options.durable ?? true);
    const password = readPassword(home);
    const adopted = created ? undefined : await adoptServer(home, binaries, dataDir, password, options.port, note);
    const { pid, port } = adopted ?? (await launch(home, binaries, options, guard, note));
    guard.watch(pid);
    const adminUrl = connectionUrl(port, password, 'postgres');
    try {
      await ensureDatabase(adminUrl, options.database);
    } catch (error) {
      if (livingHolders(dataDir).length === 0) await stopServer(home, binaries);
      throw error;
    }
    addHolder(dataDir, guard.id);
    guard.started();
    let stopped: Promise<void> | undefined;
    return {
      url: connectionUrl(port, password, options.database),
      adminUrl,
      port,
      folder: home.folder,
      outcome: created ? 'created' : adopted ? 'adopted' : 'started',
      stop: () => (stopped ??= release(dataDir, home, binaries, guard)),
    };
  } catch (error) {
    guard.standDown();
    throw folderError(dataDir, error);
  } finally {
    lock.release();
  }
}

async function release(dataDir: string, home: DataHome, binaries: Binaries, guard: ExitGuard): Promise<void> {
  // Somebody deleted the folder under a running server: nobody else can use it, so there is nothing to agree upon.
  if (!existsSync(home.data)) return guard.stopNow();
  const lock = await takeStartLock(dataDir);
  try {
    if (removeHolder(dataDir, guard.id) === 0) await stopServer(home, binaries);
    guard.standDown();
  } finally {
    lock.release();
  }
}

/** The server that already runs on this data, if it is ours and usable; one that is not is stopped. */
async function adoptServer(
  home: DataHome,
  binaries: Binaries,
  dataDir: string,
  password: string,
  wantedPort: number | undefined,
  note: (sentence: string) => void,
): Promise<RunningServer | undefined> {
  let running = findServer(home.data);
  for (const begun = Date.now(); running?.state === 'starting' && Date.now() - begun < READY_LIMIT_MS;) {
    await delay(20);
    running = findServer(home.data);
  }
  if (!running) return undefined;
  if (running.state === 'stopping') {
    await waitUntilDead(running.pid, RETRY_PAUSE_MS * LAUNCH_ATTEMPTS);
    return undefined;
  }
  const inUse = livingHolders(dataDir).length > 0;
  const answer = await ping(connectionUrl(running.port, password, 'postgres'));
  if ('refusal' in answer && answer.refusal.startsWith('28')) {
    throw new EmbeddedPostgresError(
      'foreign-data',
      `The PostgreSQL server that runs on ${home.data} (pid ${running.pid}) refuses the password in ` +
        `${home.password}: stop that server, or set DATA_DIR to another folder.`,
    );
  }
  const usable = 'folder' in answer && answer.folder === home.data;
  const rightPort = wantedPort === undefined || wantedPort === running.port;
  if (usable && (rightPort || inUse)) {
    if (!rightPort) note(`PostgreSQL already runs on port ${running.port} for another process, not on ${wantedPort}.`);
    return running;
  }
  await stopServer(home, binaries);
  return undefined;
}

async function launch(
  home: DataHome,
  binaries: Binaries,
  options: EmbeddedPostgresOptions,
  guard: ExitGuard,
  note: (sentence: string) => void,
): Promise<{ pid: number; port: number }> {
  let failure = '';
  for (let attempt = 1; attempt <= LAUNCH_ATTEMPTS; attempt += 1) {
    const port = await choosePort(home, options.port);
    disarmStalePidFile(home.data);
    const hooks = { onSpawn: (pid: number) => guard.watch(pid), note };
    const result = await launchServer(home, binaries, port, options.durable ?? true, hooks);
    if ('pid' in result) {
      rememberPort(home, port);
      return { pid: result.pid, port };
    }
    failure = result.failure;
    if (failure.includes('Address already in use')) {
      // Taken between our look and PostgreSQL's; without a wanted port the next attempt takes another.
      if (options.port !== undefined) throw portTaken(options.port);
    } else if (/is still in use|another postmaster/i.test(failure)) {
      // The last processes of a killed server end within moments.
      await delay(RETRY_PAUSE_MS);
    } else {
      break;
    }
  }
  await stopServer(home, binaries);
  throw new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL did not start on ${home.data}: ${tellingLine(failure)} (see ${home.log}).`,
  );
}
