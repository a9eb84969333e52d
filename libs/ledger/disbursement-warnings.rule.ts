import type { Dong } from '#libs/kernel';

/**
 * Warnings of disbursement entries that need a reason before they are booked. They never block: officials do pay
 * beyond a plan or in December, and then they say why.
 * Source: issue "The books", 2 (which warnings there are; three times the usual); domain.md §3.1 (the plan in force
 * at the end of the month), §3.2 (only refunds and corrections lower the cumulative figure: a fall needs a reason),
 * §2 (carried-over capital is a series of its own). The share of December is our design decision [D].
 */
export const WARNING_CODES = ['over-plan', 'no-plan', 'over-usual', 'december-spike', 'cumulative-falls'] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** Where unusual begins; configured (WARNING_… of libs/platform/config.ts), whole numbers. */
export interface WarningLimits {
  /** A month is unusual above this many times the median of the earlier ones. */
  warningUsualTimes: number;
  /** Fewer earlier months with payments say nothing about what is usual. */
  warningEarlierMonths: number;
  /** Payments of December above this share of the plan in force, in percent. */
  warningDecemberPercent: number;
}

export const USUAL_LIMITS: WarningLimits = {
  warningUsualTimes: 3,
  warningEarlierMonths: 3,
  warningDecemberPercent: 30,
};

const DECEMBER = 12;

/** An entry about to be booked; all of one call belong to one month. Transfers are no payments: leave them out. */
export interface JudgedEntry {
  unitCode: string;
  projectCode: string;
  sourceCode: string;
  carriedOver: boolean;
  /** đồng, signed */
  amount: Dong;
}

/** What the books hold of a project × source × series before the new entries, in đồng. */
export interface SeriesBooks {
  projectCode: string;
  sourceCode: string;
  carriedOver: boolean;
  /** In force at the end of the month; 0 where there is none. */
  plan: Dong;
  /** Up to and with the month. */
  cumulative: Dong;
  /** Of the month alone. */
  inMonth: Dong;
}

/** What the books hold of a unit × project × series before the new entries, in đồng. */
export interface UnitProjectBooks {
  unitCode: string;
  projectCode: string;
  carriedOver: boolean;
  /** In force at the end of the month; 0 where there is none. */
  plan: Dong;
  inMonth: Dong;
  /** Sums of the earlier months of the plan year, one a month; those at or below 0 do not count. */
  earlierMonths: readonly Dong[];
}

/** The evidence: which entry answers for it, what was found and what it was compared with, in đồng. */
export interface Warning {
  /** Index in the entries given. */
  entry: number;
  code: WarningCode;
  found: Dong;
  /** The plan, the usual month (cut to a whole đồng), or 0. */
  comparedWith: Dong;
}

/**
 * The warnings of a month's new entries, in the order of the entries. The entries of one series are judged together,
 * so that an advance set off against a payment is neutral; one entry answers for each warning: the one that moves
 * the figure most.
 */
export function warningsOf(
  month: number,
  entries: readonly JudgedEntry[],
  series: readonly SeriesBooks[],
  unitProjects: readonly UnitProjectBooks[],
  limits: WarningLimits = USUAL_LIMITS,
): Warning[] {
  const bySeries = grouped(entries, seriesKey);
  const byUnitProject = grouped(entries, unitProjectKey);
  return [
    ...series.flatMap((books) => {
      const added = bySeries.get(seriesKey(books));
      return added ? seriesWarnings(books, added) : [];
    }),
    ...unitProjects.flatMap((books) => {
      const added = byUnitProject.get(unitProjectKey(books));
      return added ? unitProjectWarnings(month, books, added, limits) : [];
    }),
  ].sort((a, b) => a.entry - b.entry || WARNING_CODES.indexOf(a.code) - WARNING_CODES.indexOf(b.code));
}

function seriesWarnings({ plan, cumulative, inMonth }: SeriesBooks, added: Added): Warning[] {
  const { sum, largest, smallest } = added;
  if (sum < 0n && inMonth + sum < 0n)
    return [{ entry: smallest, code: 'cumulative-falls', found: inMonth + sum, comparedWith: 0n }];
  const after = cumulative + sum;
  if (sum <= 0n || after <= 0n || after <= plan) return [];
  return [{ entry: largest, code: plan > 0n ? 'over-plan' : 'no-plan', found: after, comparedWith: max(plan, 0n) }];
}

function unitProjectWarnings(month: number, books: UnitProjectBooks, added: Added, limits: WarningLimits): Warning[] {
  if (added.sum <= 0n) return [];
  const found = books.inMonth + added.sum;
  const warnings: Warning[] = [];
  const usual = medianOf(
    books.earlierMonths.filter((amount) => amount > 0n),
    limits.warningEarlierMonths,
  );
  // found > times × numerator / denominator, without dividing.
  if (usual && found * usual.denominator > BigInt(limits.warningUsualTimes) * usual.numerator)
    warnings.push({
      entry: added.largest,
      code: 'over-usual',
      found,
      comparedWith: usual.numerator / usual.denominator,
    });
  if (month === DECEMBER && books.plan > 0n && found * 100n > BigInt(limits.warningDecemberPercent) * books.plan)
    warnings.push({ entry: added.largest, code: 'december-spike', found, comparedWith: books.plan });
  return warnings;
}

/** The middle amount, or half the sum of the two in the middle, kept as a fraction. */
function medianOf(amounts: readonly Dong[], needed: number): { numerator: Dong; denominator: Dong } | undefined {
  if (amounts.length < needed) return undefined;
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as Dong;
  return sorted.length % 2 === 1
    ? { numerator: upper, denominator: 1n }
    : { numerator: (sorted[middle - 1] as Dong) + upper, denominator: 2n };
}

interface Added {
  sum: Dong;
  /** Index of the entry that raises most, and of the one that lowers most; the first of equals. */
  largest: number;
  smallest: number;
}

function grouped(entries: readonly JudgedEntry[], keyOf: (entry: JudgedEntry) => string): Map<string, Added> {
  const groups = new Map<string, Added>();
  entries.forEach((entry, i) => {
    const group = groups.get(keyOf(entry));
    if (!group) {
      groups.set(keyOf(entry), { sum: entry.amount, largest: i, smallest: i });
      return;
    }
    group.sum += entry.amount;
    if (entry.amount > (entries[group.largest] as JudgedEntry).amount) group.largest = i;
    if (entry.amount < (entries[group.smallest] as JudgedEntry).amount) group.smallest = i;
  });
  return groups;
}

type SeriesKey = Pick<SeriesBooks, 'projectCode' | 'sourceCode' | 'carriedOver'>;
type UnitProjectKey = Pick<UnitProjectBooks, 'unitCode' | 'projectCode' | 'carriedOver'>;

function seriesKey({ projectCode, sourceCode, carriedOver }: SeriesKey): string {
  return JSON.stringify([projectCode, sourceCode, carriedOver]);
}

function unitProjectKey({ unitCode, projectCode, carriedOver }: UnitProjectKey): string {
  return JSON.stringify([unitCode, projectCode, carriedOver]);
}

function max(a: Dong, b: Dong): Dong {
  return a > b ? a : b;
}
