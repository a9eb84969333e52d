import type { EntityManager } from 'typeorm';
import { sha256, systemClock, type Actor } from '#libs/kernel';
import { byIndex } from '#libs/platform';
import { bookedAmount, bookedRows, needsReason, type StagingMode } from './booked-rows.js';
import type { WarningLimits } from './disbursement-warnings.rule.js';
import { lockStatedUnits } from './state-cells.js';
import { BOOKING_ORDER, stageCarried } from './staged-lines.js';
import { findStagedWarnings, IS_WARNED, keepStagedWarnings } from './staged-warnings.js';

export interface BookedBatch {
  entries: number;
  firstEntryId: number | null;
  lastEntryId: number | null;
  /** SHA-256 over the entries' texts in the order of their ids: see `batchHash`. */
  rowsHash: string;
  warnings: number;
}

/**
 * Holds off, until the commit, whoever else would book differences of these plan years or change what the rows were
 * checked against. Entries that are added meanwhile are no difference of ours: they add to what is booked here.
 */
export async function lockForBooking(tx: EntityManager, batchId: number, planYears: readonly number[]): Promise<void> {
  for (const planYear of [...planYears].sort())
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('book disbursement differences'), $1)", [planYear]);
  // A month that is open now stays open until the commit.
  await tx.query('SELECT FROM reporting_month WHERE plan_year = ANY($1) ORDER BY plan_year, month FOR SHARE', [
    planYears,
  ]);
  await tx.query('LOCK TABLE unit, project, project_unit, funding_source IN SHARE MODE');
  // The turn that all take who state totals: the month grid too.
  const units: { unitCode: string }[] = await tx.query(
    'SELECT DISTINCT unit_code AS "unitCode" FROM staged_disbursement WHERE batch_id = $1',
    [batchId],
  );
  await lockStatedUnits(tx, units);
}

/**
 * A digest of all that a comparison depends on: entries of the plan years (they are only ever added, so their number
 * is a version), months, units, projects and who holds them, sources, the actor's rows. Equal digests, equal result.
 */
export async function booksVersion(tx: EntityManager, actor: Actor, planYears: readonly number[]): Promise<string> {
  const [row]: { version: string }[] = await tx.query(
    `SELECT md5(concat_ws('|', ${[
      "SELECT string_agg(t.plan_year || ' ' || t.entries, ',' ORDER BY t.plan_year) FROM (SELECT plan_year, sum(entries) AS entries FROM disbursement_total WHERE plan_year = ANY($1) GROUP BY 1) AS t",
      "SELECT string_agg(plan_year || ' ' || month || state, ',' ORDER BY plan_year, month) FROM reporting_month WHERE plan_year = ANY($1)",
      "SELECT string_agg(concat_ws(' ', code, coalesce(valid_from::text, '-'), coalesce(valid_to::text, '-')), ',' ORDER BY code COLLATE \"C\") FROM unit",
      "SELECT string_agg(concat_ws(' ', code, parent_code), ',' ORDER BY code COLLATE \"C\") FROM project",
      "SELECT string_agg(concat_ws(' ', project_code, unit_code, coalesce(valid_from::text, '-'), coalesce(valid_to::text, '-')), ',' ORDER BY id) FROM project_unit",
      'SELECT string_agg(code, \',\' ORDER BY code COLLATE "C") FROM funding_source',
    ]
      .map((part) => `(${part})`)
      .join(', ')})) AS version`,
    [planYears],
  );
  return sha256(`${row?.version} ${actor.units === 'all' ? '*' : [...actor.units].sort().join(' ')}`);
}

/**
 * Writes the staged differences as new entries in one statement. `reason` stands for all lines that name none and need
 * one: they lower a figure or are unusual. Their warnings are kept with them; nobody is asked line by line.
 */
export async function bookStaged(
  tx: EntityManager,
  actor: Actor,
  batchId: number,
  mode: StagingMode,
  { reason, planYears, limits }: { reason: string | null; planYears: readonly number[]; limits: WarningLimits },
): Promise<BookedBatch> {
  await stageCarried(tx, batchId, mode);
  await tx.query("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off");
  const isUnusual = await findStagedWarnings(tx, batchId, mode, planYears, limits);
  const reasonNeeded =
    isUnusual && reason !== null ? `(${needsReason(mode)} OR (s.reason IS NULL AND ${IS_WARNED}))` : needsReason(mode);
  // Of a table as small as the months it would read the whole page for each row: the booking took a quarter longer.
  const [booked]: { entries: number; first: number | null; last: number | null; hash: string }[] = await byIndex(
    tx,
    () =>
      tx.query(
        `WITH added AS (
       INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, carried_over, basis,
                                       amount, document_no, document_date, reason, corrects, recorded_at, recorded_by,
                                       import_id)
       SELECT s.plan_year, s.month, s.unit_code, s.project_code, s.source_code, s.kind, s.carried_over, s.basis,
              ${bookedAmount(mode)}, s.document_no, s.document_date,
              CASE WHEN ${reasonNeeded} THEN $2 ELSE s.reason END, coalesce(s.corrects, s.last_entry_id), $3::timestamptz, $4, $1
       FROM staged_disbursement AS s
       WHERE ${bookedRows(mode)}
       ORDER BY ${BOOKING_ORDER}
       RETURNING id, ${ENTRY_TEXT} AS line
     )
     SELECT count(*)::int AS entries, min(id) AS first, max(id) AS last,
            encode(sha256(convert_to(coalesce(string_agg(line, '' ORDER BY id), ''), 'UTF8')), 'hex') AS hash
     FROM added`,
        [batchId, reason, systemClock.now(), actor.username],
      ),
  );
  const { first, last } = { first: booked?.first ?? 0, last: booked?.last ?? 0 };
  const warnings = isUnusual ? await keepStagedWarnings(tx, batchId, mode, BOOKING_ORDER, { first, last }) : 0;
  return {
    entries: booked?.entries ?? 0,
    firstEntryId: booked?.first ?? null,
    lastEntryId: booked?.last ?? null,
    rowsHash: booked?.hash ?? '',
    warnings,
  };
}

/** SQL: an entry as the line of text that is hashed. */
const ENTRY_TEXT = `disbursement_entry_text(id, plan_year, month, unit_code, project_code, source_code, kind, carried_over,
  basis, amount, document_no, document_date, reason, corrects)`;

/**
 * Recomputes the hash of a batch from the books. An outsider does the same from an export: the entries with its
 * `import_id` in the order of their ids, each one line of cells divided by tabs and ended by a line feed (id, plan
 * year, month, unit, project, source, kind, carried over 0 or 1, basis, amount, document number, document date
 * yyyy-mm-dd, reason, the entry corrected; nothing stands for null), fed to SHA-256 line after line as UTF-8.
 */
export async function batchHash(
  tx: EntityManager,
  {
    importId,
    firstEntryId,
    lastEntryId,
  }: { importId: number; firstEntryId: number | null; lastEntryId: number | null },
): Promise<string> {
  const [row]: { hash: string }[] = await tx.query(
    `SELECT encode(sha256(convert_to(coalesce(string_agg(${ENTRY_TEXT}, '' ORDER BY e.id), ''), 'UTF8')), 'hex') AS hash
     FROM disbursement_entry AS e WHERE e.id BETWEEN $1 AND $2 AND e.import_id = $3`,
    [firstEntryId ?? 0, lastEntryId ?? 0, importId],
  );
  return row?.hash ?? '';
}
