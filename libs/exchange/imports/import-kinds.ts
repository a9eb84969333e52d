import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { DomainError, type Actor, type RowOutcome } from '#libs/kernel';
import { applyAllocationRows, applyReportRows } from '#libs/ledger';
import { applyUnitRows } from '#libs/organisation';
import { applyKeyProjectRows, applyProgressRows, applyProjectRows } from '#libs/projects';
import { applyTreasuryRows, type TreasuryRow } from '#libs/reconciliation';
import type { CanonicalRow, ImportKind } from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';

/**
 * Writes the rows of a kind and says what each did. It runs twice: in a transaction that is rolled back, for the
 * difference, and in the one that commits. It must refuse rows by their outcome rather than throw.
 */
export type ApplyRows = (
  tx: EntityManager,
  actor: Actor,
  rows: readonly CanonicalRow['values'][],
  record: RecordAudit,
) => Promise<RowOutcome[]>;

/** What reporters send of their own units; all other kinds are the staff's. */
const REPORTER_KINDS: readonly ImportKind[] = ['disbursements', 'reports', 'progress'];

/**
 * Who writes the rows of which kind: the one place to register it. Disbursements are staged and booked set-based
 * (stage-disbursements.ts).
 */
export const APPLY_ROWS: Record<Exclude<ImportKind, 'disbursements'>, ApplyRows> = {
  units: applyUnitRows,
  projects: applyProjectRows,
  allocations: applyAllocationRows,
  reports: (tx, actor, rows, record) =>
    applyReportRows(
      tx,
      actor,
      rows.map((row) => ({ ...periodOf(row), unit_code: textOf(row, 'unit_code') })),
      record,
    ),
  progress: (tx, actor, rows, record) =>
    applyProgressRows(
      tx,
      actor,
      rows.map((row) => ({
        ...periodOf(row),
        project_code: textOf(row, 'project_code'),
        volume_vnd: dongOf(row['volume_vnd']),
        physical_percent: orNull(row['physical_percent']),
        implemented_vnd: dongOf(row['implemented_vnd']),
        implemented_plan_vnd: dongOf(row['implemented_plan_vnd']),
        done: orNull(row['done']),
        unfinished: orNull(row['unfinished']),
        next: orNull(row['next']),
      })),
      record,
    ),
  'key-projects': applyKeyProjectRows,
  treasury: (tx, actor, rows, record) =>
    applyTreasuryRows(
      tx,
      actor,
      rows.map((row) => treasuryRow(row)),
      record,
    ),
};

type Values = CanonicalRow['values'];

const TREASURY_FIELDS = [
  'plan_year',
  'month',
  'national_code',
  'unit_code',
  'project_name',
  'source_code',
  'carried_over',
  'amount_vnd',
  'advance_vnd',
  'advance_recovered_vnd',
  'document_no',
  'statement_date',
] as const satisfies readonly (keyof TreasuryRow)[];

function treasuryRow(row: Values): TreasuryRow {
  return Object.fromEntries(TREASURY_FIELDS.map((field) => [field, textOf(row, field)])) as unknown as TreasuryRow;
}

function textOf(row: Values, field: string): string {
  return row[field] ?? '';
}

function periodOf(row: Values): { plan_year: number; month: number } {
  return { plan_year: Number(row['plan_year']), month: Number(row['month']) };
}

/** An empty cell empties what stands; a column that the file does not have leaves it. */
function orNull(cell: string | undefined): string | null | undefined {
  return cell === '' ? null : cell;
}

function dongOf(cell: string | undefined): bigint | null | undefined {
  return cell === undefined ? undefined : cell === '' ? null : BigInt(cell);
}

/** Refuses a kind that is not the actor's to import. */
export function requireKind(actor: Actor, kind: ImportKind): void {
  if (!mayImport(actor, kind)) throw new DomainError<ImportErrorCode>('import-kind-not-yours', { kind });
}

/** What `requireKind` lets through. */
export function mayImport(actor: Actor, kind: ImportKind): boolean {
  return actor.units === 'all' || REPORTER_KINDS.includes(kind);
}
