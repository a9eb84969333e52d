import { accessSync, constants, realpathSync } from 'node:fs';
import { canEnter, type Account } from './account.js';
import { EmbeddedPostgresError } from './errors.js';

/** All of them survive a reboot; /tmp does not. */
const CANDIDATES = ['/var/lib', '/srv', '/opt', '/usr/local/var', '/var/tmp'];

/** Where root keeps what another account must reach although the checkout lies in a folder closed to it. */
export function sharedFolderFor(account: Account): string {
  for (const candidate of CANDIDATES) {
    try {
      const folder = realpathSync(candidate);
      accessSync(folder, constants.W_OK);
      if (canEnter(account, folder)) return folder;
    } catch {
      // Absent or read-only: the next one.
    }
  }
  throw new EmbeddedPostgresError(
    'folder-not-writable',
    `PostgreSQL cannot run as root, and none of ${CANDIDATES.join(', ')} can be written for the account ` +
      `${account.name}: start as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  );
}
