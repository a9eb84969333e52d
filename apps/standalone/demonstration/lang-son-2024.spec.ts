import { readFileSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { monthEnd } from '#libs/kernel';
import type { DecisionLine } from './demonstration.js';
import { langSon2024 } from './lang-son-2024.js';

const demonstration = langSon2024();
const { months, units, projects, fundingSources, keyProjectList } = demonstration;
const closed = months.filter(({ closedOn }) => closedOn !== null);
const allEntries = months.flatMap(({ entries }) => entries);
const allDecisions = months.flatMap(({ decisions }) => decisions);
const unitByCode = new Map(units.map((unit) => [unit.code, unit]));
const projectByCode = new Map(projects.map((project) => [project.code, project]));
const sumOfAmounts = (rows: readonly { amount: bigint }[]): bigint => rows.reduce((sum, row) => sum + row.amount, 0n);

/** Province lines that make the plan up to a month, last year's capital apart. */
function planLines(throughMonth: number, basis: DecisionLine['basis'] = 'province'): DecisionLine[] {
  return months
    .filter(({ month }) => month <= throughMonth)
    .flatMap(({ decisions }) => decisions.flatMap(({ lines }) => lines))
    .filter((line) => line.basis === basis && !line.carriedOver);
}

const cellOf = (row: { project: string | null; source: string }): string => `${row.project} ${row.source}`;

function sumsByCell(rows: readonly { project: string | null; source: string; amount: bigint }[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(cellOf(row), (sums.get(cellOf(row)) ?? 0n) + row.amount);
  return sums;
}

describe('the plan', () => {
  it('adds up to the published 3.949,3 tỷ đồng on 30/9, with 30,3 of it in the reserve', () => {
    const september = planLines(9);
    expect(sumOfAmounts(september)).toBe(3_949_300_000_000n);
    expect(demonstration.planTotal).toBe(3_949_300_000_000n);
    const reserve = september.filter(({ unit }) => unitByCode.get(unit)?.kind === 'reserve');
    expect(sumOfAmounts(reserve)).toBe(30_300_000_000n);
    expect(reserve.every(({ project }) => project === null)).toBe(true);
  });

  it('has 3.621,2 of the Prime Minister, in no cell more than the province gives', () => {
    expect(sumOfAmounts(planLines(9, 'pm'))).toBe(3_621_200_000_000n);
    for (const { month } of months) {
      const province = sumsByCell(planLines(month));
      const pm = sumsByCell(planLines(month, 'pm'));
      expect([...pm].filter(([cell, amount]) => amount < 0n || amount > (province.get(cell) ?? 0n))).toEqual([]);
    }
  });

  it('agrees by unit, by leaf project and by source in every month (I5)', () => {
    const leaves = projects.filter(({ code }) => !projects.some(({ parentCode }) => parentCode === code));
    const leafCodes = new Set(leaves.map(({ code }) => code));
    const sourceCodes = new Set(fundingSources.map(({ code }) => code));
    for (const { month } of months) {
      const lines = planLines(month);
      const total = sumOfAmounts(lines);
      expect(sumOfAmounts(lines.filter(({ unit }) => unitByCode.has(unit)))).toBe(total);
      expect(sumOfAmounts(lines.filter(({ project }) => project === null || leafCodes.has(project)))).toBe(total);
      expect(sumOfAmounts(lines.filter(({ source }) => sourceCodes.has(source)))).toBe(total);
    }
    expect(allEntries.filter(({ project, source }) => !leafCodes.has(project) || !sourceCodes.has(source))).toEqual([]);
  });

  it('moves in several months, also down; transfers sum to 0 on each basis and in each source', () => {
    const transfers = allDecisions.filter(({ kind }) => kind === 'transfer');
    expect(transfers.length).toBeGreaterThanOrEqual(5);
    for (const { lines } of transfers)
      for (const basis of ['pm', 'province'])
        for (const { code } of fundingSources)
          expect(sumOfAmounts(lines.filter((line) => line.basis === basis && line.source === code))).toBe(0n);
    const totals = closed.map(({ month }) => sumOfAmounts(planLines(month)));
    expect(new Set(totals).size).toBeGreaterThanOrEqual(3);
    const reduction = allDecisions.find(({ kind }) => kind === 'adjustment');
    expect(sumOfAmounts(reduction?.lines ?? [])).toBe(-35_000_000_000n);
  });

  it('takes effect in the month under which a decision stands, with numbers nobody can take for real', () => {
    for (const { month, decisions } of months)
      for (const { number, decisionDate, effectiveDate } of decisions) {
        expect(effectiveDate.slice(0, 7)).toBe(monthEnd(2024, month).slice(0, 7));
        expect(decisionDate <= effectiveDate).toBe(true);
        expect(number).toMatch(/^MH-[0-9]{2}\/QĐ-(UBND|TTg)$/);
      }
    expect(new Set(allDecisions.map(({ number }) => number)).size).toBe(allDecisions.length);
  });

  it('keeps carried-over capital as a series of its own, never spent beyond its lines', () => {
    const lines = allDecisions.flatMap((decision) => decision.lines).filter(({ carriedOver }) => carriedOver);
    const entries = allEntries.filter(({ carriedOver }) => carriedOver);
    expect(lines.length).toBe(8);
    expect(entries.length).toBeGreaterThan(lines.length);
    const plan = sumsByCell(lines);
    expect([...sumsByCell(entries)].filter(([cell, spent]) => spent > (plan.get(cell) ?? 0n))).toEqual([]);
  });
});

describe('the entries', () => {
  it('are 1.500 to 3.000, in whole thousands, of units valid in the month and of their own projects', () => {
    expect(allEntries.length).toBeGreaterThanOrEqual(1_500);
    expect(allEntries.length).toBeLessThanOrEqual(3_000);
    for (const { month, entries, decisions } of months)
      for (const { unit: code, project, amount } of [...entries, ...decisions.flatMap(({ lines }) => lines)]) {
        const unit = unitByCode.get(code);
        const end = monthEnd(2024, month);
        expect(unit && (unit.validFrom ?? '') <= end && (unit.validTo ?? end) >= end).toBe(true);
        if (project !== null) expect(projectByCode.get(project)?.unitCode).toBe(code);
        expect(amount % 1_000n).toBe(0n);
        expect(amount).not.toBe(0n);
      }
  });

  it('bear documents of working days in their month, the open month up to the business day', () => {
    const tetAndNationalDay = ['08', '09', '12', '13', '14'].map((day) => `2024-02-${day}`).concat('2024-09-02');
    for (const { month, entries } of months) {
      const days = entries.map(({ documentDate }) => documentDate);
      expect(days.every((day) => day.slice(0, 7) === monthEnd(2024, month).slice(0, 7))).toBe(true);
      expect(days.every((day) => new Date(day).getUTCDay() % 6 !== 0 && !tetAndNationalDay.includes(day))).toBe(true);
      expect([...days].sort()).toEqual(days);
    }
    expect(months[9]?.entries.length).toBeGreaterThan(5);
    expect(allEntries.every(({ documentDate }) => documentDate <= demonstration.businessDate)).toBe(true);
    const numbers = allEntries.map(({ documentNo, documentDate }) => [documentNo, documentDate]);
    for (const [number = '', date = ''] of numbers)
      expect(number).toMatch(new RegExp(`^(KB|UOC)-${date.slice(5, 7)}${date.slice(8)}-[0-9]{3}$`));
  });

  it('share a document only as payment and recovery of an advance: neutral, never more than was advanced', () => {
    const documents = groupByDocument();
    const advances = new Map<string, bigint>();
    for (const [, [first, second, ...more]] of documents) {
      expect(more).toEqual([]);
      if (!first) continue;
      if (first.kind === 'advance') advances.set(cellOf(first), (advances.get(cellOf(first)) ?? 0n) + first.amount);
      if (!second) continue;
      expect([first.kind, second.kind, first.amount + second.amount]).toEqual(['payment', 'advance-recovery', 0n]);
      expect(cellOf(first)).toBe(cellOf(second));
      const left = (advances.get(cellOf(second)) ?? 0n) + second.amount;
      expect(left >= 0n).toBe(true);
      advances.set(cellOf(second), left);
    }
  });

  it('never spend more on a cell than its plan in force, and lower a cell by the one refund only', () => {
    for (const { month } of closed) {
      const plan = sumsByCell(planLines(month));
      const entries = months.filter((other) => other.month <= month).flatMap((other) => other.entries);
      const spent = sumsByCell(entries.filter(({ basis, carriedOver }) => basis === 'actual' && !carriedOver));
      expect([...spent].filter(([cell, sum]) => sum < 0n || sum > (plan.get(cell) ?? 0n))).toEqual([]);
    }
    const refunds = allEntries.filter(({ amount, kind }) => amount < 0n && kind !== 'advance-recovery');
    expect(refunds.map(({ unit, kind, reason }) => [unit, kind, reason !== null])).toEqual([
      ['SO-YTE', 'refund', true],
    ]);
    const estimates = allEntries.filter(({ basis }) => basis === 'estimate');
    expect(estimates.map(({ unit, amount }) => [unit, amount])).toEqual([['SO-CT', 650_000_000n]]);
  });
});

describe('the names', () => {
  const data = (file: string): string => readFileSync(new URL(`./data/${file}.csv`, import.meta.url), 'utf8');

  it('come from the data files or say that they are illustrative', () => {
    const keyProjects = data('lang-son-key-projects-2024');
    const unitsFile = data('lang-son-units');
    expect(units.length).toBe(92);
    for (const { code, name } of [...units, ...demonstration.places])
      expect(unitsFile).toMatch(new RegExp(`^${code},[a-z]+,[a-z]+,"?${name}"?,`, 'm'));
    const invented = projects.filter(({ name }) => !keyProjects.includes(name));
    expect(invented.map(({ name }) => name).filter((name) => !/^Dự án minh hoạ số [0-9]{2}$/.test(name))).toEqual([]);
    expect(new Set(projects.map(({ name }) => name)).size).toBe(projects.length);
    expect(projectByCode.size).toBe(projects.length);
    // Seven digits are read as a real project's code: only made-up projects have one, it says so, and begins with 9.
    for (const { code, nationalCode, sourceNote } of projects.filter((project) => project.nationalCode !== null)) {
      expect([code, nationalCode]).toEqual([
        expect.stringMatching(/^MH-/) as unknown,
        expect.stringMatching(/^9[0-9]{6}$/) as unknown,
      ]);
      expect(sourceNote).toMatch(/mã minh hoạ/);
    }
  });

  it('give every rated unit two to six illustrative projects, one of them with two components', () => {
    const illustrative = projects.filter(({ code }) => code.startsWith('MH-'));
    for (const { code } of units.filter(({ kind, validFrom }) => kind !== 'reserve' && validFrom === null)) {
      const own = illustrative.filter(({ unitCode }) => unitCode === code).length;
      expect(own >= 2 && own <= 6).toBe(true);
    }
    const components = projects.filter(({ parentCode }) => parentCode !== null);
    expect(components.length).toBe(2);
    expect(new Set(components.map(({ parentCode, unitCode }) => `${parentCode} ${unitCode}`)).size).toBe(1);
  });

  it('leave the gaps of the list of 33 open: 6 named, 21 carried over, 6 unexplained, none from the press', () => {
    const byOrigin = (origin: string) => keyProjectList.items.filter((item) => item.origin === origin);
    expect([keyProjectList.declaredCount, keyProjectList.items.length]).toEqual([33, 33]);
    expect(keyProjectList.items.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 33 }, (_, i) => i + 1));
    expect(byOrigin('new').map(({ projectCode }) => projectCode)).toEqual([
      'QL4B-KM18-KM80',
      'LTT-KEODAI',
      'CT-DDTL',
      'CCN-DINHLAP',
      'CCN-HOSON1',
      'CCN-HOASON1',
    ]);
    expect(byOrigin('new').map(({ name, projectCode }) => projectByCode.get(projectCode ?? '')?.name === name)).toEqual(
      Array(6).fill(true),
    );
    const two = (i: number): string => String(i + 1).padStart(2, '0');
    expect(byOrigin('carried-over').map(({ name }) => name)).toEqual(
      Array.from({ length: 21 }, (_, i) => `Dự án chuyển tiếp số ${two(i)} (báo cáo không nêu tên)`),
    );
    expect(byOrigin('unexplained').map(({ name }) => name)).toEqual(
      Array.from({ length: 6 }, (_, i) => `Dự án chưa rõ ${two(i)} (báo cáo nêu 33, chú thích cộng được 27)`),
    );
    expect(keyProjectList.items.filter(({ projectCode }) => projectCode !== null).length).toBe(6);
    const press = demonstration.pressProjects;
    expect(press.map(({ projectCode, likelihood }) => `${projectCode} ${likelihood}`)).toContain('CT-HNCL very-likely');
    expect(press.filter(({ projectCode }) => projectByCode.has(projectCode)).length).toBe(6);
    expect(keyProjectList.items.filter((item) => press.some((p) => p.projectCode === item.projectCode))).toEqual([]);
  });
});

describe('the generator', () => {
  it('depends on the seed alone: twice the same, without clock and without Math.random', () => {
    const refuse = (): never => {
      throw new Error('not from the seed');
    };
    const spies = [
      jest.spyOn(Math, 'random').mockImplementation(refuse),
      jest.spyOn(Date, 'now').mockImplementation(refuse),
    ];
    try {
      expect(langSon2024()).toEqual(demonstration);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });

  it('says what is made up', () => {
    expect(demonstration.illustrative.markVi).toBe('Số liệu minh hoạ');
    expect(demonstration.illustrative.assumptions.map(({ vi }) => vi).join(' ')).toMatch(/30\/9\/2024 là giả định/);
  });
});

function groupByDocument(): Map<string, typeof allEntries> {
  const documents = new Map<string, typeof allEntries>();
  for (const entry of allEntries) documents.set(entry.documentNo, [...(documents.get(entry.documentNo) ?? []), entry]);
  return documents;
}
