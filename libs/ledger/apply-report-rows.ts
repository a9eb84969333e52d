import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { maySeeUnit, Month, sha256, systemClock, type Actor, type FieldProblem, type RowOutcome } from '#libs/kernel';
import type { OrganisationErrorCode } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import type { LedgerErrorCode, LedgerProblemCode } from './errors.js';

/** A row of reports.csv: the unit reported the month. */
export interface ReportRow {
  plan_year: number;
  month: number;
  unit_code: string;
}

/** More reports than this are told by a hash over them: they are never changed, and need no second copy. */
const MOST_TOLD = 1000;

type RowProblemCode = LedgerErrorCode | LedgerProblemCode | OrganisationErrorCode;

/**
 * Books reports from a file in the caller's transaction, a few statements whatever the number of rows. A report that
 * stands already, or stands twice in the file, is the same. Outcomes in the order of the rows.
 */
export async function applyReportRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly ReportRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  const months: { plan_year: number; month: number; state: string }[] = await tx.query(
    'SELECT plan_year, month, state FROM reporting_month WHERE plan_year = ANY($1)',
    [[...new Set(rows.map((row) => row.plan_year))]],
  );
  // The last days are reckoned once, not for each row.
  const monthOf = new Map(
    months.map(({ plan_year: year, month, state }) => [`${year} ${month}`, { state, end: Month.of(year, month).end }]),
  );
  const units: { code: string; valid_from: string | null; valid_to: string | null }[] = await tx.query(
    'SELECT code, valid_from::text, valid_to::text FROM unit WHERE code = ANY($1)',
    [[...new Set(rows.map((row) => row.unit_code))]],
  );
  const unitOf = new Map(units.map((unit) => [unit.code, unit]));
  const standing: { plan_year: number; month: number; unit_code: string }[] = await tx.query(
    'SELECT plan_year, month, unit_code FROM monthly_report WHERE plan_year = ANY($1)',
    [[...new Set(rows.map((row) => row.plan_year))]],
  );
  const known = new Set(standing.map((row) => `${row.plan_year} ${row.month} ${row.unit_code}`));
  const added: ReportRow[] = [];

  const outcomes = rows.map((given, row): RowOutcome => {
    const reject = (field: string, code: RowProblemCode, facts: FieldProblem['facts']): RowOutcome => ({
      row,
      outcome: 'rejected',
      problems: [{ pointer: `/${field}`, code, facts }],
    });
    const { plan_year: planYear, month, unit_code: unitCode } = given;
    const facts = { month: `${planYear}-${String(month).padStart(2, '0')}`, unit: unitCode };
    const opened = monthOf.get(`${planYear} ${month}`);
    if (!opened) return reject('month', 'month-not-opened', facts);
    const unit = maySeeUnit(actor, unitCode) ? unitOf.get(unitCode) : undefined;
    if (!unit) return reject('unit_code', 'unit-unknown', facts);
    const key = `${planYear} ${month} ${unitCode}`;
    if (known.has(key)) return { row, outcome: 'same', problems: [] };
    if (opened.state === 'closed') return reject('month', 'month-closed', facts);
    const day = opened.end;
    if ((unit.valid_from && unit.valid_from > day) || (unit.valid_to && unit.valid_to < day))
      return reject('unit_code', 'unit-not-valid', { ...facts, day });
    known.add(key);
    added.push(given);
    return { row, outcome: 'new', problems: [] };
  });
  if (added.length === 0) return outcomes;

  const submittedOn = await businessDate(tx);
  await tx.query(
    `INSERT INTO monthly_report (plan_year, month, unit_code, submitted_on, recorded_at, recorded_by)
     SELECT year, month, unit, $4, $5, $6 FROM unnest($1::int[], $2::int[], $3::text[]) AS r (year, month, unit)`,
    [
      added.map((row) => row.plan_year),
      added.map((row) => row.month),
      added.map((row) => row.unit_code),
      submittedOn,
      systemClock.now(),
      actor.username,
    ],
  );
  record({
    action: 'report.import',
    objectType: 'report',
    objectId: `${added.length}`,
    after: { submittedOn, ...(added.length > MOST_TOLD ? hashed(added) : { reports: added }) },
  });
  return outcomes;
}

function hashed(added: readonly ReportRow[]): { count: number; hash: string } {
  const lines = added.map(({ plan_year: year, month, unit_code: unit }) => `${year} ${month} ${unit}\n`);
  return { count: added.length, hash: sha256(lines.join('')) };
}
