import type { Client } from 'pg';
import { ReadableFailure } from '#libs/platform';
import { auditChainState } from './audit-chain-state.js';
import type { BackupManifest } from './backup-file.js';
import type { LoadedTable } from './load-tables.js';
import { readTable } from './table-bytes.js';

/**
 * Compares what stands in the database with what the backup says: the bytes that came out of the file, the rows read
 * back from each table, and the audit chain recomputed from its first event. Refuses at the first difference.
 */
export async function verifyRestored(
  client: Client,
  tables: ReadonlyMap<string, LoadedTable>,
  manifest: BackupManifest,
): Promise<void> {
  const expected = new Map(manifest.tables.map((table) => [table.name, table]));
  for (const [name, table] of tables) {
    const sum = expected.get(name);
    if (!sum || sum.sha256 !== table.sha256) throw differs(`the rows of ${name} in the file are not those backed up`);
    const { rows, sha256 } = await readTable(client, table, table.copied, () => undefined);
    if (rows !== sum.rows || sha256 !== sum.sha256)
      throw differs(`${name} holds ${rows} rows that differ from the ${sum.rows} backed up`);
  }
  const { seq, hash, brokenAt } = await auditChainState(client);
  const { audit } = manifest;
  if (seq !== audit.seq || hash !== audit.hash || brokenAt !== audit.brokenAt)
    throw differs(`the audit chain ends at ${seq} ${hash}, the backup says ${audit.seq} ${audit.hash}`);
}

function differs(what: string): ReadableFailure {
  return new ReadableFailure(`The restored database is not what was backed up: ${what}. Nothing was restored.`);
}
