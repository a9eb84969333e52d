import {
  effectiveMonth,
  isIsoDate,
  parseDong,
  type ErrorFacts,
  type FieldProblem,
  type IsoDate,
  type Month,
  type RowOutcome,
} from '#libs/kernel';
import { DECISION_KINDS, type DecisionKind, type DecisionLevel } from './allocation.entity.js';
import type { CapitalProblemCode } from './capital-errors.js';
import type { NewAllocationLine } from './record-allocation-decision.js';

/** Columns of allocations.csv (product.md); the last two may stand beside them. */
export type AllocationField =
  | 'plan_year'
  | 'decision_no'
  | 'decision_date'
  | 'effective_date'
  | 'basis'
  | 'carried_over'
  | 'unit_code'
  | 'project_code'
  | 'source_code'
  | 'amount_vnd'
  | 'level'
  | 'kind';

/** A row as the file states it: whole đồng in digits, dates yyyy-mm-dd, an empty or absent cell as ''. */
export type AllocationRow = Partial<Record<AllocationField, string>>;

/** One line as the file states it. */
export interface ReadLine extends NewAllocationLine {
  row: number;
  /** Problems of the cells themselves and of the codes. */
  problems: FieldProblem[];
}

/** The rows of one decision of the file. */
export interface FileDecision {
  planYear: number;
  number: string;
  decisionDate: IsoDate;
  effectiveDate: IsoDate;
  level: DecisionLevel | null;
  kind: DecisionKind | null;
  /** What the program did with its lines: those of ended units it carried to the successors. */
  note: string;
  lines: ReadLine[];
}

/** A decision of the file as it will be written: what it brings that the books do not hold. */
export interface Pending {
  decision: FileDecision;
  id: number | null;
  month: Month;
  fresh: ReadLine[];
}

/** The rows grouped into their decisions, in the order in which these take effect; rows without one are rejected. */
export function readDecisions(rows: readonly AllocationRow[], outcomes: RowOutcome[]): FileDecision[] {
  const decisions = new Map<string, FileDecision>();
  const days = new Map<string, boolean>();
  const isDay = (text: string): boolean => {
    const known = days.get(text) ?? isIsoDate(text);
    days.set(text, known);
    return known;
  };
  rows.forEach((cells, row) => {
    const problems: FieldProblem[] = [];
    const wrong = (field: AllocationField, code: CapitalProblemCode, facts: ErrorFacts = {}): void =>
      void problems.push({ pointer: `/${field}`, code, facts: { found: cells[field] ?? '', ...facts } });
    const cell = (field: AllocationField): string => (cells[field] ?? '').trim().normalize('NFC');
    const planYear = /^[12][0-9]{3}$/.test(cell('plan_year')) ? Number(cell('plan_year')) : undefined;
    const decisionDate = cell('decision_date') || cell('effective_date');
    const effectiveDate = cell('effective_date') || decisionDate;
    const amount = parseDong(cell('amount_vnd'));
    const basis = cell('basis');
    if (planYear === undefined) wrong('plan_year', 'value-malformed');
    if (cell('decision_no') === '') wrong('decision_no', 'value-malformed');
    if (!isDay(decisionDate)) wrong('decision_date', 'value-malformed');
    else if (!isDay(effectiveDate) || (planYear && effectiveMonth(planYear, effectiveDate) === undefined))
      wrong('effective_date', 'value-malformed');
    if (basis !== 'pm' && basis !== 'province') wrong('basis', 'value-malformed');
    if (!/^[01]$/.test(cell('carried_over'))) wrong('carried_over', 'value-malformed');
    if (amount === undefined) wrong('amount_vnd', 'value-malformed');
    const level = cell('level');
    if (!['', 'central', 'province'].includes(level)) wrong('level', 'value-malformed');
    const kind = cell('kind');
    if (kind !== '' && !(DECISION_KINDS as readonly string[]).includes(kind)) wrong('kind', 'value-malformed');
    const isKnown = planYear !== undefined && cell('decision_no') !== '';
    if (!isKnown || !isDay(decisionDate) || !isDay(effectiveDate)) {
      // Without its decision a row stands alone.
      outcomes[row] = { row, outcome: 'rejected', problems };
      return;
    }
    const head: FileDecision = {
      planYear,
      number: cell('decision_no'),
      decisionDate,
      effectiveDate,
      level: (level || null) as DecisionLevel | null,
      kind: (kind || null) as DecisionKind | null,
      note: '',
      lines: [],
    };
    const decision = decisions.get(keyOf(head)) ?? head;
    decisions.set(keyOf(head), decision);
    if (decision.effectiveDate !== effectiveDate)
      wrong('effective_date', 'decision-differs', { decision: head.number, expected: decision.effectiveDate });
    for (const field of ['level', 'kind'] as const)
      if (decision[field] !== head[field])
        wrong(field, 'decision-differs', { decision: head.number, expected: decision[field] ?? '' });
    decision.lines.push({
      row,
      problems,
      basis: basis as NewAllocationLine['basis'],
      carriedOver: cell('carried_over') === '1',
      unitCode: cell('unit_code'),
      projectCode: cell('project_code') || null,
      sourceCode: cell('source_code'),
      amount: amount ?? 0n,
    });
  });
  return [...decisions.values()].sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1));
}

export const keyOf = ({
  planYear,
  number,
  decisionDate,
}: Pick<FileDecision, 'planYear' | 'number' | 'decisionDate'>): string => `${planYear} ${decisionDate} ${number}`;

/** What a line is of: its amount apart, the same in two lines only where a decision gives twice. */
export const cellOf = ({
  basis,
  carriedOver,
  unitCode,
  projectCode,
  sourceCode,
}: Omit<NewAllocationLine, 'amount'>): string =>
  `${basis} ${carriedOver} ${unitCode} ${projectCode ?? ''} ${sourceCode}`;
