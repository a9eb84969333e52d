import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Dong, ErrorFacts, FieldProblem } from '#libs/kernel';
import type { StatementProblemCode } from './errors.js';

/** A line of the Treasury's statement as it is to be kept; amounts in whole đồng. */
export interface NewTreasuryLine {
  /** Seven digits. */
  nationalCode: string;
  unitCode: string | null;
  projectName: string;
  sourceCode: string;
  carriedOver: boolean;
  /** Net disbursed in the month. */
  amount: Dong;
  /** At least 0. */
  advance: Dong;
  /** At least 0. */
  advanceRecovered: Dong;
}

export interface LineProblem {
  line: number;
  field: keyof NewTreasuryLine;
  code: StatementProblemCode | 'unit-unknown' | 'source-unknown';
  facts?: ErrorFacts;
}

/** What says which figure a line states; a second line with the same key would double it or contradict it. */
export function keyOf({ nationalCode, unitCode, sourceCode, carriedOver }: NewTreasuryLine): string {
  return JSON.stringify([nationalCode, sourceCode, carriedOver, unitCode]);
}

/**
 * Everything wrong with the lines: form, codes that the province does not have, lines stated twice. A national code
 * that no project has is no problem here: it is a difference to be seen.
 */
export async function lineProblems(tx: EntityManager, lines: readonly NewTreasuryLine[]): Promise<LineProblem[]> {
  const units = await knownCodes(
    tx,
    'unit',
    lines.map(({ unitCode }) => unitCode),
  );
  const sources = await knownCodes(
    tx,
    'funding_source',
    lines.map(({ sourceCode }) => sourceCode),
  );
  const firstAt = new Map<string, number>();
  return lines.flatMap((line, i) => {
    const found: LineProblem[] = [];
    const report = (field: LineProblem['field'], code: LineProblem['code'], facts: ErrorFacts = {}): void =>
      void found.push({ line: i, field, code, facts });
    if (!/^[0-9]{7}$/.test(line.nationalCode))
      report('nationalCode', 'national-code-malformed', { found: line.nationalCode });
    if (line.unitCode !== null && !units.has(line.unitCode))
      report('unitCode', 'unit-unknown', { unit: line.unitCode });
    if (!sources.has(line.sourceCode)) report('sourceCode', 'source-unknown', { source: line.sourceCode });
    if (line.advance < 0n) report('advance', 'advance-negative');
    if (line.advanceRecovered < 0n) report('advanceRecovered', 'advance-negative');
    const first = firstAt.get(keyOf(line));
    if (first === undefined) firstAt.set(keyOf(line), i);
    else report('nationalCode', 'statement-line-double', { line: i + 1, first: first + 1 });
    return found;
  });
}

/** One wrong line makes the whole statement wait: with a line missing it would be another statement. */
export function asFieldProblems(problems: readonly LineProblem[]): FieldProblem[] {
  return problems.map(({ line, field, code, facts }) => ({ pointer: `/lines/${line}/${field}`, code, facts }));
}

async function knownCodes(
  tx: EntityManager,
  table: 'unit' | 'funding_source',
  codes: readonly (string | null)[],
): Promise<Set<string>> {
  const asked = [...new Set(codes.filter((code) => code !== null))];
  const rows: { code: string }[] = await tx.query(`SELECT code FROM ${table} WHERE code = ANY($1)`, [asked]);
  return new Set(rows.map(({ code }) => code));
}

/** SHA-256 over the lines, one a row, in their order. */
export function hashOfLines(lines: readonly NewTreasuryLine[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${keyOf(line)} ${figuresOf(line)} ${JSON.stringify(line.projectName)}\n`);
  return hash.digest('hex');
}

/** Whether two lines of one key say the same. */
export function saysTheSame(a: NewTreasuryLine, b: NewTreasuryLine): boolean {
  return figuresOf(a) === figuresOf(b) && a.projectName === b.projectName;
}

function figuresOf({ amount, advance, advanceRecovered }: NewTreasuryLine): string {
  return [amount, advance, advanceRecovered].join(' ');
}
