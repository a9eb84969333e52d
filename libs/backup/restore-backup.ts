import { basename } from 'node:path';
import type { Client } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import {
  databaseOptions,
  migrate,
  ReadableFailure,
  runMigrationsNamed,
  unknownMigrations,
  withMigrationsHeld,
} from '#libs/platform';
import type { BackupHeader, BackupManifest } from './backup-file.js';
import { occupantsOf } from './catalogue.js';
import type { DecryptionKey } from './encryption.js';
import { takeGuardsOff, type PutBack } from './guards.js';
import { TableLoader } from './load-tables.js';
import { readArchive } from './read-archive.js';
import { settleSession } from './session-settings.js';
import { verifyRestored } from './verify-restored.js';

export interface RestoreOptions {
  key?: DecryptionKey | undefined;
  /** Production takes no demonstration. */
  refuseIllustrative?: boolean;
  onNote?: (sentence: string) => void;
}

/**
 * Restores into an empty database: all of it in one transaction that commits only after every row, hash and link of
 * the audit chain was compared, so that whatever ends it leaves the database as empty as it was. Then migrates to the
 * newest schema, as after an upgrade.
 */
export async function restoreBackup(url: string, path: string, options: RestoreOptions = {}): Promise<BackupManifest> {
  const note = options.onNote ?? (() => undefined);
  const manifest = await withMigrationsHeld(url, 'exclusive', async () => {
    const db = await new DataSource(databaseOptions(url, 2)).initialize();
    const runner = db.createQueryRunner();
    try {
      return await new Restoration(url, path, runner, options, note).run();
    } finally {
      await runner.release();
      await db.destroy();
    }
  });
  try {
    for (const name of await migrate(url)) note(`migrated: ${name}`);
  } catch (error) {
    throw new ReadableFailure(
      `The backup is restored and verified, but migrating it to the newest schema failed: ${(error as Error).message}`,
    );
  }
  await analyse(url);
  return manifest;
}

class Restoration {
  private client: Client;
  private putBack: PutBack | undefined;
  private loader: TableLoader;
  private manifest: BackupManifest;

  constructor(
    private readonly url: string,
    private readonly path: string,
    private readonly runner: QueryRunner,
    private readonly options: RestoreOptions,
    private readonly note: (sentence: string) => void,
  ) {}

  async run(): Promise<BackupManifest> {
    this.client = (await this.runner.connect()) as Client;
    await settleSession(this.client);
    await this.refuseOccupied();
    await this.runner.startTransaction();
    try {
      await readArchive(this.path, this.options.key, {
        header: (header) => this.prepare(header),
        rows: (table, bytes) => this.loader.load(table, bytes),
        manifest: (manifest) => this.finish(manifest),
      });
      await this.runner.commitTransaction();
      return this.manifest;
    } catch (error) {
      await this.loader?.abandon();
      await this.runner.rollbackTransaction().catch(() => undefined);
      throw sentenceOf(error, this.path);
    }
  }

  private async refuseOccupied(): Promise<void> {
    const occupants = await occupantsOf(this.client);
    if (occupants.length === 0) return;
    const name = decodeURIComponent(basename(new URL(this.url).pathname));
    throw new ReadableFailure(
      `The database ${name} is not empty (it holds ${occupants.join(', ')}): a backup is restored into an empty database only. Make a new one, or name another DATA_DIR.`,
    );
  }

  /** The schema as the backup knew it, empty and without guards. */
  private async prepare(header: BackupHeader): Promise<void> {
    const unknown = unknownMigrations(header.migrations);
    if (unknown.length > 0)
      throw new ReadableFailure(
        `The backup was made by a newer version of this program (it knows ${unknown.join(', ')}): restore it with that version.`,
      );
    if (header.illustrative && this.options.refuseIllustrative)
      throw new ReadableFailure('The backup holds the demonstration: NODE_ENV=production takes none.');
    this.note(
      `backup of ${header.takenAt}, ${header.province}${header.illustrative ? ' (demonstration)' : ''}, PostgreSQL ${header.postgresVersion}`,
    );
    await runMigrationsNamed(this.url, header.migrations, this.runner);
    await this.client.query('SET CONSTRAINTS ALL IMMEDIATE');
    this.putBack = await takeGuardsOff(this.client);
    this.loader = await TableLoader.open(this.client, header, this.note);
  }

  private async finish(manifest: BackupManifest): Promise<void> {
    await this.loader.finish();
    await this.loader.setSequences(manifest.sequences);
    await verifyRestored(this.client, this.loader.tables, manifest);
    await this.putBack?.();
    this.manifest = manifest;
  }
}

/** A fault of the database while loading is a fault of the rows: they went in unchanged before. */
function sentenceOf(error: unknown, path: string): unknown {
  const { severity, message } = error as { severity?: string; message: string };
  return severity === undefined
    ? error
    : new ReadableFailure(`${path} cannot be loaded (${message}): nothing was restored.`);
}

/** The server plans by statistics, which a backup does not hold. */
async function analyse(url: string): Promise<void> {
  const db = await new DataSource(databaseOptions(url, 2)).initialize();
  try {
    await db.query('ANALYZE');
  } finally {
    await db.destroy();
  }
}
