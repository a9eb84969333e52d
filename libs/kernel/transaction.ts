import type { DataSource, EntityManager } from 'typeorm';

/** Where a transaction begins: the database, or within another one, whose part (a savepoint) it then is. */
export type Transactional = Pick<DataSource, 'transaction'>;

const ATTEMPTS = 5;
/** serialization_failure and deadlock_detected: the transaction did nothing and may be played again whole. */
const REPLAYABLE = new Set(['40001', '40P01']);

/**
 * Runs the work in one transaction. A serialization failure or deadlock replays the whole of it, at most five
 * times; never a part, for an aborted transaction takes no more statements: within another transaction it is not
 * replayed here, but by whoever began that one.
 */
export async function inTransaction<T>(db: Transactional, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  const attempts = 'queryRunner' in db && db.queryRunner ? 1 : ATTEMPTS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt >= attempts || !REPLAYABLE.has(sqlState(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt * Math.random()));
    }
  }
}

/** True when somebody else wrote the same key first: the answer is that it exists. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  return sqlState(error) === '23505' && violatedConstraint(error) === constraint;
}

/** The five-character SQLSTATE of a database error, if it is one. */
export function sqlState(error: unknown): string | undefined {
  return databaseError(error)?.code;
}

/** The name of the violated constraint, if the error carries one. */
export function violatedConstraint(error: unknown): string | undefined {
  return databaseError(error)?.constraint;
}

/** What the database says beside its refusal: JSON facts where our own triggers refuse. */
export function violationDetail(error: unknown): string | undefined {
  return databaseError(error)?.detail;
}

function databaseError(error: unknown): { code?: string; constraint?: string; detail?: string } | undefined {
  const inner = (error as { driverError?: unknown } | null)?.driverError ?? error;
  return typeof inner === 'object' && inner !== null ? inner : undefined;
}
