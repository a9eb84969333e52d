import { slicesOf } from '#libs/kernel';
import type { RecordAudit } from './audited-transaction.js';

/** What a file did to one object of a register. */
export interface RowChange {
  id: string;
  /** Absent for a new object. */
  before?: unknown;
  after: unknown;
}

/** More changes than this are told together, so many an event: one event each would hold the chain for long. */
const MOST_EVENTS = 1000;

/** Tells what a file changed in a register: `<type>.add` and `<type>.change`, or `<type>.import` for many at once. */
export function recordRowChanges(record: RecordAudit, objectType: string, changes: readonly RowChange[]): void {
  if (changes.length <= MOST_EVENTS) {
    for (const { id, ...change } of changes)
      record({
        action: `${objectType}.${change.before === undefined ? 'add' : 'change'}`,
        objectType,
        objectId: id,
        ...change,
      });
    return;
  }
  for (const part of slicesOf(changes, MOST_EVENTS))
    record({
      action: `${objectType}.import`,
      objectType,
      objectId: `${part[0]?.id} … ${part.at(-1)?.id}`,
      before: part.flatMap(({ before }) => before ?? []),
      after: part.map(({ after }) => after),
    });
}
