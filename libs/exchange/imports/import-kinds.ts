import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { DomainError, type Actor, type RowOutcome } from '#libs/kernel';
import { applyUnitRows } from '#libs/organisation';
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
 * (stage-disbursements.ts). A kind without an entry is refused at the door.
 */
export const APPLY_ROWS: Record<Exclude<ImportKind, 'disbursements'>, ApplyRows | undefined> = {
  units: applyUnitRows,
  projects: undefined,
  allocations: undefined,
  reports: undefined,
  progress: undefined,
  'key-projects': undefined,
  treasury: undefined,
};

/** Refuses a kind that is not the actor's to import, or that nobody writes yet. */
export function requireKind(actor: Actor, kind: ImportKind): void {
  if (actor.units !== 'all' && !REPORTER_KINDS.includes(kind))
    throw new DomainError<ImportErrorCode>('import-kind-not-yours', { kind });
  if (kind !== 'disbursements' && !APPLY_ROWS[kind])
    throw new DomainError<ImportErrorCode>('import-kind-unavailable', { kind });
}
