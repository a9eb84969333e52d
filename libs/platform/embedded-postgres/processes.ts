import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process as written into a file: pids are reused, so the start time goes with it. */
export interface ProcessStamp {
  pid: number;
  started: string;
}

/** Where the system does not tell the start time, the pid alone has to do. */
const UNKNOWN_START = 'unknown';

/**
 * When the process started, in a form that differs after a reboot; undefined when it does not live. A zombie counts
 * as dead: in a container whose first process does not reap, it stays in the table for ever.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // The name in parentheses may itself hold spaces and parentheses.
      const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop() ?? '';
      const fields = afterName.split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return `${bootId()}:${fields[19]}`;
    } catch {
      // No such process, or /proc hides those of other accounts.
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  if (process.platform === 'darwin') {
    const [state = '', ...started] = ps(pid, 'stat=,lstart=').split(/\s+/);
    return state.startsWith('Z') ? undefined : started.join(' ') || UNKNOWN_START;
  }
  return UNKNOWN_START;
}

export function thisProcess(): ProcessStamp {
  return { pid: process.pid, started: startOf(process.pid) ?? UNKNOWN_START };
}

export function lives(stamp: ProcessStamp): boolean {
  const started = startOf(stamp.pid);
  if (started === undefined) return false;
  return started === stamp.started || started === UNKNOWN_START || stamp.started === UNKNOWN_START;
}

/** The command line, or undefined where the system does not tell. */
export function commandOf(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return process.platform === 'linux' ? undefined : ps(pid, 'command=') || undefined;
  }
}

export async function waitUntilDead(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (startOf(pid) !== undefined) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

function ps(pid: number, columns: string): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', columns], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return boot;
}
