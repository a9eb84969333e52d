import { once } from 'node:events';
import { createHash, type Hash } from 'node:crypto';
import type { Client } from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import { ReadableFailure } from '#libs/platform';
import type { BackupHeader } from './backup-file.js';
import { copyIn, tablesOf, type CatalogueTable, type SequenceState } from './catalogue.js';

export type LoadedTable = CatalogueTable & { copied: readonly string[]; sha256: string };

interface OpenTable {
  name: string;
  hash: Hash;
  stream: CopyStreamQuery;
  ended: Promise<void>;
}

/** Fills the tables of the backup one after the other; what migrations put there is gone first. */
export class TableLoader {
  readonly tables = new Map<string, LoadedTable>();
  private readonly leftOut = new Set<string>();
  private current: OpenTable | undefined;

  private constructor(
    private readonly client: Client,
    private readonly note: (sentence: string) => void,
  ) {}

  static async open(client: Client, header: BackupHeader, note: (sentence: string) => void): Promise<TableLoader> {
    const loader = new TableLoader(client, note);
    const present = new Map((await tablesOf(client)).map((table) => [table.name, table]));
    for (const { name, columns } of header.tables) {
      const table = present.get(name);
      if (!table) {
        loader.leftOut.add(name);
        note(`${name} is left out: no migration of this program makes it. Its rows stay in the backup.`);
      } else loader.tables.set(name, { ...table, copied: columns, sha256: EMPTY });
    }
    await client.query(`TRUNCATE ${[...present.values()].map(({ quoted }) => quoted).join(', ')}`);
    return loader;
  }

  /** A piece of a table; the pieces of one follow each other. */
  async load(name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    if (this.current?.name !== name) {
      await this.finish();
      if (!this.leftOut.has(name)) this.begin(name);
    }
    const { current } = this;
    for await (const chunk of bytes) {
      if (!current) continue;
      current.hash.update(chunk);
      if (!current.stream.write(chunk)) await Promise.race([once(current.stream, 'drain'), current.ended]);
    }
  }

  /** Ends the table that is being loaded. */
  async finish(): Promise<void> {
    if (!this.current) return;
    const { name, hash, stream, ended } = this.current;
    stream.end();
    await ended;
    this.current = undefined;
    (this.tables.get(name) as LoadedTable).sha256 = hash.digest('hex');
    this.note(`${name}: ${stream.rowCount} rows`);
  }

  /** Frees the connection from a table that will not come to its end. */
  async abandon(): Promise<void> {
    if (!this.current) return;
    const { stream, ended } = this.current;
    stream.destroy(new Error('abandoned'));
    await ended.catch(() => undefined);
  }

  async setSequences(sequences: readonly SequenceState[]): Promise<void> {
    for (const { name, lastValue, isCalled } of sequences)
      await this.client.query(
        `SELECT setval(c.oid::regclass, $3, $4) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind = 'S' AND n.nspname || '.' || c.relname = $1 AND n.nspname = $2`,
        [name, name.split('.')[0], lastValue, isCalled],
      );
  }

  private begin(name: string): void {
    const table = this.tables.get(name);
    if (!table) throw new ReadableFailure(`The backup holds rows of ${name}, which its header does not name.`);
    const stream = this.client.query(from(copyIn(table, table.copied)));
    const ended = new Promise<void>((resolve, reject) => {
      stream.once('finish', resolve);
      // More than once: an abandoned stream errs again when the server has heard of it.
      stream.on('error', reject);
    });
    // Whoever waits next hears of it.
    ended.catch(() => undefined);
    this.current = { name, hash: createHash('sha256'), stream, ended };
  }
}

const EMPTY = createHash('sha256').digest('hex');
