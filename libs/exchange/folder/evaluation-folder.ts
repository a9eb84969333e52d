import { stat } from 'node:fs/promises';
import { effectiveMonth, isIsoDate, parseDong } from '#libs/kernel';
import {
  parsePolicy,
  policyInMonth,
  type AllocationLine,
  type DisbursementEntry,
  type MonthlyReport,
  type PlanBasis,
  type Policy,
  type RatedUnit,
  type UnitKind,
} from '#libs/monitoring/rule';
import {
  readTable,
  readUtf8,
  shown,
  type Column,
  type ProblemLine,
  type TableOutcome,
  type TableRow,
} from './folder-table.js';

/** What a folder of csv files holds for the plan year of its policy (product.md "File formats"). */
export interface EvaluationFolder {
  units: RatedUnit[];
  lines: AllocationLine[];
  entries: DisbursementEntry[];
  reports: MonthlyReport[] | null;
  policy: Policy;
}

const planYear = mustMatch(/^[0-9]{4}$/, 'a year of four digits');
const month = mustMatch(/^(0?[1-9]|1[0-3])$/, '1 to 13');
const oneOf =
  (...choices: string[]) =>
  (cell: string): string | undefined =>
    choices.includes(cell) ? undefined : `must be one of ${choices.join(', ')}, found ${shown(cell)}`;
const zeroOrOne = oneOf('0', '1');
const amount = (cell: string): string | undefined =>
  parseDong(cell) === undefined
    ? `must be a whole number of đồng within ±9007199254740991, found ${shown(cell)}`
    : undefined;
// Large files hold few different days; asking the calendar once for each keeps them fast.
const knownDays = new Map<string, boolean>();
const isDay = (cell: string): boolean => {
  let known = knownDays.get(cell);
  if (known === undefined) knownDays.set(cell, (known = isIsoDate(cell)));
  return known;
};
const dayOrEmpty = (cell: string): string | undefined =>
  cell === '' || isDay(cell) ? undefined : `must be a day written yyyy-mm-dd, found ${shown(cell)}`;

const mandatory = (name: string, check?: Column['check']): Column => ({ name, required: true, check });
const optional = (name: string, check?: Column['check']): Column => ({ name, required: false, check });

const UNITS: Column[] = [
  mandatory('code', (cell) => (cell === '' ? 'must not be empty' : undefined)),
  mandatory('kind', oneOf('investor', 'district', 'commune', 'reserve')),
  mandatory('group'),
  mandatory('name_vi'),
  mandatory('valid_from', dayOrEmpty),
  mandatory('valid_to', dayOrEmpty),
];
const ALLOCATIONS: Column[] = [
  mandatory('plan_year', planYear),
  mandatory('decision_no'),
  mandatory('decision_date', dayOrEmpty),
  optional('effective_date', dayOrEmpty),
  mandatory('basis', oneOf('pm', 'province')),
  mandatory('carried_over', zeroOrOne),
  mandatory('unit_code'),
  mandatory('project_code'),
  mandatory('source_code'),
  mandatory('amount_vnd', amount),
];
const DISBURSEMENTS: Column[] = [
  mandatory('plan_year', planYear),
  mandatory('month', month),
  mandatory('unit_code'),
  mandatory('project_code'),
  mandatory('source_code'),
  mandatory(
    'kind',
    oneOf('payment', 'advance', 'advance-recovery', 'advance_recovery', 'refund', 'correction', 'transfer'),
  ),
  mandatory('carried_over', zeroOrOne),
  mandatory('basis', oneOf('actual', 'estimate')),
  mandatory('amount_vnd', amount),
  ...['document_no', 'document_date', 'reason', 'corrects'].map((name) => optional(name)),
];
const REPORTS: Column[] = [mandatory('plan_year', planYear), mandatory('month', month), mandatory('unit_code')];

/**
 * Reads units, allocations, disbursements, optional reports and the policy. Every problem of every file is
 * reported at once; with a problem nothing is returned.
 */
export async function readEvaluationFolder(
  folder: string,
): Promise<{ folder: EvaluationFolder; problems: [] } | { folder?: undefined; problems: ProblemLine[] }> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return { problems: [`${folder}: is not a folder`] };
  const problems: ProblemLine[] = [];
  const required = (file: string, outcome: TableOutcome): void => {
    if (outcome === 'absent') problems.push(`${file}: the file is missing`);
  };

  const { units, rowOf, outcome } = await readUnits(folder, problems);
  required('units.csv', outcome);
  const checkUnit = (row: TableRow): string => {
    const unit = row.cell('unit_code');
    if (unit === '') row.refuse('unit_code', 'must not be empty');
    else if (outcome === 'read' && !rowOf.has(unit))
      row.refuse('unit_code', `must be a code of units.csv, found ${shown(unit)}`);
    return unit;
  };

  const policyProblems: ProblemLine[] = [];
  const policy = await readPolicy(folder, policyProblems);
  const year = policy ? String(policy.planYear) : undefined;

  const lines: AllocationLine[] = [];
  const allocations = await readTable(folder, 'allocations.csv', ALLOCATIONS, problems, (row) => {
    const unit = checkUnit(row);
    const effective = row.cell('effective_date') || row.cell('decision_date');
    if (effective === '')
      row.refuse('decision_date', 'must be a day written yyyy-mm-dd when effective_date is empty, found ""');
    const money = parseDong(row.cell('amount_vnd'));
    if (!policy || row.cell('plan_year') !== year || money === undefined || !isDay(effective)) return;
    const inMonth = effectiveMonthOf(policy.planYear, effective);
    if (inMonth === undefined) return;
    lines.push({
      effectiveMonth: inMonth,
      basis: row.cell('basis') as PlanBasis,
      carriedOver: row.cell('carried_over') === '1',
      unit,
      project: row.cell('project_code'),
      amount: money,
    });
  });
  required('allocations.csv', allocations);

  const entries: DisbursementEntry[] = [];
  const disbursements = await readTable(folder, 'disbursements.csv', DISBURSEMENTS, problems, (row) => {
    const unit = checkUnit(row);
    const money = parseDong(row.cell('amount_vnd'));
    if (row.cell('plan_year') !== year || money === undefined) return;
    entries.push({
      month: Number(row.cell('month')),
      unit,
      project: row.cell('project_code'),
      source: row.cell('source_code'),
      carriedOver: row.cell('carried_over') === '1',
      basis: row.cell('basis') as DisbursementEntry['basis'],
      amount: money,
    });
  });
  required('disbursements.csv', disbursements);

  const reports: MonthlyReport[] = [];
  const reportsOutcome = await readTable(folder, 'reports.csv', REPORTS, problems, (row) => {
    const unit = checkUnit(row);
    if (row.cell('plan_year') === year) reports.push({ month: Number(row.cell('month')), unit });
  });

  problems.push(...policyProblems);
  if (policy) problems.push(...unitsWithoutGroup(units, rowOf, policy));
  if (!policy || problems.length > 0) return { problems };
  return {
    folder: { units, lines, entries, reports: reportsOutcome === 'absent' ? null : reports, policy },
    problems: [],
  };
}

async function readUnits(
  folder: string,
  problems: ProblemLine[],
): Promise<{ units: RatedUnit[]; rowOf: Map<string, number>; outcome: TableOutcome }> {
  const units: RatedUnit[] = [];
  const rowOf = new Map<string, number>();
  const outcome = await readTable(folder, 'units.csv', UNITS, problems, (row) => {
    const code = row.cell('code');
    if (code === '') return;
    const first = rowOf.get(code);
    if (first !== undefined) {
      row.refuse('code', `must be different in every row, ${shown(code)} stands in row ${first} too`);
      return;
    }
    rowOf.set(code, row.row);
    const [validFrom, validTo] = [row.cell('valid_from'), row.cell('valid_to')];
    if (validFrom !== '' && validTo !== '' && isDay(validFrom) && isDay(validTo) && validFrom > validTo)
      row.refuse('valid_from', `must not be after valid_to ${validTo}, found ${shown(validFrom)}`);
    units.push({ code, kind: row.cell('kind') as UnitKind, group: row.cell('group'), validFrom, validTo });
  });
  return { units, rowOf, outcome };
}

async function readPolicy(folder: string, problems: ProblemLine[]): Promise<Policy | undefined> {
  const before = problems.length;
  const text = await readUtf8(folder, 'policy.json', problems);
  if (text === undefined) problems.push('policy.json: the file is missing');
  if (text === undefined || problems.length > before) return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    problems.push('policy.json: is not JSON');
    return undefined;
  }
  const parsed = parsePolicy(raw);
  for (const { field, expected } of parsed.problems)
    problems.push(`policy.json${field ? `, ${field}` : ''}: ${expected}`);
  return parsed.policy;
}

/** Under scope `group` every unit, the reserve too, belongs to one. */
function unitsWithoutGroup(
  units: readonly RatedUnit[],
  rowOf: ReadonlyMap<string, number>,
  policy: Policy,
): ProblemLine[] {
  for (let m = 1; m <= policy.throughMonth; m++)
    if (policyInMonth(policy, m).average.scope === 'group')
      return units
        .filter(({ group }) => group === '')
        .map(
          ({ code }) =>
            `units.csv row ${rowOf.get(code)}, group: must not be empty, the policy compares within groups from month ${m}`,
        );
  return [];
}

const knownMonths = new Map<string, number | undefined>();
function effectiveMonthOf(year: number, date: string): number | undefined {
  const key = `${year} ${date}`;
  if (!knownMonths.has(key)) knownMonths.set(key, effectiveMonth(year, date));
  return knownMonths.get(key);
}

function mustMatch(pattern: RegExp, words: string): (cell: string) => string | undefined {
  return (cell) => (pattern.test(cell) ? undefined : `must be ${words}, found ${shown(cell)}`);
}
