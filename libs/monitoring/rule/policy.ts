import { isMonthNumber, parseDecimal, type Rational } from '#libs/kernel';

/** What counts and how it is compared (domain.md §4). Every figure a flag rests on is decided by these fields. */
export interface PolicyFields {
  /** Months below the average, one after the other, that put a unit on the list; at least 1. */
  thresholdMonths: number;
  /** Which plan is the denominator: what the province assigned, or the part the Prime Minister assigned. */
  planBasis: PlanBasis;
  includeCarriedOver: boolean;
  includeEstimates: boolean;
  /** Project codes whose plan and disbursement are left out, for rated units and reserve alike. */
  excludeProjects: string[];
  missing: MissingReport;
  /** A unit is flagged only if it lacks at least this many đồng. */
  minimumGapVnd: number;
  average: AveragePolicy;
}

export type PlanBasis = 'pm' | 'province';
export type MissingReport = 'pause' | 'break' | 'carry-forward';
export type AverageMethod = 'pooled' | 'mean' | 'declared';
export type AverageScope = 'all' | 'group';

export interface AveragePolicy {
  method: AverageMethod;
  scope: AverageScope;
  /** Reserve with a plan enters the pool (method pooled only). */
  includeReserve: boolean;
  /** Percentages as decimal texts under "1" … "13" (method declared). */
  declaredPercent?: Record<string, string>;
}

/** From `fromMonth` on, these fields replace the ones before; `average` field by field, declaredPercent whole. */
export type PolicyChange = { fromMonth: number; average?: Partial<AveragePolicy> } & Partial<
  Omit<PolicyFields, 'average'>
>;

export interface Policy extends PolicyFields {
  planYear: number;
  /** The last month evaluated, 1..13. */
  throughMonth: number;
  changes: PolicyChange[];
}

export interface PolicyProblem {
  /** Where, e.g. `average.method` or `changes[0].fromMonth`. Empty for the whole. */
  field: string;
  /** What was expected, in English, as printed by the command line. */
  expected: string;
}

export const POLICY_DEFAULTS: Omit<Policy, 'planYear' | 'throughMonth'> = {
  thresholdMonths: 3,
  planBasis: 'province',
  includeCarriedOver: false,
  includeEstimates: false,
  excludeProjects: [],
  missing: 'pause',
  minimumGapVnd: 0,
  average: { method: 'pooled', scope: 'all', includeReserve: false },
  changes: [],
};

type Check = (value: unknown) => string | undefined;

const integerFrom =
  (least: number, most: number, words: string): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `must be ${words}, found ${shown(value)}`;
const oneOf =
  (...choices: string[]): Check =>
  (value) =>
    typeof value === 'string' && choices.includes(value)
      ? undefined
      : `must be one of ${choices.join(', ')}, found ${shown(value)}`;
const flag: Check = (value) =>
  typeof value === 'boolean' ? undefined : `must be true or false, found ${shown(value)}`;
const texts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item.isWellFormed())
    ? undefined
    : `must be a list of project codes, found ${shown(value)}`;

const FIELD_CHECKS: Record<Exclude<keyof PolicyFields, 'average'>, Check> = {
  thresholdMonths: integerFrom(1, Number.MAX_SAFE_INTEGER, 'a whole number of at least 1'),
  planBasis: oneOf('pm', 'province'),
  includeCarriedOver: flag,
  includeEstimates: flag,
  excludeProjects: texts,
  missing: oneOf('pause', 'break', 'carry-forward'),
  minimumGapVnd: integerFrom(0, Number.MAX_SAFE_INTEGER, 'a whole number of đồng of at least 0'),
};

const AVERAGE_CHECKS: Record<keyof AveragePolicy, Check> = {
  method: oneOf('pooled', 'mean', 'declared'),
  scope: oneOf('all', 'group'),
  includeReserve: flag,
  declaredPercent: (value) => {
    if (!isRecord(value)) return `must be an object of percentages by month, found ${shown(value)}`;
    for (const [month, percent] of Object.entries(value)) {
      if (!/^[1-9][0-9]?$/.test(month) || !isMonthNumber(Number(month)))
        return `must name months 1 to 13, found ${shown(month)}`;
      if (typeof percent !== 'string' || parseDecimal(percent) === undefined)
        return `must hold a decimal text such as "13.4" under each month, found ${shown(percent)} under "${month}"`;
    }
    return undefined;
  },
};

/**
 * Checks what was written and fills in the defaults. Every problem is reported, not only the first. Conflicts
 * between fields (a month without a declared percentage …) are looked for once the types are right: then the policy
 * is there to look at too, but one with problems must not be evaluated.
 */
export function parsePolicy(raw: unknown): { policy?: Policy; problems: PolicyProblem[] } {
  if (!isRecord(raw)) return { problems: [{ field: '', expected: `must be a JSON object, found ${shown(raw)}` }] };
  const problems: PolicyProblem[] = [];
  const report = (field: string, expected: string | undefined): void => {
    if (expected !== undefined) problems.push({ field, expected });
  };
  const required: Record<string, Check> = {
    planYear: integerFrom(1000, 9999, 'a year of four digits'),
    throughMonth: integerFrom(1, 13, '1 to 13'),
  };
  for (const [field, check] of Object.entries(required))
    report(field, Object.hasOwn(raw, field) ? check(raw[field]) : 'is required');
  const { changes, ...top } = raw;
  checkFields(top, Object.keys(required), '', report);
  if (Object.hasOwn(raw, 'changes')) {
    if (!Array.isArray(changes)) report('changes', `must be a list, found ${shown(changes)}`);
    else changes.forEach((change: unknown, i) => checkChange(change, `changes[${i}]`, report));
  }
  if (problems.length > 0) return { problems };
  const policy = withDefaults(raw as Partial<Policy> & Pick<Policy, 'planYear' | 'throughMonth'>);
  return { policy, problems: conflicts(policy) };
}

function checkChange(change: unknown, path: string, report: (field: string, expected?: string) => void): void {
  if (!isRecord(change)) {
    report(path, `must be an object, found ${shown(change)}`);
    return;
  }
  const { fromMonth, ...fields } = change;
  report(
    `${path}.fromMonth`,
    Object.hasOwn(change, 'fromMonth') ? integerFrom(1, 13, '1 to 13')(fromMonth) : 'is required',
  );
  checkFields(fields, [], `${path}.`, report);
}

function checkFields(
  fields: Record<string, unknown>,
  alreadyChecked: string[],
  prefix: string,
  report: (field: string, expected?: string) => void,
): void {
  for (const [field, value] of Object.entries(fields)) {
    if (alreadyChecked.includes(field)) continue;
    if (field === 'average') {
      if (!isRecord(value)) report(`${prefix}average`, `must be an object, found ${shown(value)}`);
      else
        for (const [part, content] of Object.entries(value))
          report(
            `${prefix}average.${part}`,
            Object.hasOwn(AVERAGE_CHECKS, part)
              ? AVERAGE_CHECKS[part as keyof AveragePolicy](content)
              : 'is not a field of the policy',
          );
    } else
      report(
        `${prefix}${field}`,
        Object.hasOwn(FIELD_CHECKS, field)
          ? FIELD_CHECKS[field as keyof typeof FIELD_CHECKS](value)
          : 'is not a field of the policy',
      );
  }
}

function withDefaults(raw: Partial<Policy> & Pick<Policy, 'planYear' | 'throughMonth'>): Policy {
  return {
    ...POLICY_DEFAULTS,
    ...raw,
    excludeProjects: (raw.excludeProjects ?? []).map(projectCode),
    average: { ...POLICY_DEFAULTS.average, ...raw.average },
    changes: (raw.changes ?? []).map((change) =>
      change.excludeProjects === undefined
        ? change
        : { ...change, excludeProjects: change.excludeProjects.map(projectCode) },
    ),
  };
}

/** The policy in force in a month: every change from that month or before, merged in list order. */
export function policyInMonth(policy: Policy, month: number): PolicyFields {
  const { planYear: _year, throughMonth: _through, changes, ...first } = policy;
  return changes
    .filter(({ fromMonth }) => fromMonth <= month)
    .reduce<PolicyFields>(
      (merged, { fromMonth: _from, average, ...fields }) => ({
        ...merged,
        ...fields,
        average: { ...merged.average, ...average },
      }),
      first,
    );
}

function conflicts(policy: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (let month = 1; month <= policy.throughMonth; month++) {
    const { average } = policyInMonth(policy, month);
    if (average.method !== 'declared') continue;
    if (average.scope === 'group')
      problems.push({
        field: 'average',
        expected: `month ${month}: one declared figure serves the whole province, scope must be "all"`,
      });
    if (declaredAverage(average, month) === undefined)
      problems.push({ field: 'average.declaredPercent', expected: `month ${month} has no declared percentage` });
  }
  return problems;
}

/** The declared average of a month as a fraction (13.4 → 134/1000); undefined if none is written. */
export function declaredAverage(average: AveragePolicy, month: number): Rational | undefined {
  const text = average.declaredPercent?.[String(month)];
  const percent = text === undefined ? undefined : parseDecimal(text);
  return percent && { numerator: percent.numerator, denominator: percent.denominator * 100n };
}

function projectCode(text: string): string {
  return text.trim().normalize('NFC');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
