import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, parse } from 'node:path';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { DataHome } from './data-home.js';
import { EmbeddedPostgresError, folderError, systemCode } from './errors.js';
import { tellingLine } from './server-log.js';

export const SUPERUSER = 'postgres';
const UNFINISHED = 'data.new-';
/** C.UTF-8 is missing on some systems; sorting comes from ICU either way. */
const LIBC_LOCALES = ['C.UTF-8', 'C'];
const INITDB_LIMIT_MS = 120_000;

/**
 * Makes sure that there is a data folder of ours and says whether it had to be made. It is set up under another name
 * and renamed when complete, so that a process killed in between leaves nothing that looks like data.
 */
export async function ensureCluster(home: DataHome, binaries: Binaries, durable: boolean): Promise<boolean> {
  try {
    for (const name of readdirSync(home.folder).filter((entry) => entry.startsWith(UNFINISHED))) {
      removeUnfinished(join(home.folder, name));
    }
    if (existsSync(home.data) && readdirSync(home.data).length > 0) {
      checkOurs(home, binaries);
      return false;
    }
    await createCluster(home, binaries, durable);
    return true;
  } catch (error) {
    throw folderError(home.folder, error);
  }
}

export function readPassword(home: DataHome): string {
  return readFileSync(home.password, 'utf8').trim();
}

function checkOurs(home: DataHome, binaries: Binaries): void {
  const file = join(home.data, 'PG_VERSION');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (version === binaries.majorVersion && existsSync(home.password)) return;
  const found =
    version === undefined
      ? 'something that is not a PostgreSQL data folder'
      : version === binaries.majorVersion
        ? `a database whose password file ${home.password} is missing`
        : `data of PostgreSQL ${version} while this program brings PostgreSQL ${binaries.majorVersion}`;
  throw new EmbeddedPostgresError(
    'foreign-data',
    `The folder ${home.data} holds ${found}: move it away, or set DATA_DIR to another folder.`,
  );
}

async function createCluster(home: DataHome, binaries: Binaries, durable: boolean): Promise<void> {
  const fresh = join(home.folder, UNFINISHED + randomBytes(4).toString('hex'));
  const password = randomBytes(24).toString('base64url');
  try {
    mkdirSync(fresh, { mode: 0o700 });
    own(home.account, fresh);
    await runInitdb(home.account, binaries, fresh, password, durable);
    // Before the rename: data without its password would be lost.
    writeFileSync(home.password, `${password}\n`, { mode: 0o600, flush: true });
    chmodSync(home.password, 0o600);
    rmSync(home.data, { recursive: true, force: true });
    renameSync(fresh, home.data);
  } finally {
    removeUnfinished(fresh);
  }
}

/** A killed starter's initdb may still be writing there; what cannot be removed now goes at the next start. */
function removeUnfinished(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {
    // It has a random name, so it is in nobody's way.
  }
}

async function runInitdb(
  account: Account,
  binaries: Binaries,
  folder: string,
  password: string,
  durable: boolean,
): Promise<void> {
  const passwordFile = `${folder}.password`;
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    own(account, passwordFile);
    for (const locale of LIBC_LOCALES) {
      const { status, output } = await run(account, binaries.initdb, [
        '-D',
        folder,
        '--username',
        SUPERUSER,
        '--pwfile',
        passwordFile,
        '--auth=scram-sha-256',
        '--data-checksums',
        '--encoding=UTF8',
        '--locale-provider=icu',
        '--icu-locale=vi-VN',
        `--locale=${locale}`,
        ...(durable ? [] : ['--no-sync']),
      ]);
      if (status === 0) return;
      if (output.includes('invalid locale name') && locale !== LIBC_LOCALES.at(-1)) continue;
      throw new EmbeddedPostgresError(
        'start-failed',
        `PostgreSQL could not set up its data in ${folder}: ${tellingLine(output)}.`,
      );
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function own(account: Account, path: string): void {
  if (account.uid === undefined || account.gid === undefined) return;
  try {
    chownSync(path, account.uid, account.gid);
  } catch (error) {
    throw new EmbeddedPostgresError(
      'start-failed',
      `PostgreSQL refuses to run as root, and ${path} cannot be given to the account ${account.name} ` +
        `(${systemCode(error)}): start as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}

/** English messages whatever the terminal speaks, and none of the caller's settings for other PostgreSQL servers. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_|npm_)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function run(account: Account, program: string, args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, {
      ...(account.uid === undefined ? {} : { uid: account.uid, gid: account.gid }),
      cwd: parse(program).root,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: INITDB_LIMIT_MS,
      windowsHide: true,
    });
    const collect = (chunk: Buffer) => (output += chunk.toString('utf8'));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ status: null, output: `error: ${program}: ${error.message}` }));
    child.on('close', (status, signal) => {
      resolve({ status, output: signal ? `${output}\nerror: ended by ${signal}` : output });
    });
  });
}
