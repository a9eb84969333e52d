import type { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type RowOutcome } from '#libs/kernel';
import { clearStaged, stagedRows } from '#libs/ledger';
import type { ImportKind } from '../sheet/index.js';
import { modeOf } from './compare-batch.js';
import type { ImportErrorCode } from './errors.js';
import {
  ImportBatch,
  ImportFileChunk,
  ImportRow,
  type ImportRowProblem,
  type ImportState,
} from './import-batch.entity.js';

/** An import with the committed one of the same bytes, kind and choices that came before. */
export interface FoundImport {
  batch: ImportBatch;
  earlier: { id: number; committedAt: Date; committedBy: string } | null;
}

export interface ImportFilter {
  kind?: ImportKind | undefined;
  state?: Exclude<ImportState, 'receiving'> | undefined;
  /** Imports before this id: the newest come first. */
  before?: number | undefined;
  limit: number;
}

/** The department sees all imports; who has only some units sees their own. */
function ownImports(db: DataSource | EntityManager, actor: Actor): SelectQueryBuilder<ImportBatch> {
  return db
    .createQueryBuilder(ImportBatch, 'batch')
    .where("batch.state <> 'receiving'")
    .andWhere(actor.units === 'all' ? 'true' : 'batch.created_by = :by', { by: actor.username });
}

export async function listImports(
  db: DataSource,
  actor: Actor,
  filter: ImportFilter,
): Promise<{ items: FoundImport[]; total: number }> {
  const query = ownImports(db.manager, actor);
  if (filter.kind) query.andWhere('batch.kind = :kind', { kind: filter.kind });
  if (filter.state) query.andWhere('batch.state = :state', { state: filter.state });
  const total = await query.getCount();
  if (filter.before !== undefined) query.andWhere('batch.id < :before', { before: filter.before });
  const batches = await query.orderBy('batch.id', 'DESC').limit(filter.limit).getMany();
  return { items: await withEarlier(db.manager, batches), total };
}

/** One import of the actor's; `import-unknown` for one that does not exist or is not theirs. */
export async function findImport(db: DataSource, actor: Actor, id: number): Promise<FoundImport> {
  const batch = await ownImports(db.manager, actor).andWhere('batch.id = :id', { id }).getOne();
  if (!batch) throw new DomainError<ImportErrorCode>('import-unknown', { import: id });
  const [found] = await withEarlier(db.manager, [batch]);
  return found as FoundImport;
}

/** The same, taken for the rest of the transaction. */
export async function lockOwnImport(tx: EntityManager, actor: Actor, id: number): Promise<ImportBatch> {
  const batch = await ownImports(tx, actor).andWhere('batch.id = :id', { id }).setLock('pessimistic_write').getOne();
  if (!batch) throw new DomainError<ImportErrorCode>('import-unknown', { import: id });
  return batch;
}

async function withEarlier(tx: EntityManager, batches: ImportBatch[]): Promise<FoundImport[]> {
  const ids = batches.map(({ repeatOf }) => repeatOf).filter((id) => id !== null);
  const earlier =
    ids.length === 0
      ? []
      : await tx.createQueryBuilder(ImportBatch, 'batch').where('batch.id = ANY(:ids)', { ids }).getMany();
  const byId = new Map(earlier.map((batch) => [batch.id, batch]));
  return batches.map((batch) => {
    const first = batch.repeatOf === null ? undefined : byId.get(batch.repeatOf);
    return {
      batch,
      earlier: first
        ? { id: first.id, committedAt: first.committedAt as Date, committedBy: first.committedBy as string }
        : null,
    };
  });
}

/** A row of a file and what it does, whatever the kind. */
export interface ImportedRow {
  ordinal: number;
  row: number;
  rows: number;
  outcome: RowOutcome['outcome'];
  values: Record<string, string>;
  /** Field → name of the code in it, of what the actor may see. */
  names: Record<string, string>;
  before: Record<string, string> | null;
  dong: bigint | null;
  differenceDong: bigint | null;
  needsReason: boolean;
  problems: ImportRowProblem[];
}

export interface ImportRowFilter {
  outcome?: RowOutcome['outcome'] | undefined;
  /** Rows after this place in the file. */
  after?: number | undefined;
  limit: number;
}

/** A page of the rows in the order of the file, and how many there are of the outcome. */
export async function importRows(
  db: DataSource,
  actor: Actor,
  id: number,
  filter: ImportRowFilter,
): Promise<{ items: ImportedRow[]; total: number }> {
  const { batch } = await findImport(db, actor, id);
  const { difference } = batch;
  if (!difference) return { items: [], total: 0 };
  const { outcome } = filter;
  const total = outcome
    ? difference[outcome].cells
    : difference.new.cells + difference.changed.cells + difference.same.cells + difference.rejected.cells;
  const kept = await keptPage(db, batch.id, filter);
  if (batch.kind !== 'disbursements' || outcome === 'rejected') return { items: await named(db, actor, kept), total };
  const staged = await stagedRows(db, batch.id, modeOf(batch), { ...filter, outcome });
  const items = [
    ...kept,
    ...staged.map((row) => ({
      ...row,
      before: row.before === null ? null : { amount_vnd: row.before.toString() },
      problems: [],
    })),
  ].sort((a, b) => a.ordinal - b.ordinal);
  return { items: await named(db, actor, items.slice(0, filter.limit)), total };
}

const CODE_FIELDS = { project_code: 'project', parent_code: 'project', unit_code: 'unit' } as const;

/** The rows with the names of their projects and units: nobody knows a list of codes by heart. */
async function named(
  db: DataSource,
  actor: Actor,
  rows: readonly Omit<ImportedRow, 'names'>[],
): Promise<ImportedRow[]> {
  const fields = Object.keys(CODE_FIELDS) as (keyof typeof CODE_FIELDS)[];
  const codes = [...new Set(rows.flatMap(({ values }) => fields.map((field) => values[field] ?? '')))];
  const found: { what: string; code: string; name: string }[] = await db.query(
    `SELECT 'project' AS what, p.code, p.name FROM project AS p WHERE p.code = ANY($1)
       AND ($2::text[] IS NULL OR EXISTS (
         SELECT FROM project_unit AS h WHERE h.project_code = p.code AND h.unit_code = ANY($2)))
     UNION ALL SELECT 'unit', u.code, u.name FROM unit AS u WHERE u.code = ANY($1)
       AND ($2::text[] IS NULL OR u.code = ANY($2))`,
    [codes, actor.units === 'all' ? null : actor.units],
  );
  const nameOf = new Map(found.map(({ what, code, name }) => [`${what} ${code}`, name]));
  return rows.map((row) => ({
    ...row,
    names: Object.fromEntries(
      fields.flatMap((field) => {
        const name = nameOf.get(`${CODE_FIELDS[field]} ${row.values[field]}`);
        return name === undefined ? [] : [[field, name]];
      }),
    ),
  }));
}

async function keptPage(
  db: DataSource,
  batchId: number,
  filter: ImportRowFilter,
): Promise<Omit<ImportedRow, 'names'>[]> {
  const query = db.manager
    .createQueryBuilder(ImportRow, 'r')
    .where('r.batch_id = :batchId AND r.ordinal > :after', { batchId, after: filter.after ?? 0 });
  if (filter.outcome) query.andWhere('r.outcome = :outcome', { outcome: filter.outcome });
  const rows = await query.orderBy('r.ordinal').limit(filter.limit).getMany();
  return rows.map(({ ordinal, row, outcome, values, before, problems }) => {
    const stated = values['amount_vnd'];
    return {
      ordinal,
      row,
      rows: 1,
      outcome,
      values,
      before:
        before && Object.fromEntries(Object.entries(before).map(([field, value]) => [field, String(value ?? '')])),
      dong: stated !== undefined && /^-?[0-9]{1,16}$/.test(stated) ? BigInt(stated) : null,
      differenceDong: null,
      needsReason: false,
      problems,
    };
  });
}

/** Gives up an import that is not committed; its file and rows go, that it was sent stays. */
export async function discardImport(db: DataSource, actor: Actor, id: number): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const batch = await lockOwnImport(tx, actor, id);
    if (batch.state === 'discarded') return;
    if (batch.state === 'committed') throw new DomainError<ImportErrorCode>('import-committed', { import: id });
    const before = { state: batch.state };
    await tx.update(ImportBatch, { id }, { state: 'discarded', failure: null });
    await tx.delete(ImportFileChunk, { batchId: id });
    await tx.delete(ImportRow, { batchId: id });
    await clearStaged(tx, id);
    record({ action: 'import.discard', objectType: 'import', objectId: id, before });
  });
}
