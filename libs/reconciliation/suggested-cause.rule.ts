import type { Dong } from '#libs/kernel';

/**
 * Why the books and the Treasury's statement may differ (issue "The books", part 6; domain.md §3.2 for advances).
 * A suggestion to a person, who accepts a cause or books a correction: it changes no figure.
 */
export const DIFFERENCE_CAUSES = [
  'unknown-code',
  'code-missing',
  'advance-recovery',
  'wrong-source',
  'timing',
  'wrong-month',
  'missing-entry',
  'missing-at-treasury',
  'amount-differs',
] as const;
export type DifferenceCause = (typeof DIFFERENCE_CAUSES)[number];

/** Books and statement of one project × source × carried-over series in one month, net, in đồng. */
export interface ComparedCell {
  /** 1 to 13, of one plan year. */
  month: number;
  sourceCode: string;
  carriedOver: boolean;
  books: Dong;
  /** 0 where the month has no statement or the statement does not name the cell. */
  treasury: Dong;
}

export interface DifferingCell extends ComparedCell {
  /** Which side knows the project by a national code: the register lacks the Treasury's, or the project has none. */
  identity: 'matched' | 'unknown-code' | 'code-missing';
  /** đồng of advances recovered in the month, at least 0. */
  booksRecovered: Dong;
  treasuryRecovered: Dong;
}

export interface Suggestion {
  cause: DifferenceCause;
  /** The other cell that explains it: the other source, the other month. */
  counterpart: ComparedCell | null;
}

const difference = ({ books, treasury }: ComparedCell): Dong => books - treasury;
const distance = (a: ComparedCell, b: ComparedCell): number => Math.abs(a.month - b.month);

/**
 * The first cause, in this order, that the figures bear out. `others` are the project's other cells of the plan year:
 * other sources of the month, other months of the source. Exact to the đồng: a near miss explains nothing.
 */
export function suggestCause(cell: DifferingCell, others: readonly ComparedCell[]): Suggestion {
  const alone = (cause: DifferenceCause): Suggestion => ({ cause, counterpart: null });
  if (cell.identity !== 'matched') return alone(cell.identity);
  if (isRecovery(cell)) return alone('advance-recovery');

  // What is too much here is too little there, by the same amount.
  const offsetting = others.filter((other) => difference(other) === -difference(cell));
  const sameSource = ({ sourceCode, carriedOver }: ComparedCell): boolean =>
    sourceCode === cell.sourceCode && carriedOver === cell.carriedOver;
  const elsewhere = offsetting.find((other) => other.month === cell.month && !sameSource(other));
  if (elsewhere) return { cause: 'wrong-source', counterpart: elsewhere };
  const [nearest] = offsetting
    .filter((other) => other.month !== cell.month && sameSource(other))
    .sort((a, b) => distance(a, cell) - distance(b, cell) || a.month - b.month);
  if (nearest) return { cause: distance(nearest, cell) === 1 ? 'timing' : 'wrong-month', counterpart: nearest };

  if (cell.books === 0n) return alone('missing-entry');
  if (cell.treasury === 0n) return alone('missing-at-treasury');
  return alone('amount-differs');
}

/** One side has an advance's recovery that the other lacks, and by just that they differ. */
function isRecovery(cell: DifferingCell): boolean {
  const unmatched = cell.treasuryRecovered - cell.booksRecovered;
  return unmatched !== 0n && difference(cell) === unmatched;
}
