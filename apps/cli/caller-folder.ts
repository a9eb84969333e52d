import { resolve } from 'node:path';

/** npm runs scripts at the root and keeps the caller's folder in INIT_CWD; a path means what its typist saw. */
export function fromCallerFolder(path: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: callerFolder } = process.env;
  const startedByNpm = script === 'evaluate' || script === 'verify' || script === 'cli';
  return resolve(startedByNpm && callerFolder ? callerFolder : process.cwd(), path);
}
