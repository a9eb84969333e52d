import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { to } from 'pg-copy-streams';
import { copyOut, type CatalogueTable } from './catalogue.js';

export interface TableSum {
  rows: number;
  bytes: number;
  /** Of the COPY text of all rows. */
  sha256: string;
}

/** Reads a table once, hands its bytes to `take`, and sums them up. */
export async function readTable(
  client: ClientBase,
  table: CatalogueTable,
  columns: readonly string[],
  take: (bytes: Buffer) => Promise<void> | void,
): Promise<TableSum> {
  const stream = client.query(to(copyOut(table, columns)));
  const sha256 = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    bytes += chunk.length;
    await take(chunk);
  }
  return { rows: stream.rowCount, bytes, sha256: sha256.digest('hex') };
}
