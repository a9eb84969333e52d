import type { EntityManager } from 'typeorm';
import { Month, systemClock, type Actor, type FieldProblem } from '#libs/kernel';
import { advanceProblems } from './advances.js';
import { correctionProblems } from './correction-problems.js';
import { DisbursementWarning } from './disbursement-warning.entity.js';
import type { Warning, WarningLimits } from './disbursement-warnings.rule.js';
import { DisbursementEntry } from './disbursement.entity.js';
import { entryWarnings } from './entry-warnings.js';
import type { LedgerProblemCode } from './errors.js';
import { carriedOn, type CarriedEntry } from './follow-succession.js';
import { codeProblems } from './known-codes.js';
import type { NewDisbursement } from './record-disbursements.js';

/** An entry and the month it belongs to. */
export type MonthEntry = NewDisbursement & { month: Month };

/** One insert may carry at most this many entries: PostgreSQL binds 65,535 values a statement. */
export const MOST_ENTRIES = 1000;

/**
 * What is wrong with entries of one plan year, pointing into `list` (e.g. `/entries`), and what of them is unusual.
 * Advances and warnings tell of figures, so they are asked for only once every code is known to be the actor's.
 */
export async function judgeEntries(
  tx: EntityManager,
  actor: Actor,
  entries: readonly MonthEntry[],
  list: string,
  limits: WarningLimits,
): Promise<{ problems: FieldProblem[]; warnings: Warning[] }> {
  const problems = [
    ...(await codeProblems(tx, actor, entries, list)),
    ...entries.flatMap((entry, i) => reasonProblem(entry, `${list}/${i}`)),
  ];
  for (const { month, places } of byMonth(entries)) {
    const found = await correctionProblems(tx, actor, month, at(entries, places));
    problems.push(...found.map((problem) => repointed(problem, list, places)));
  }
  if (problems.length > 0) return { problems, warnings: [] };
  const all = entries.map((_, i) => i);
  const exceeded = (await advanceProblems(tx, entries)).map((problem) => repointed(problem, list, all));
  const warnings: Warning[] = [];
  for (const { month, places } of byMonth(entries))
    for (const warning of await entryWarnings(tx, month, at(entries, places), limits))
      warnings.push({ ...warning, entry: places[warning.entry] as number });
  return { problems: exceeded, warnings };
}

/** Points at the reason that an unusual entry lacks, with the evidence in whole đồng. */
export function unexplainedProblems(
  entries: readonly NewDisbursement[],
  warnings: readonly Warning[],
  list: string,
): FieldProblem[] {
  return warnings
    .filter(({ entry }) => !entries[entry]?.reason)
    .map(({ entry, code, found, comparedWith }) => {
      const { projectCode, sourceCode } = entries[entry] as NewDisbursement;
      return {
        pointer: `${list}/${entry}/reason`,
        code,
        needsReason: true,
        facts: { project: projectCode, source: sourceCode, found: String(found), comparedWith: String(comparedWith) },
      };
    });
}

export interface BookedEntries {
  /** Of the given entries, in their order. */
  ids: number[];
  /** What carries them on where a reorganisation has moved the unit's figures since. */
  carried: CarriedEntry[];
  carriedIds: number[];
}

/** Books judged entries (at most MOST_ENTRIES) in one statement and keeps their warnings with them. */
export async function bookEntries(
  tx: EntityManager,
  actor: Actor,
  entries: readonly MonthEntry[],
  warnings: readonly Warning[],
): Promise<BookedEntries> {
  if (entries.length === 0) return { ids: [], carried: [], carriedIds: [] };
  const carried: CarriedEntry[] = [];
  for (const { month, places } of byMonth(entries)) carried.push(...(await carriedOn(tx, month, at(entries, places))));
  const recorded = { recordedAt: systemClock.now(), recordedBy: actor.username };
  const planYear = entries[0]?.month.planYear;
  const { identifiers } = await tx.insert(DisbursementEntry, [
    ...entries.map(({ month, ...entry }) => ({ ...entry, ...recorded, planYear, month: month.number })),
    ...carried.map((entry) => ({ ...entry, ...recorded, planYear, kind: 'transfer' as const })),
  ]);
  const allIds = identifiers.map((row) => (row as { id: number }).id);
  const ids = allIds.slice(0, entries.length);
  if (warnings.length > 0)
    await tx.insert(
      DisbursementWarning,
      warnings.map(({ entry, ...warning }) => ({ ...warning, entryId: ids[entry] as number })),
    );
  return { ids, carried, carriedIds: allIds.slice(entries.length) };
}

/** Whatever lowers the cumulative figure or changes what was said needs a reason; recovering an advance does not. */
function reasonProblem({ kind, amount, reason }: NewDisbursement, pointer: string): FieldProblem[] {
  const needed = kind === 'refund' || kind === 'correction' || (amount < 0n && kind !== 'advance-recovery');
  const code: LedgerProblemCode = 'reason-missing';
  return needed && !reason ? [{ pointer: `${pointer}/reason`, code, facts: { kind } }] : [];
}

/** The months of the entries, each with the places in the list of those that belong to it. */
function byMonth(entries: readonly MonthEntry[]): { month: Month; places: number[] }[] {
  const groups = new Map<string, { month: Month; places: number[] }>();
  entries.forEach(({ month }, place) => {
    const group = groups.get(month.toString()) ?? { month, places: [] };
    group.places.push(place);
    groups.set(month.toString(), group);
  });
  return [...groups.values()];
}

const at = <T>(list: readonly T[], places: readonly number[]): T[] => places.map((place) => list[place] as T);

/** A problem found in a part of the list, pointing into the whole. */
function repointed(problem: FieldProblem, list: string, places: readonly number[]): FieldProblem {
  const [, , place, ...field] = problem.pointer.split('/');
  return { ...problem, pointer: [list, places[Number(place)], ...field].join('/') };
}
