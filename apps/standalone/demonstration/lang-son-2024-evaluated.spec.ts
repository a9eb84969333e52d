import { describe, expect, it } from '@jest/globals';
import {
  evaluatePlanYear,
  parsePolicy,
  sumPlanAndDisbursed,
  type EvaluatedMonth,
  type Evaluation,
  type Policy,
  type UnitMonth,
} from '#libs/monitoring/rule';
import type { Demonstration } from './demonstration.js';
import { langSon2024 } from './lang-son-2024.js';

const demonstration = langSon2024();
const { months, units } = demonstration;
const closed = months.filter(({ closedOn }) => closedOn !== null);
const unitByCode = new Map(units.map((unit) => [unit.code, unit]));

describe('the rule on these books', () => {
  const province = evaluate(demonstration, {});
  const inMonth = (evaluation: Evaluation, month: number): EvaluatedMonth =>
    evaluation.months[month - 1] as EvaluatedMonth;
  const shortNames = (month: number, which: (unit: UnitMonth) => boolean): string[] =>
    inMonth(province, month)
      .units.filter(which)
      .map(({ unit }) => unitByCode.get(unit)?.shortName ?? unit)
      .sort();
  const points = (evaluation: Evaluation): number[] =>
    evaluation.months.map(
      ({ averages }) =>
        Number(((averages[0]?.average.numerator ?? 0n) * 100_000n) / (averages[0]?.average.denominator ?? 1n)) / 1_000,
    );

  it('rates 26 units, finds no problem, and meets the averages within 0,3 points', () => {
    expect(inMonth(province, 9).averages[0]?.ratedUnits).toBe(26);
    expect(province.problems).toEqual([]);
    const expected = [4.0, 7.9, 12.4, 17.3, 23.3, 28.6, 34.7, 41.4, 48.1];
    const distances = points(province).map((average, i) => Math.abs(average - (expected[i] as number)));
    expect(distances.filter((distance) => distance > 0.3)).toEqual([]);
    expect(Math.abs((points(evaluate(demonstration, { planBasis: 'pm' }))[8] as number) - 52.1)).toBeLessThan(0.3);
    const months8To9 = (points(province)[8] as number) - (points(province)[7] as number);
    expect(months8To9).toBeGreaterThan((points(province)[1] as number) - (points(province)[0] as number) + 2);
  });

  it('shows that one project dominates: without it the average is more than two points lower', () => {
    const dominant = months
      .flatMap(({ month, decisions }) => (month > 9 ? [] : decisions.flatMap(({ lines }) => lines)))
      .filter(({ project, basis, carriedOver }) => project === 'LTT-KEODAI' && basis === 'province' && !carriedOver)
      .reduce((sum, { amount }) => sum + amount, 0n);
    expect((dominant * 1_000n) / demonstration.planTotal).toBe(207n);
    const without = evaluate(demonstration, { excludeProjects: ['LTT-KEODAI'] });
    expect((points(province)[8] as number) - (points(without)[8] as number)).toBeGreaterThan(2);
  });

  it('flags eight of thirteen in September: Tràng Định is new, Sở Xây dựng has left', () => {
    expect(shortNames(9, ({ status }) => status === 'below').length).toBe(13);
    const september = shortNames(9, ({ flagged }) => flagged);
    const august = shortNames(8, ({ flagged }) => flagged);
    expect(september).toEqual([
      'Bình Gia',
      'Sở GTVT',
      'Sở KH&CN',
      'Sở NN&PTNT',
      'Sở TN&MT',
      'Sở Y tế',
      'TP Lạng Sơn',
      'Tràng Định',
    ]);
    expect(september.filter((name) => !august.includes(name))).toEqual(['Tràng Định']);
    expect(august.filter((name) => !september.includes(name))).toEqual(['Sở Xây dựng']);
  });

  it('misses Sở Công Thương in April and Bình Gia in June, both reported after the month had closed', () => {
    const missing = closed.map(({ month }) => shortNames(month, ({ status }) => status === 'missing'));
    expect(missing).toEqual([[], [], [], ['Sở Công Thương'], [], ['Bình Gia'], [], [], []]);
    for (const { closedOn, reports, month } of closed) {
      expect(reports.length).toBe(26);
      expect(reports.filter(({ submittedOn }) => submittedOn > (closedOn ?? '')).length).toBe(
        [4, 6].includes(month) ? 1 : 0,
      );
    }
    const ofBinhGia = months[5]?.entries.filter(({ unit }) => unit === '181');
    expect(ofBinhGia).toEqual([]);
    expect(inMonth(province, 9).units.find(({ unit }) => unit === '181')?.streak).toBe(8);
  });

  it('would count Sở Công Thương as at or above in September if estimates counted', () => {
    const withEstimates = inMonth(evaluate(demonstration, { includeEstimates: true }), 9);
    const statusOf = (month: EvaluatedMonth) => month.units.find(({ unit }) => unit === 'SO-CT')?.status;
    expect([statusOf(inMonth(province, 9)), statusOf(withEstimates)]).toEqual(['below', 'at-or-above']);
  });

  it('gives every flagged unit to a team but Sở KH&CN, which is left to the fallback', () => {
    const withTeam = new Set(demonstration.teamAreas.map(({ unit }) => unit));
    const flagged = inMonth(province, 9).units.filter((unit) => unit.flagged);
    expect(flagged.map(({ unit }) => unit).filter((unit) => !withTeam.has(unit))).toEqual(['SO-KHCN']);
    const rated = inMonth(province, 9).units.filter(({ plan }) => plan > 0n);
    expect(rated.filter(({ unit }) => !withTeam.has(unit)).length).toBe(1);
    expect(demonstration.teams.map(({ fallback }) => fallback)).toEqual([false, false, false, true]);
  });
});

/** What closing the nine months would freeze and evaluate. */
function evaluate(books: Demonstration, fields: Partial<Policy>): Evaluation {
  const { policy } = parsePolicy({ planYear: 2024, throughMonth: 9, ...fields });
  if (!policy) throw new Error('the policy of the test is wrong');
  const lines = books.months.flatMap(({ month, decisions }) =>
    decisions.flatMap((decision) =>
      decision.lines.map((line) => ({ ...line, project: line.project ?? '', effectiveMonth: month })),
    ),
  );
  const entries = books.months.flatMap((month) => month.entries.map((entry) => ({ ...entry, month: month.month })));
  const reports = books.months.flatMap(({ month, closedOn, reports: submitted }) =>
    submitted
      .filter(({ submittedOn }) => closedOn !== null && submittedOn <= closedOn)
      .map(({ unit }) => ({ month, unit })),
  );
  const rated = books.units.map((unit) => ({ ...unit, validFrom: unit.validFrom ?? '', validTo: unit.validTo ?? '' }));
  const sums = sumPlanAndDisbursed(
    rated.map(({ code }) => code),
    lines,
    entries,
    policy,
  );
  return evaluatePlanYear({ units: rated, sums, reports }, policy);
}
