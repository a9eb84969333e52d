import type { MonthList } from '../client/types';
import { dongOfMillion } from '../format/million';
import { parseMonth } from '../format/month';
import type { Basis, DecisionKind, NewDecision } from './types';

/** A line or a total as it is typed. */
export interface DraftAmount {
  key: number;
  basis: Basis;
  carriedOver: boolean;
  source: string;
  /** Triệu đồng as typed. */
  million: string;
}

export interface DraftLine extends DraftAmount {
  unit: string;
  /** '' : capital of the unit that no project has yet. */
  project: string;
}

export interface Draft {
  planYear: number;
  number: string;
  decisionDate: string;
  effectiveDate: string;
  level: 'central' | 'province';
  kind: DecisionKind;
  note: string;
  /** The id of the decision that it details, '' for none. */
  details: string;
  totals: DraftAmount[];
  lines: DraftLine[];
}

export function emptyAmount(key: number, kind: DecisionKind): DraftAmount {
  return { key, basis: 'province', carriedOver: kind === 'carried-over', source: '', million: '' };
}

export function emptyLine(key: number, kind: DecisionKind, before?: DraftLine): DraftLine {
  // The next line is mostly of the same unit and source.
  const { basis, carriedOver, source } = before ?? emptyAmount(key, kind);
  return { key, basis, carriedOver, source, million: '', unit: before?.unit ?? '', project: '' };
}

/** One row of the sum check: a basis, series and source with what is stated, what the lines come to and what is left. */
export interface SumCheck {
  basis: Basis;
  carriedOver: boolean;
  source: string;
  /** đồng; null where the decision states nothing: then the lines are the total. */
  stated: bigint | null;
  lines: bigint;
}

export function sumChecks(draft: Pick<Draft, 'totals' | 'lines'>): SumCheck[] {
  const checks = new Map<string, SumCheck>();
  const at = ({ basis, carriedOver, source }: DraftAmount): SumCheck => {
    const key = `${basis} ${carriedOver} ${source}`;
    const found = checks.get(key) ?? {
      basis,
      carriedOver,
      source,
      // Once any total is stated, what is not stated is zero.
      stated: draft.totals.length > 0 ? 0n : null,
      lines: 0n,
    };
    checks.set(key, found);
    return found;
  };
  for (const total of draft.totals) {
    const check = at(total);
    check.stated = (check.stated ?? 0n) + BigInt(dongOfMillion(total.million) ?? 0);
  }
  for (const line of draft.lines) at(line).lines += BigInt(dongOfMillion(line.million) ?? 0);
  return [...checks.values()].filter(({ source }) => source !== '');
}

/** Sums of a transfer by basis and series that are not zero, đồng. */
export function transferRests(lines: readonly DraftLine[]): { basis: Basis; carriedOver: boolean; sum: bigint }[] {
  const sums = new Map<string, { basis: Basis; carriedOver: boolean; sum: bigint }>();
  for (const { basis, carriedOver, million } of lines) {
    const key = `${basis} ${carriedOver}`;
    const found = sums.get(key) ?? { basis, carriedOver, sum: 0n };
    found.sum += BigInt(dongOfMillion(million) ?? 0);
    sums.set(key, found);
  }
  return [...sums.values()].filter(({ sum }) => sum !== 0n);
}

export function isLineWrong(line: DraftLine): boolean {
  return line.unit === '' || isAmountWrong(line);
}

export function isAmountWrong({ source, million }: DraftAmount): boolean {
  return source === '' || dongOfMillion(million) === null;
}

export function asNewDecision(draft: Draft): NewDecision {
  return {
    planYear: draft.planYear,
    number: draft.number.trim(),
    decisionDate: draft.decisionDate,
    ...(draft.effectiveDate === '' ? {} : { effectiveDate: draft.effectiveDate }),
    level: draft.level,
    kind: draft.kind,
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
    detailsDecisionId: draft.details === '' ? null : Number(draft.details),
    totals: draft.totals.map(({ basis, carriedOver, source, million }) => ({
      basis,
      carriedOver,
      sourceCode: source,
      amountDong: dongOfMillion(million) ?? 0,
    })),
    lines: draft.lines.map(({ basis, carriedOver, unit, project, source, million }) => ({
      basis,
      carriedOver,
      unitCode: unit,
      projectCode: project === '' ? null : project,
      sourceCode: source,
      amountDong: dongOfMillion(million) ?? 0,
    })),
  };
}

/** What a day in a closed month is offered: the first open month from it on and its first day; null when none is closed. */
export function effectiveOffer(
  months: MonthList | undefined,
  day: string,
): { closed: string; open: { month: string; day: string } | null } | null {
  if (months === undefined || day === '') return null;
  const at = months.items.find(({ end }) => day <= end);
  if (at === undefined || at.state !== 'closed') return null;
  const open = months.items.find(({ number, state }) => number > at.number && state !== 'closed');
  return { closed: at.month, open: open === undefined ? null : { month: open.month, day: firstDayOf(open.month) } };
}

function firstDayOf(month: string): string {
  const { planYear, number } = parseMonth(month);
  return number === 13 ? `${planYear + 1}-01-01` : `${planYear}-${String(number).padStart(2, '0')}-01`;
}
