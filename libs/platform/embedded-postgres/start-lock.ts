import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError, folderError, systemCode } from './errors.js';
import { lives, thisProcess, type ProcessStamp } from './processes.js';

const LOCK_FILE = 'start.lock';
/** Long enough for another process to set up a data folder or to recover a large one. */
const WAIT_LIMIT_MS = 180_000;
/** Between creating the file and writing the pid into it lie microseconds; an older empty file is debris. */
const EMPTY_GRACE_MS = 2_000;

/** Held while PostgreSQL is set up, started, adopted or stopped: whoever comes second finds a settled state. */
export interface StartLock {
  release(): void;
}

export async function takeStartLock(folder: string): Promise<StartLock> {
  const deadline = Date.now() + WAIT_LIMIT_MS;
  for (;;) {
    const lock = tryStartLock(folder);
    if (lock) return lock;
    if (Date.now() > deadline) {
      const pid = readStamp(join(folder, LOCK_FILE))?.pid ?? 'unknown';
      throw new EmbeddedPostgresError(
        'locked',
        `Another process (pid ${pid}) has been starting or stopping PostgreSQL in ${folder} for ` +
          `${WAIT_LIMIT_MS / 1000} seconds: wait for it or end it, then start again.`,
      );
    }
    await delay(25);
  }
}

/** Undefined when a living process (this one included) holds the lock. Synchronous, so usable while exiting. */
export function tryStartLock(folder: string): StartLock | undefined {
  const file = join(folder, LOCK_FILE);
  for (;;) {
    try {
      const descriptor = openSync(file, 'wx', 0o600);
      writeSync(descriptor, JSON.stringify(thisProcess()));
      closeSync(descriptor);
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw folderError(folder, error);
    }
    if (!isStale(file)) return undefined;
    removeStale(file);
  }
}

function isStale(file: string): boolean {
  const stamp = readStamp(file);
  if (stamp) return !lives(stamp);
  try {
    return Date.now() - statSync(file).mtimeMs > EMPTY_GRACE_MS;
  } catch {
    return false; // Released in this moment: the next attempt creates it.
  }
}

/** Two processes may find the same stale lock; moving it aside first shows whether it is still the stale one. */
function removeStale(file: string): void {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
    if (!isStale(aside)) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(systemCode(error))) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readStamp(file: string): ProcessStamp | undefined {
  try {
    const stamp = JSON.parse(readFileSync(file, 'utf8')) as ProcessStamp;
    return Number.isInteger(stamp.pid) ? stamp : undefined;
  } catch {
    return undefined;
  }
}
