import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { pack, type Pack } from 'tar-stream';
import { ReadableFailure, withMigrationsHeld } from '#libs/platform';
import { auditChainState } from './audit-chain-state.js';
import {
  FORMAT,
  FORMAT_VERSION,
  HEADER,
  MANIFEST,
  pieceName,
  type BackupHeader,
  type BackupManifest,
} from './backup-file.js';
import { sequencesOf, tablesOf, type CatalogueTable } from './catalogue.js';
import { encrypting, unchanged, type EncryptionKey } from './encryption.js';
import { OMITTED, reasonOfOmission } from './omitted.js';
import { settleSession } from './session-settings.js';
import { readTable } from './table-bytes.js';

/** What is held of a table at a time, in bytes. */
const PIECE_BYTES = 4 * 1024 * 1024;

export interface BackupOptions {
  key?: EncryptionKey | undefined;
  onNote?: (sentence: string) => void;
}

/**
 * Writes all tables as of one instant, while others read and write; only migrations wait. The file appears under its
 * name when it is whole. Refuses a file that exists.
 */
export async function writeBackup(url: string, path: string, options: BackupOptions = {}): Promise<BackupManifest> {
  if (existsSync(path)) throw new ReadableFailure(`${path} exists: a backup never overwrites a file.`);
  const encryption = options.key ? encrypting(options.key) : unchanged;
  const partial = `${path}.partial`;
  const file = createWriteStream(partial, { mode: 0o600, flush: true });
  const archive = pack();
  const written = pipeline(Readable.from(archive), createGzip(), encryption, file);
  const filled = withSnapshot(url, (client) => fill(archive, client, options.onNote ?? (() => undefined)))
    .then((manifest) => {
      archive.finalize();
      return manifest;
    })
    .catch((error: Error) => {
      archive.destroy(error);
      throw error;
    });
  const [filling, writing] = await Promise.allSettled([filled, written]);
  if (filling.status === 'fulfilled' && writing.status === 'fulfilled') {
    await rename(partial, path);
    return filling.value;
  }
  await rm(partial, { force: true });
  // A full disk ends the archive, which then ends the reading: the first cause is the file's.
  const cause: unknown = writing.status === 'rejected' ? writing.reason : undefined;
  if (isFileError(cause)) throw new ReadableFailure(`${path} cannot be written (${cause.code}).`);
  throw filling.status === 'rejected' ? filling.reason : cause;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  const { syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return syscall !== undefined && ['open', 'write', 'fsync', 'close'].includes(syscall);
}

/** One instant for all tables. Migrations are kept off: an altered table could not be read any more. */
async function withSnapshot<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withMigrationsHeld(url, 'shared', async () => {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      application_name: 'public-investment-tracker backup',
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await settleSession(client);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      return await work(client);
    } finally {
      await client.end();
    }
  });
}

async function fill(archive: Pack, client: Client, note: (sentence: string) => void): Promise<BackupManifest> {
  const tables = await tablesOf(client);
  const kept = tables.filter(({ name }) => reasonOfOmission(name) === undefined);
  const header = await headerOf(client, kept);
  await add(archive, HEADER, Buffer.from(JSON.stringify(header, null, 2)));
  const sequences = (await sequencesOf(client)).filter(({ name }) => reasonOfOmission(name) === undefined);
  const sums: BackupManifest['tables'] = [];
  for (const table of kept) {
    const pieces = new Pieces(archive, table.name);
    const sum = await readTable(client, table, table.columns, (bytes) => pieces.take(bytes));
    await pieces.flush();
    sums.push({ name: table.name, ...sum });
    if (sum.rows > 0) note(`${table.name}: ${sum.rows} rows, ${sum.bytes} bytes`);
  }
  const manifest = { header, tables: sums, sequences, audit: await auditChainState(client) };
  await add(archive, MANIFEST, Buffer.from(JSON.stringify(manifest, null, 2)));
  return manifest;
}

async function headerOf(client: Client, tables: readonly CatalogueTable[]): Promise<BackupHeader> {
  if (!tables.some(({ name }) => name === 'public.migrations'))
    throw new ReadableFailure('The database holds nothing of this program: there is nothing to back up.');
  const { rows: ran } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  const { rows: settings } = await client.query<{ province: string; illustrative: boolean }>(
    'SELECT province_name AS province, illustrative FROM instance_setting',
  );
  const { rows: server } = await client.query<{ version: string; takenAt: Date }>(
    `SELECT current_setting('server_version') AS version, now() AS "takenAt"`,
  );
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    takenAt: server[0]?.takenAt.toISOString() ?? '',
    postgresVersion: server[0]?.version ?? '',
    province: settings[0]?.province ?? '',
    illustrative: settings[0]?.illustrative ?? false,
    migrations: ran.map(({ name }) => name),
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    omitted: [...OMITTED],
  };
}

/** Gathers the bytes of a table into entries of the archive. */
class Pieces {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private count = 0;

  constructor(
    private readonly archive: Pack,
    private readonly table: string,
  ) {}

  async take(bytes: Buffer): Promise<void> {
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes >= PIECE_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.heldBytes === 0) return;
    const piece = Buffer.concat(this.held);
    this.held = [];
    this.heldBytes = 0;
    this.count += 1;
    await add(this.archive, pieceName(this.table, this.count), piece);
  }
}

/** Resolves when the archive has passed the bytes on: the reader of the database waits for the writer of the file. */
async function add(archive: Pack, name: string, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    archive.entry({ name, mode: 0o600 }, bytes, (error) => (error ? reject(error) : resolve()));
  });
}
