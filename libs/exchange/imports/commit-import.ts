import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { canonicalJson, DomainError, systemClock, type Actor, type RowOutcome } from '#libs/kernel';
import {
  bookStaged,
  booksVersion,
  hasStagedRows,
  lockForBooking,
  asLedgerRefusal,
  USUAL_LIMITS,
  type BookedBatch,
  type WarningLimits,
} from '#libs/ledger';
import { enqueue } from '#libs/platform';
import { compareBatch, keepOutcomes, keptRows, modeOf } from './compare-batch.js';
import type { ImportErrorCode } from './errors.js';
import { ImportBatch, ImportRow, type ImportDifference } from './import-batch.entity.js';
import { lockOwnImport } from './import-queries.js';
import { APPLY_ROWS } from './import-kinds.js';
import { IMPORT_RECEIVED } from './receive-import.js';

export interface CommitChoices {
  /** Leaves rejected rows out; without it an import that has some is refused. */
  withoutRejected?: boolean | undefined;
  /** Why figures fall or are unusual, for rows that do not say it themselves: one reason may serve a whole file. */
  reason?: string | undefined;
}

/**
 * Books what the import changes in one transaction, or nothing. What was shown is what is booked: when the books moved
 * since, the new difference is kept and `import-moved` says so. A committed import is left as it is.
 */
export async function commitImport(
  db: DataSource,
  actor: Actor,
  id: number,
  choices: CommitChoices,
  limits: WarningLimits = USUAL_LIMITS,
): Promise<ImportBatch> {
  const outcome = await asLedgerRefusal({ import: id }, () =>
    auditedTransaction(db, actor, (tx, record) => commit(tx, actor, id, choices, limits, record)),
  );
  if ('refused' in outcome) throw new DomainError<ImportErrorCode>(outcome.refused, { import: id });
  return outcome.batch;
}

type Outcome = { batch: ImportBatch } | { refused: ImportErrorCode };

async function commit(
  tx: EntityManager,
  actor: Actor,
  id: number,
  choices: CommitChoices,
  limits: WarningLimits,
  record: RecordAudit,
): Promise<Outcome> {
  const batch = await lockOwnImport(tx, actor, id);
  if (batch.state === 'committed') return { batch };
  requireReady(batch);
  if (await isEmptied(tx, batch)) {
    await readAgain(tx, batch, record);
    return { refused: 'import-not-ready' };
  }
  const reason = choices.reason ?? null;
  const booked =
    batch.kind === 'disbursements'
      ? await bookDisbursements(tx, actor, batch, choices, limits)
      : await bookRows(tx, actor, batch, choices, record);
  if (booked === 'moved') {
    record({ action: 'import.compare', objectType: 'import', objectId: id, after: { difference: batch.difference } });
    await tx.save(batch);
    return { refused: 'import-moved' };
  }
  Object.assign(batch, {
    state: 'committed',
    reason,
    entries: booked.entries,
    rowsHash: booked.rowsHash,
    committedAt: systemClock.now(),
    committedBy: actor.username,
  });
  await tx.save(batch);
  record({
    action: 'import.commit',
    objectType: 'import',
    objectId: id,
    after: {
      kind: batch.kind,
      contentHash: batch.contentHash,
      importKey: batch.importKey,
      difference: batch.difference,
      withoutRejected: choices.withoutRejected ?? false,
      reason,
      ...booked,
    },
  });
  return { batch };
}

function requireReady(batch: ImportBatch): void {
  const facts = { import: batch.id, state: batch.state };
  if (batch.state === 'failed') throw new DomainError<ImportErrorCode>('import-refused', facts);
  if (batch.state === 'discarded') throw new DomainError<ImportErrorCode>('import-discarded', facts);
  if (batch.state !== 'ready') throw new DomainError<ImportErrorCode>('import-not-ready', facts);
}

/** What the difference asks of who commits it. */
function requireAnswers(difference: ImportDifference, { withoutRejected, reason }: CommitChoices): void {
  const { rejected, withoutReason } = difference;
  if (rejected.rows > 0 && !withoutRejected)
    throw new DomainError<ImportErrorCode>('import-has-rejected', { rows: rejected.rows });
  if (withoutReason > 0 && !reason)
    throw new DomainError<ImportErrorCode>('import-reason-missing', { rows: withoutReason });
}

async function bookDisbursements(
  tx: EntityManager,
  actor: Actor,
  batch: ImportBatch,
  choices: CommitChoices,
  limits: WarningLimits,
): Promise<BookedBatch | 'moved'> {
  const planYears = batch.planYears ?? [];
  await lockForBooking(tx, batch.id, planYears);
  const version = await booksVersion(tx, actor, planYears);
  if (version !== batch.booksVersion) {
    const before = canonicalJson(batch.difference);
    const cells = await stagedDigest(tx, batch.id);
    batch.booksVersion = version;
    batch.difference = await compareBatch(tx, actor, batch);
    if (canonicalJson(batch.difference) !== before || (await stagedDigest(tx, batch.id)) !== cells) return 'moved';
  }
  requireAnswers(batch.difference as ImportDifference, choices);
  return bookStaged(tx, actor, batch.id, modeOf(batch), { reason: choices.reason ?? null, planYears, limits });
}

/** Equal digests: the same cells, with the same figures of the books before them. */
async function stagedDigest(tx: EntityManager, batchId: number): Promise<string> {
  const [row]: { digest: string }[] = await tx.query(
    `SELECT md5(string_agg(concat_ws(' ', s.ordinal, s.outcome, s.merged_into, s.before), ',' ORDER BY s.ordinal)) AS digest
     FROM staged_disbursement AS s WHERE s.batch_id = $1`,
    [batchId],
  );
  return row?.digest ?? '';
}

/** Other kinds write their rows again, now to stay; what they did must be what was shown. */
async function bookRows(
  tx: EntityManager,
  actor: Actor,
  batch: ImportBatch,
  choices: CommitChoices,
  record: RecordAudit,
): Promise<BookedBatch | 'moved'> {
  requireAnswers(batch.difference as ImportDifference, choices);
  const apply = APPLY_ROWS[batch.kind as keyof typeof APPLY_ROWS];
  if (!apply) throw new Error(`nobody writes the rows of ${batch.kind}`);
  const rows = await keptRows(tx, batch.id);
  await tx.query('SAVEPOINT booking');
  const changes: Parameters<RecordAudit>[0][] = [];
  const outcomes = await apply(
    tx,
    actor,
    rows.map(({ values }) => values),
    (entry) => void changes.push(entry),
  );
  if (!(await isAsShown(tx, batch.id, outcomes))) {
    await tx.query('ROLLBACK TO SAVEPOINT booking');
    await keepOutcomes(tx, batch.id, rows, outcomes);
    batch.difference = await compareBatch(tx, actor, batch);
    return 'moved';
  }
  for (const change of changes) record(change);
  const hash = createHash('sha256');
  for (const { row, outcome } of outcomes)
    hash.update(`${canonicalJson({ outcome, values: rows[row]?.values ?? {} })}\n`);
  return {
    entries: outcomes.filter(({ outcome }) => outcome === 'new' || outcome === 'changed').length,
    firstEntryId: null,
    lastEntryId: null,
    rowsHash: hash.digest('hex'),
    warnings: 0,
  };
}

/** Outcomes stand in the order of the rows, and of their ordinals. */
async function isAsShown(tx: EntityManager, batchId: number, outcomes: readonly RowOutcome[]): Promise<boolean> {
  const shown: Pick<ImportRow, 'outcome' | 'before'>[] = await tx.query(
    'SELECT outcome, before FROM import_row WHERE batch_id = $1 AND was_read ORDER BY ordinal',
    [batchId],
  );
  const told = (outcome: string, before: unknown): string => `${outcome} ${canonicalJson(before ?? null)}`;
  return (
    shown.length === outcomes.length &&
    outcomes.every(({ row, outcome, before }) => {
      const kept = shown[row];
      return kept !== undefined && told(kept.outcome, kept.before) === told(outcome, before);
    })
  );
}

/** The staging table is not logged: a crash of the database server empties it. */
async function isEmptied(tx: EntityManager, batch: ImportBatch): Promise<boolean> {
  if (batch.kind !== 'disbursements') return false;
  if (await hasStagedRows(tx, batch.id)) return false;
  return (await tx.countBy(ImportRow, { batchId: batch.id })) < batch.rowsRead;
}

async function readAgain(tx: EntityManager, batch: ImportBatch, record: RecordAudit): Promise<void> {
  batch.state = 'waiting';
  await tx.save(batch);
  await enqueue(tx, IMPORT_RECEIVED, { importId: batch.id });
  record({ action: 'import.read-again', objectType: 'import', objectId: batch.id });
}
