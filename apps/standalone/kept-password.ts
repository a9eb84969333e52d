import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Letters and digits that are not mistaken for one another when read off a screen. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password made once for this database and kept beside it, so that every start can print it again. */
export function keptPassword(folder: string, name: string): string {
  const path = pathOf(folder, name);
  if (isPasswordKept(folder, name)) return readFileSync(path, 'utf8').trim();
  const group = (): string => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('');
  const password = [group(), group(), group(), group()].join('-');
  writeFileSync(path, `${password}\n`, { mode: 0o600 });
  return password;
}

/** False beside a database that was restored from a backup: its passwords are those of the backup. */
export function isPasswordKept(folder: string, name: string): boolean {
  return existsSync(pathOf(folder, name));
}

function pathOf(folder: string, name: string): string {
  return join(folder, `${name}-password.txt`);
}
