import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Letters and digits that are not mistaken for one another when read off a screen. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password made once for this database and kept beside it, so that every start can print it again. */
export function keptPassword(folder: string, name: string): string {
  const path = join(folder, `${name}-password.txt`);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const group = (): string => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('');
  const password = [group(), group(), group(), group()].join('-');
  writeFileSync(path, `${password}\n`, { mode: 0o600 });
  return password;
}
