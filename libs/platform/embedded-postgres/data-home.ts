import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { canEnter, chooseAccount, type Account } from './account.js';
import { EmbeddedPostgresError, folderError, systemCode } from './errors.js';
import { sharedFolderFor } from './shared-folder.js';

/** Everything that belongs to one installation. */
export interface DataHome {
  /** Holds the password, the port and the log beside the data. */
  folder: string;
  /** PostgreSQL's own folder. */
  data: string;
  password: string;
  port: string;
  log: string;
  account: Account;
}

const POINTER_FILE = 'moved-to';

/** Creates the folder and the missing ones above it; open to pass through, as PostgreSQL may be another account. */
export function createFolder(folder: string): string {
  try {
    if (!existsSync(folder)) {
      createFolder(dirname(folder));
      mkdirSync(folder);
      chmodSync(folder, 0o755);
    }
    if (!statSync(folder).isDirectory())
      throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' });
    return realpathSync(folder);
  } catch (error) {
    // Two starters create the same folders.
    if (systemCode(error) === 'EEXIST') return createFolder(folder);
    throw folderError(folder, error);
  }
}

/** Called under the start lock. */
export function openDataHome(dataDir: string, note: (sentence: string) => void): DataHome {
  try {
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    const movedTo = readPointer(dataDir);
    if (movedTo) return openMoved(dataDir, movedTo, note);
    const data = join(dataDir, 'data');
    const account = chooseAccount(existsSync(data) ? data : undefined);
    if (canEnter(account, dataDir)) return homeIn(dataDir, account);
    if (!existsSync(data)) return moveAway(dataDir, account, note);
  } catch (error) {
    throw folderError(dataDir, error);
  }
  throw new EmbeddedPostgresError(
    'folder-not-writable',
    `The data in ${dataDir} belongs to an account that can no longer enter this folder: open the folders above it ` +
      'again (chmod o+x), or set DATA_DIR to another folder.',
  );
}

function homeIn(folder: string, account: Account): DataHome {
  return {
    folder,
    data: join(folder, 'data'),
    password: join(folder, 'password'),
    port: join(folder, 'port'),
    log: join(folder, 'postgres.log'),
    account,
  };
}

function readPointer(dataDir: string): string | undefined {
  const file = join(dataDir, POINTER_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function openMoved(dataDir: string, movedTo: string, note: (sentence: string) => void): DataHome {
  if (!existsSync(movedTo)) {
    throw new EmbeddedPostgresError(
      'foreign-data',
      `The data of ${dataDir} was kept in ${movedTo}, which is gone: bring that folder back, or delete the file ` +
        `${join(dataDir, POINTER_FILE)} to start with an empty database.`,
    );
  }
  note(`The data is in ${movedTo}.`);
  const data = join(movedTo, 'data');
  return homeIn(movedTo, chooseAccount(existsSync(data) ? data : undefined));
}

/**
 * The random part keeps a deleted and newly cloned checkout from finding the old data: a fresh clone starts fresh,
 * and nothing of the old is overwritten.
 */
function moveAway(dataDir: string, account: Account, note: (sentence: string) => void): DataHome {
  const parent = sharedFolderFor(account);
  const prefix = `public-investment-tracker-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const earlier = readdirSync(parent).filter((name) => name.startsWith(`${prefix}-`));
  const folder = join(parent, `${prefix}-${randomBytes(3).toString('hex')}`);
  mkdirSync(folder);
  chmodSync(folder, 0o711);
  writeFileSync(join(dataDir, POINTER_FILE), `${folder}\n`, { flush: true });
  note(
    `The account ${account.name}, which PostgreSQL runs as because it refuses root, cannot enter ${dataDir}: ` +
      `the data is in ${folder}.`,
  );
  if (earlier.length > 0)
    note(`Data of an earlier checkout at this place remains in ${join(parent, earlier.join(', '))}.`);
  return homeIn(folder, account);
}
