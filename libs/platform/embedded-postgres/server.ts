import { execFile, spawn } from 'node:child_process';
import { closeSync, readFileSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { cleanEnvironment } from './cluster.js';
import type { DataHome } from './data-home.js';
import { EmbeddedPostgresError } from './errors.js';
import { commandOf, startOf, waitUntilDead } from './processes.js';
import { openLog, readLogSince } from './server-log.js';

/** Replaying a long log after a crash takes its time. */
export const READY_LIMIT_MS = 600_000;
const PATIENCE_MS = 5_000;
const FAST_STOP_LIMIT_MS = 60_000;
const IMMEDIATE_STOP_LIMIT_MS = 15_000;
/** Above every pid that a system hands out, so never alive. */
const DEAD_PID = 2_147_483_646;

/** A small office: at most some dozens of users. Checkpoints every five minutes are no news for the log. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  cluster_name: 'public-investment-tracker',
};
/** For test suites: a power failure may lose everything, and many suites with their own processes share one server. */
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' };

export interface RunningServer {
  pid: number;
  port: number;
  /** As PostgreSQL writes it: starting, ready, stopping. */
  state: string;
}

/** What postmaster.pid says, if the process that it names lives and is this folder's server. */
export function findServer(data: string): RunningServer | undefined {
  const lines = readPidFile(data);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isServerOf(pid, data)) return undefined;
  return { pid, port: Number(lines[3]), state: (lines[7] ?? '').trim() };
}

/**
 * After a crash of the machine the pid may belong to another program, or in a container to a zombie that nobody
 * reaps: PostgreSQL would then refuse to start. A dead pid in its place keeps PostgreSQL's own check of the shared
 * memory, which deleting the file would skip.
 */
export function disarmStalePidFile(data: string): void {
  const lines = readPidFile(data);
  if (lines.length < 2 || Number(lines[0]) === DEAD_PID || isServerOf(Number(lines[0]), data)) return;
  writeFileSync(join(data, 'postmaster.pid'), [DEAD_PID, ...lines.slice(1)].join('\n'));
}

/** Starts the server; resolves with its pid when it takes connections, or with its log when it has ended. */
export async function launchServer(
  home: DataHome,
  binaries: Binaries,
  port: number,
  durable: boolean,
  hooks: { onSpawn(pid: number): void; note(sentence: string): void },
): Promise<{ pid: number } | { failure: string }> {
  const settings = { ...SETTINGS, port: String(port), ...(durable ? {} : NOT_DURABLE) };
  const log = openLog(home.log);
  // A session of its own: Ctrl-C in the terminal reaches us and not the server, which we stop in order.
  const child = spawn(
    binaries.postgres,
    ['-D', home.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...(home.account.uid === undefined ? {} : { uid: home.account.uid, gid: home.account.gid }),
      cwd: parse(home.data).root,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor],
      windowsHide: true,
    },
  );
  closeSync(log.descriptor);
  let ended: string | undefined;
  child.once('error', (error) => (ended = `error: ${binaries.postgres} does not run here: ${error.message}`));
  child.once('exit', () => (ended ??= readLogSince(home.log, log.since)));
  child.unref();
  const { pid } = child;
  if (pid !== undefined) hooks.onSpawn(pid);
  const begun = Date.now();
  let noted = false;
  for (;;) {
    if (ended !== undefined) return { failure: ended };
    const running = findServer(home.data);
    if (running && running.pid === pid && running.state === 'ready') {
      child.removeAllListeners('exit');
      return { pid };
    }
    if (!noted && Date.now() - begun > PATIENCE_MS) {
      noted = true;
      hooks.note(`PostgreSQL is recovering after an unclean stop, see ${home.log}.`);
    }
    if (Date.now() - begun > READY_LIMIT_MS) {
      return { failure: `error: not ready after ${READY_LIMIT_MS / 1000} seconds` };
    }
    await delay(10);
  }
}

/** Fast shutdown: open transactions are rolled back, the data is left clean. Waits for the end of the process. */
export async function stopServer(home: DataHome, binaries: Binaries): Promise<void> {
  const running = findServer(home.data);
  if (!running) return;
  if (process.platform === 'win32') {
    // A signal there would end the server without a shutdown.
    await promisify(execFile)(binaries.pgCtl, ['stop', '-D', home.data, '-m', 'fast', '-w']).catch(() => undefined);
  } else {
    signalServer(running.pid, 'SIGINT');
  }
  if (await waitUntilDead(running.pid, FAST_STOP_LIMIT_MS)) return;
  signalServer(running.pid, 'SIGQUIT');
  if (await waitUntilDead(running.pid, IMMEDIATE_STOP_LIMIT_MS)) return;
  throw new EmbeddedPostgresError(
    'stop-failed',
    `PostgreSQL (pid ${running.pid}, data in ${home.data}) does not stop: see ${home.log}, then end that process.`,
  );
}

export function signalServer(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  if (commandOf(pid)?.includes('postgres') === false) return; // The pid is somebody else's by now.
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}

function readPidFile(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isServerOf(pid: number, data: string): boolean {
  if (startOf(pid) === undefined) return false;
  const command = commandOf(pid);
  if (command === undefined) return true;
  // Elsewhere `ps` may print a Vietnamese folder name in its own way.
  return command.includes('postgres') && (process.platform !== 'linux' || command.includes(data));
}
