import { existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

/** One earlier file is kept, so the log takes at most about twice this much between two starts. */
const ROTATE_AT_BYTES = 5 * 1024 * 1024;

/** Opened by us and handed over, so that PostgreSQL's account needs no right to the folder. */
export function openLog(file: string): { descriptor: number; since: number } {
  if (existsSync(file) && statSync(file).size > ROTATE_AT_BYTES) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  return { descriptor, since: statSync(file).size };
}

export function readLogSince(file: string, since: number): string {
  try {
    return readFileSync(file).subarray(since).toString('utf8');
  } catch {
    return ''; // Deleted together with its folder.
  }
}

/** The line that says why, without its time stamp: a refused address or a fatal error before any other. */
export function tellingLine(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.findLast((text) => text.includes('could not bind')) ??
    lines.findLast((text) => /\b(FATAL|PANIC): /.test(text)) ??
    lines.findLast((text) => /\berror: /i.test(text)) ??
    lines.at(-1) ??
    'no message';
  return line.replace(/^\S+ \S+ \S+ \[\d+\] /, '').trim();
}
