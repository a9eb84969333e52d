// Real processes on real folders: what a person does to the program, including kill -9, must not cost data.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../libs/platform/embedded-postgres/index.js';

jest.setTimeout(60_000);

const root = resolve(import.meta.dirname, '../..');
const sources = join(root, 'libs/platform/embedded-postgres');
const platform = process.platform === 'win32' ? 'windows' : process.platform;
const platformPackage = `@embedded-postgres/${platform}-${process.arch}`;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** What a starter process prints in its first line. */
interface Started {
  outcome: EmbeddedPostgres['outcome'];
  url: string;
  port: number;
  folder: string;
  notes: string[];
}

const STARTER = `
import { startEmbeddedPostgres } from './lib/index.js';
process.on('SIGINT', () => undefined);
const notes = [];
const onNote = (note) => notes.push(note);
const options = { database: 'tracker', durable: false, onNote, ...JSON.parse(process.argv[2]) };
try {
  const server = await startEmbeddedPostgres(options);
  console.log(JSON.stringify({ ...server, notes }));
  process.stdin.on('data', async (command) => {
    if (String(command).startsWith('exit')) process.exit(3);
    await server.stop();
    process.exit(0);
  });
} catch (error) {
  console.log(JSON.stringify({ error: error.code, message: error.message }));
}`;

let scratch: string;
let program: string;
const starters: Starter[] = [];

beforeAll(() => {
  scratch = mkdtempSync(join(realpathSync(tmpdir()), 'embedded-postgres-'));
  chmodSync(scratch, 0o755); // As on a person's disk: PostgreSQL's account may pass through.
  program = join(scratch, 'program');
  writeProgram(program);
  symlinkSync(join(root, 'node_modules'), join(program, 'node_modules'));
});

/** A test that fails half-way must not leave processes, which would keep Jest from ending. */
afterEach(async () => {
  await Promise.all(starters.splice(0).map((starter) => starter.kill('group')));
  for (const pid of serversUnder(scratch)) process.kill(pid, 'SIGQUIT');
  await until(() => serversUnder(scratch).length === 0);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('an embedded PostgreSQL', () => {
  it('creates, stops without leaving a process, starts again with the data, sorts in Vietnamese', async () => {
    const dataDir = join(scratch, 'Dữ liệu đầu tư', 'postgres');
    const first = await startHere(dataDir);
    expect(first.outcome).toBe('created');
    await query(first.url, 'CREATE TABLE note (word text)');
    await query(first.url, `INSERT INTO note VALUES ('Âm'), ('Ăn'), ('An'), ('Đa'), ('Dê'), ('Em')`);
    const processes = processTree(dataDir);
    expect(processes.length).toBeGreaterThan(3);
    await first.stop();
    await first.stop();
    expect(processes.filter(isAlive)).toEqual([]);

    const second = await startHere(dataDir);
    expect([second.outcome, second.port, second.folder]).toEqual(['started', first.port, dataDir]);
    const sorted = await query(second.url, 'SELECT word FROM note ORDER BY word');
    expect(sorted.map((row) => row.word)).toEqual(['An', 'Ăn', 'Âm', 'Dê', 'Đa', 'Em']);
    const [settings] = await query(
      second.url,
      `SELECT current_setting('listen_addresses') AS host, current_setting('data_checksums') AS checksums,
              current_setting('TimeZone') AS zone, current_setting('unix_socket_directories') AS sockets`,
    );
    expect(settings).toEqual({ host: '127.0.0.1', checksums: 'on', zone: 'UTC', sockets: '' });
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    await expect(query(second.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password');
    await second.stop();
  });

  it('adopts the server that a killed process left, with its data', async () => {
    const dataDir = join(scratch, 'orphan');
    const parent = new Starter(dataDir);
    const before = await parent.started();
    await query(before.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await parent.kill();
    expect(serversUnder(dataDir)).toHaveLength(1);

    const adopted = await startHere(dataDir);
    expect([adopted.outcome, adopted.port]).toEqual(['adopted', before.port]);
    expect(await query(adopted.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await adopted.stop();
    expect(serversUnder(dataDir)).toEqual([]);
  });

  it('outlives a process that adopted it beside the one that started it', async () => {
    const dataDir = join(scratch, 'shared');
    const owner = new Starter(dataDir);
    const { url } = await owner.started();
    const beside = await startHere(dataDir);
    expect(beside.outcome).toBe('adopted');
    await beside.stop();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await owner.stop()).toBe(0);
    expect(serversUnder(dataDir)).toEqual([]);
  });

  it('lets one of two starters on an empty folder set it up', async () => {
    const dataDir = join(scratch, 'race');
    const two = [new Starter(dataDir), new Starter(dataDir)];
    const started = await Promise.all(two.map((starter) => starter.started()));
    expect(started.map((one) => one.outcome).sort()).toEqual(['adopted', 'created']);
    expect(new Set(started.map((one) => one.url)).size).toBe(1);
    expect(await Promise.all(two.map((starter) => starter.stop()))).toEqual([0, 0]);
    expect(serversUnder(dataDir)).toEqual([]);
  });

  it('does setting up again after a kill in the middle of it', async () => {
    const dataDir = join(scratch, 'half');
    const killed = new Starter(dataDir);
    await until(() => unfinished(dataDir).some((name) => existsSync(join(dataDir, name, 'base'))));
    await killed.kill('group');
    expect(unfinished(dataDir)).not.toEqual([]);
    expect(existsSync(join(dataDir, 'start.lock'))).toBe(true);

    const server = await startHere(dataDir);
    expect(server.outcome).toBe('created');
    expect(unfinished(dataDir)).toEqual([]);
    await server.stop();
  });

  it('recovers after the server itself was killed, and when its pid now belongs to another program', async () => {
    const dataDir = join(scratch, 'crash');
    const server = await startHere(dataDir, { durable: true });
    await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const [pid = 0] = serversUnder(dataDir);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid));
    await server.stop();
    // Of the same account as the server: others would not keep PostgreSQL from starting.
    const stranger = spawn('sleep', ['5'], isRoot ? { uid: NOBODY, gid: NOBODY } : {});
    const pidFile = join(dataDir, 'data', 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)));

    const recovered = await startHere(dataDir);
    expect(recovered.outcome).toBe('started');
    expect(await query(recovered.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await recovered.stop();
    expect(stranger.exitCode).toBeNull();
  });

  it('stops also when somebody deleted its folder', async () => {
    const dataDir = join(scratch, 'deleted');
    const server = await startHere(dataDir);
    rmSync(dataDir, { recursive: true });
    await server.stop();
    expect(serversUnder(dataDir)).toEqual([]);
  });

  it('is not ended by Ctrl-C in the terminal, but asked to end when its process exits', async () => {
    const dataDir = join(scratch, 'signals');
    const starter = new Starter(dataDir);
    const { url } = await starter.started();
    process.kill(-starter.pid, 'SIGINT');
    await delay(200);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await starter.say('exit')).toBe(3);
    await until(() => serversUnder(dataDir).length === 0);
  });

  it('refuses a taken port by name, but leaves a remembered one for a free one', async () => {
    const dataDir = join(scratch, 'port');
    const server = await startHere(dataDir);
    await server.stop();
    const other = createServer().unref();
    await new Promise<void>((done) => other.listen(server.port, '127.0.0.1', done));
    await expect(startHere(dataDir, { port: server.port })).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringContaining(String(server.port)),
    });
    const elsewhere = await startHere(dataDir);
    expect(elsewhere.port).not.toBe(server.port);
    await elsewhere.stop();
    other.close();
  });

  it('refuses a folder that it cannot write, and one with data that is not its own', async () => {
    const file = join(scratch, 'a-file');
    writeFileSync(file, 'in the way');
    for (const [dataDir, named] of [
      [file, file],
      [join(file, 'postgres'), file],
      ['/proc/postgres', '/proc/postgres'],
    ] as const) {
      await expect(startHere(dataDir)).rejects.toMatchObject({
        code: 'folder-not-writable',
        message: expect.stringContaining(`${named} (E`),
      });
    }
    const foreign = join(scratch, 'foreign');
    mkdirSync(join(foreign, 'data'), { recursive: true });
    writeFileSync(join(foreign, 'data', 'thesis.txt'), 'do not touch');
    await expect(startHere(foreign)).rejects.toMatchObject({ code: 'foreign-data' });
    writeFileSync(join(foreign, 'data', 'PG_VERSION'), '9.6\n');
    await expect(startHere(foreign)).rejects.toMatchObject({ message: expect.stringContaining('PostgreSQL 9.6') });
    expect(readFileSync(join(foreign, 'data', 'thesis.txt'), 'utf8')).toBe('do not touch');
  });

  it('says the line of the log that tells why it did not start', async () => {
    const dataDir = join(scratch, 'broken');
    await (await startHere(dataDir)).stop();
    chmodSync(join(dataDir, 'data'), 0o755); // PostgreSQL says why and then, in a further line, what it wants.
    await expect(startHere(dataDir)).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringMatching(/FATAL: .*invalid permissions/),
    });
  });

  it('brings back links and rights that npm ci --ignore-scripts left out', async () => {
    const clone = writeClone(join(scratch, 'clone'));
    const native = join(clone, 'node_modules', platformPackage, 'native');
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) rmSync(join(dirname(native), target));
    for (const name of readdirSync(join(native, 'bin'))) chmodSync(join(native, 'bin', name), 0o644);
    const starter = new Starter(join(clone, '.data'), clone);
    expect(await starter.started()).toMatchObject({ outcome: 'created', notes: [] });
    expect(await starter.stop()).toBe(0);
  });
});

if (!isRoot) process.stderr.write('Skipped, needs root: a checkout in a folder that is closed to other accounts.\n');
(isRoot ? describe : describe.skip)('started by root in a folder closed to others', () => {
  it('keeps the data where its account can reach it, says where, and finds it again', async () => {
    const closed = mkdtempSync(join(realpathSync(tmpdir()), 'closed-')); // mkdtemp makes it 0700.
    const clone = writeClone(join(closed, 'clone'));
    const dataDir = join(clone, '.data', 'postgres');
    const version = JSON.parse(
      readFileSync(join(root, 'node_modules', platformPackage, 'package.json'), 'utf8'),
    ).version;
    const copy = `/var/lib/public-investment-tracker-postgres-${version}-${platformPackage.split('/')[1]}`;
    const copyWasThere = existsSync(copy);
    let folder = '';
    try {
      const first = new Starter(dataDir, clone);
      const created = await first.started();
      folder = created.folder;
      expect(created.outcome).toBe('created');
      expect(folder.startsWith(closed)).toBe(false);
      expect(created.notes.join(' ')).toContain(folder);
      expect(statSync(join(folder, 'data')).uid).toBe(NOBODY);
      await query(created.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.kill();

      const second = new Starter(dataDir, clone);
      const adopted = await second.started();
      expect(adopted).toMatchObject({ outcome: 'adopted', folder });
      expect(await second.stop()).toBe(0);

      const third = new Starter(dataDir, clone);
      const again = await third.started();
      expect(again).toMatchObject({ outcome: 'started', folder });
      expect(await query(again.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      expect(await third.stop()).toBe(0);
      expect(statSync(closed).mode & 0o777).toBe(0o700);
      expect(serversUnder(folder)).toEqual([]);

      rmSync(folder, { recursive: true });
      await expect(new Starter(dataDir, clone).started()).rejects.toThrow(`kept in ${folder}, which is gone`);
    } finally {
      // All that this path has caused, also what only a broken launcher would make.
      const mine = `public-investment-tracker-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-`;
      const moved = readdirSync('/var/lib').filter((name) => name.startsWith(mine));
      for (const pid of serversUnder(`/var/lib/${mine}`)) process.kill(pid, 'SIGQUIT');
      await until(() => serversUnder(`/var/lib/${mine}`).length === 0);
      for (const name of moved) rmSync(join('/var/lib', name), { recursive: true, force: true });
      rmSync(closed, { recursive: true, force: true });
      if (!copyWasThere) rmSync(copy, { recursive: true, force: true });
    }
  });
});

function startHere(dataDir: string, more: { port?: number; durable?: boolean } = {}): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, database: 'tracker', durable: false, ...more });
}

/** A separate process, in a group of its own like a job in a terminal, that starts PostgreSQL and waits for orders. */
class Starter {
  private readonly child: ChildProcess;
  private readonly lines: Interface;
  private readonly ended: Promise<number | null>;

  constructor(dataDir: string, folder = program) {
    this.child = spawn(process.execPath, [join(folder, 'starter.mjs'), JSON.stringify({ dataDir })], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.child.stdout! });
    this.ended = new Promise((done) => this.child.once('exit', done));
    starters.push(this);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async started(): Promise<Started> {
    for await (const line of this.lines) {
      const answer = JSON.parse(line) as Started & { error?: string; message?: string };
      if (answer.error) throw new Error(`${answer.error}: ${answer.message}`);
      return answer;
    }
    throw new Error('the starter ended without a word');
  }

  say(command: 'stop' | 'exit'): Promise<number | null> {
    this.child.stdin!.write(`${command}\n`);
    return this.ended;
  }

  stop(): Promise<number | null> {
    return this.say('stop');
  }

  async kill(what: 'process' | 'group' = 'process'): Promise<void> {
    const ended = this.child.exitCode !== null || this.child.signalCode !== null;
    if (!ended) process.kill(what === 'group' ? -this.pid : this.pid, 'SIGKILL');
    await this.ended;
  }
}

/** Our own files as plain JavaScript, so that a separate process can run them. */
function writeProgram(folder: string): void {
  mkdirSync(join(folder, 'lib'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'starter.mjs'), STARTER);
  for (const name of readdirSync(sources).filter((entry) => /(?<!\.spec)\.ts$/.test(entry))) {
    const { code } = transformFileSync(join(sources, name), {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    writeFileSync(join(folder, 'lib', name.replace(/ts$/, 'js')), code);
  }
}

/** With PostgreSQL's files really in it, as npm ci puts them there. */
function writeClone(folder: string): string {
  writeProgram(folder);
  mkdirSync(join(folder, 'node_modules', dirname(platformPackage)), { recursive: true });
  cpSync(join(root, 'node_modules', platformPackage), join(folder, 'node_modules', platformPackage), {
    recursive: true,
    verbatimSymlinks: true,
  });
  symlinkSync(join(root, 'node_modules', 'pg'), join(folder, 'node_modules', 'pg'));
  return folder;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const begun = Date.now(); !condition();) {
    if (Date.now() - begun > 20_000) throw new Error(`waited 20 seconds in vain for ${condition}`);
    await delay(5);
  }
}

function unfinished(dataDir: string): string[] {
  return existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('data.new-')) : [];
}

/** Zombies are left out: they wait for the first process of a container to notice them. */
function processTable(): { pid: number; parent: number; command: string }[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args=', '-ww'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((match) => (match && !match[3]!.startsWith('Z') ? [match] : []))
    .map(([, pid, parent, , command]) => ({ pid: Number(pid), parent: Number(parent), command: command ?? '' }));
}

function serversUnder(folder: string): number[] {
  return processTable()
    .filter(({ command }) => /bin\/(postgres|initdb)/.test(command) && command.includes(folder))
    .map(({ pid }) => pid);
}

/** From the pid file: only the first process of a server names its folder. */
function processTree(dataDir: string): number[] {
  const server = Number(readFileSync(join(dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = processTable().filter(({ parent }) => parent === server);
  return [server, ...children.map(({ pid }) => pid)];
}

function isAlive(pid: number): boolean {
  return processTable().some((entry) => entry.pid === pid);
}
