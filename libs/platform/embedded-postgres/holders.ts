import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lives, thisProcess, type ProcessStamp } from './processes.js';

/** A start in a living process that still uses the server. A command beside the program adopts its server, and must
 * not take it away when the command ends: the last holder stops it. */
interface Holder extends ProcessStamp {
  id: string;
}

const HOLDERS_FILE = 'holders.json';

/** All of these are called under the start lock. */
export function addHolder(folder: string, id: string): void {
  write(folder, [...livingHolders(folder), { id, ...thisProcess() }]);
}

/** How many others remain. */
export function removeHolder(folder: string, id: string): number {
  const others = livingHolders(folder).filter((holder) => holder.id !== id);
  write(folder, others);
  return others.length;
}

export function livingHolders(folder: string): Holder[] {
  try {
    const holders = JSON.parse(readFileSync(join(folder, HOLDERS_FILE), 'utf8')) as Holder[];
    return holders.filter(lives);
  } catch {
    return []; // Absent, or cut short by a power failure: nobody from before lives then.
  }
}

function write(folder: string, holders: Holder[]): void {
  const file = join(folder, HOLDERS_FILE);
  writeFileSync(`${file}.new`, JSON.stringify(holders), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
