import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Who PostgreSQL runs as; without uid and gid: as ourselves. */
export interface Account {
  name: string;
  uid?: number;
  gid?: number;
}

const NOBODY = 65_534;

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of the data if there is some, else as the
 * owner of the checkout if that is not root, else as nobody. No account is created.
 */
export function chooseAccount(existingData?: string): Account {
  if (!runsAsRoot()) return { name: `uid ${process.getuid?.() ?? 'of this process'}` };
  if (existingData) {
    const { uid, gid } = statSync(existingData);
    if (uid !== 0) return { name: passwdEntry((entry) => entry.uid === uid)?.name ?? `uid ${uid}`, uid, gid };
  }
  // initdb insists on a name, so an owner that /etc/passwd does not know (a mounted folder) cannot be used.
  const owner = statSync(checkoutFolder()).uid;
  const account = owner === 0 ? undefined : passwdEntry((entry) => entry.uid === owner);
  return account ?? passwdEntry((entry) => entry.name === 'nobody') ?? { name: 'nobody', uid: NOBODY, gid: NOBODY };
}

/** Whether the account may pass through every folder on the way and into the last one. Reads mode bits only. */
export function canEnter(account: Account, folder: string): boolean {
  if (account.uid === undefined) return true;
  for (let current = folder; ; current = dirname(current)) {
    const { uid, gid, mode } = statSync(current);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

function checkoutFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (folder !== dirname(folder) && !existsSync(`${folder}/package.json`)) folder = dirname(folder);
  return folder;
}

function passwdEntry(matches: (entry: Required<Account>) => boolean): Required<Account> | undefined {
  let lines: string[] = [];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return undefined;
  }
  return lines
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .find((entry) => entry.name !== '' && entry.uid > 0 && matches(entry));
}
