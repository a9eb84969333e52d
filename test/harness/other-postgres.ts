import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#libs/platform';
import { ask } from './whole-database.js';

const INSTALLED = '/usr/lib/postgresql';
const NOBODY = 65_534;
const START_LIMIT_MS = 30_000;

export interface OtherPostgres {
  adminUrl: string;
  major: string;
  stop(): Promise<void>;
}

export type OtherVersion = { major: string; start(): Promise<OtherPostgres> } | { missing: string };

/** A PostgreSQL of another major version than the suite's own server, or why there is none. */
export async function otherVersion(): Promise<OtherVersion> {
  const [row] = await ask<{ version: string }>(
    process.env['TEST_ADMIN_URL'] as string,
    "SELECT current_setting('server_version') AS version",
  );
  const own = majorOf(row?.version ?? '');
  const installed = (existsSync(INSTALLED) ? readdirSync(INSTALLED) : [])
    .filter((major) => existsSync(join(INSTALLED, major, 'bin', 'initdb')) && Number(major) >= 14 && major !== own)
    .sort((a, b) => Number(b) - Number(a));
  const [major] = installed;
  if (major) return { major, start: () => startInstalled(major) };
  // A given server is perhaps not of the version that comes with npm.
  if (process.env['TEST_DATABASE_URL'] && own !== '18') return { major: '18', start: startFromNpm };
  return { missing: `no PostgreSQL but ${own} on this machine (looked into ${INSTALLED})` };
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] as string;
}

/** A server of its own on a free port; started by root it runs as nobody, for PostgreSQL refuses root. */
async function startInstalled(major: string): Promise<OtherPostgres> {
  const bin = join(INSTALLED, major, 'bin');
  const folder = await mkdtemp(join(tmpdir(), 'tracker-other-'));
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(data, NOBODY, NOBODY);
  const account = { cwd: data, ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}) };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await ask(adminUrl, 'SELECT 1').catch(() => undefined))) {
    if (server.exitCode !== null || Date.now() > limit) throw new Error(`PostgreSQL ${major} did not start`);
    await delay(50);
  }
  return {
    adminUrl,
    major,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startFromNpm(): Promise<OtherPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-other-'));
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: folder, database: 'tracker', durable: false });
  return {
    adminUrl: postgres.adminUrl,
    major: '18',
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
