import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { effectiveMonth, inTransaction, Month, sqlState, systemActor } from '#libs/kernel';
import {
  listAllocationLines,
  listDisbursements,
  listMonths,
  loadEvaluationInputs,
  openPlanYear,
  recordAllocationDecision,
  recordDisbursements,
  submitReport,
  type NewAllocationDecision,
  type NewAllocationLine,
  type NewDisbursement,
} from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import {
  parsePolicy,
  sumPlanAndDisbursed,
  type AllocationLine,
  type DisbursementEntry,
  type MonthlySum,
  type Policy,
} from '#libs/monitoring/rule';
import { registerProjects } from '#libs/projects';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, bookMonth, closeMonth, smallOffice, UNITS } from '../harness/small-office.js';

const staff = actorFor('staff');
const approver = actorFor('approver');

const line = (unitCode: string, amount: bigint, more: Partial<NewAllocationLine> = {}): NewAllocationLine => ({
  basis: 'province',
  carriedOver: false,
  unitCode,
  projectCode: `P-${unitCode}`,
  sourceCode: 'NSDP',
  amount,
  ...more,
});
const decision = (
  number: string,
  effectiveDate: string,
  lines: NewAllocationLine[],
  more: Partial<NewAllocationDecision> = {},
): NewAllocationDecision => ({
  planYear: 2024,
  number,
  decisionDate: effectiveDate,
  effectiveDate,
  level: 'province',
  kind: 'adjustment',
  note: '',
  lines,
  ...more,
});
const entry = (unitCode: string, amount: bigint, more: Partial<NewDisbursement> = {}): NewDisbursement => ({
  unitCode,
  projectCode: `P-${unitCode}`,
  sourceCode: 'NSDP',
  kind: 'payment',
  carriedOver: false,
  basis: 'actual',
  amount,
  documentNo: null,
  documentDate: null,
  reason: amount < 0n ? 'Hoàn trả' : null,
  corrects: null,
  ...more,
});
const policy = (fields: Record<string, unknown> = {}): Policy => {
  const { policy: parsed, problems } = parsePolicy({ planYear: 2024, throughMonth: 13, ...fields });
  if (!parsed) throw new Error(JSON.stringify(problems));
  return parsed;
};
const sumsOf = async (db: DataSource, fields: Record<string, unknown> = {}): Promise<MonthlySum[]> =>
  (await loadEvaluationInputs(db.manager, policy(fields))).sums;
/** plan and disbursed of one unit at one month's end, as the rule gets them */
const figure = (sums: MonthlySum[], unit: string, month: number): [plan: number, disbursed: number] => {
  const found = sums.find((sum) => sum.unit === unit && sum.month === month);
  return [Number(found?.plan), Number(found?.disbursed)];
};
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** The small office with a second project for each unit and a second source; business day 31/12/2024. */
async function office(): Promise<{ database: FreshDatabase; db: DataSource; stop(): Promise<void> }> {
  const database = await freshDatabase();
  const db = await openBooks(database.url);
  await smallOffice(db);
  await direct(db, "INSERT INTO funding_source VALUES ('NSTW', 'NSTW trong nước', 'central')");
  await registerProjects(
    db,
    systemActor('command-line'),
    UNITS.map((unitCode) => ({
      code: `Q-${unitCode}`,
      nationalCode: null,
      name: `Dự án thứ hai của ${unitCode}`,
      parentCode: null,
      investorName: null,
      capitalType: 'public' as const,
      programme: 'none' as const,
      totalInvestment: null,
      totalInvestmentNote: null,
      unitCode,
      places: [],
    })),
  );
  const stop = async (): Promise<void> => {
    await db.destroy();
    await database.drop();
  };
  return { database, db, stop };
}

describe('the plan of a year moves', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => void ({ db, stop } = await office()));
  afterAll(() => stop?.());

  it('down as well as up: the plan of a month is the one in force at its end', async () => {
    await recordAllocationDecision(db, staff, decision('02', '2024-05-31', [line('A', 50n)]));
    await recordAllocationDecision(db, staff, decision('03', '2024-06-01', [line('A', -90n)]));
    const sums = await sumsOf(db);
    // 100; +50 on the last day of May; −90 on the first of June.
    expect([4, 5, 6, 13].map((month) => figure(sums, 'A', month)[0])).toEqual([100, 150, 60, 60]);
  });

  it('by a transfer, whose lines sum to zero: what A loses B has, the province keeps 400 − 40', async () => {
    const transfer = decision('04', '2024-07-15', [line('A', -20n), line('B', 20n)], { kind: 'transfer' });
    await recordAllocationDecision(db, staff, transfer);
    const sums = await sumsOf(db);
    expect([figure(sums, 'A', 7)[0], figure(sums, 'B', 7)[0]]).toEqual([40, 120]);
    const province = sums.filter(({ month }) => month === 7).map(({ plan }) => plan);
    expect(total(province)).toBe(360n);
  });

  it.each([
    ['one đồng short', [line('A', -20n), line('B', 19n)], '-1'],
    ['zero over both bases, on neither', [line('A', -20n), line('B', 20n, { basis: 'pm' })], '-20'],
    [
      'zero with carried-over capital, which is its own series',
      [line('A', -5n), line('B', 5n, { carriedOver: true })],
      '-5',
    ],
  ])('a transfer that is %s is refused and books nothing', async (_, lines, amount) => {
    const before = await listAllocationLines(db, staff, { planYear: 2024, limit: 1 });
    await expect(
      recordAllocationDecision(db, staff, decision('05', '2024-08-01', lines, { kind: 'transfer' })),
    ).rejects.toMatchObject({ code: 'transfer-not-zero', facts: { decision: '05', amount } });
    const after = await listAllocationLines(db, staff, { planYear: 2024, limit: 1 });
    expect([after.total, after.sum]).toEqual([before.total, before.sum]);
  });

  it('pm lines repeat a part of the province plan: they never add to it', async () => {
    await recordAllocationDecision(db, staff, decision('06', '2024-01-05', [line('C', 70n, { basis: 'pm' })]));
    expect(figure(await sumsOf(db), 'C', 12)[0]).toBe(100);
    expect(figure(await sumsOf(db, { planBasis: 'pm' }), 'C', 12)[0]).toBe(70);
  });

  it('carried-over capital is a series apart, in plan and in payments, unless the policy asks for it', async () => {
    await recordAllocationDecision(db, staff, decision('07', '2024-02-01', [line('D', 50n, { carriedOver: true })]));
    await recordDisbursements(db, staff, Month.of(2024, 2), [entry('D', 10n), entry('D', 30n, { carriedOver: true })]);
    expect(figure(await sumsOf(db), 'D', 2)).toEqual([100, 10]);
    expect(figure(await sumsOf(db, { includeCarriedOver: true }), 'D', 2)).toEqual([150, 40]);
    // From month 4 on the policy counts it, over the whole cumulative sums.
    const changed = await sumsOf(db, { changes: [{ fromMonth: 4, includeCarriedOver: true }] });
    expect([3, 4].map((month) => figure(changed, 'D', month))).toEqual([
      [100, 10],
      [150, 40],
    ]);
  });

  it('a decision is booked once: the same number of the same day is known', async () => {
    await expect(
      recordAllocationDecision(db, staff, decision('02', '2024-05-31', [line('A', 1n)])),
    ).rejects.toMatchObject({ code: 'decision-exists' });
    // Another day: another decision.
    await recordAllocationDecision(db, staff, decision('02', '2024-09-30', [line('A', 0n)]));
  });

  it('a decision without lines, or after 31 January of the next year, is refused', async () => {
    await expect(recordAllocationDecision(db, staff, decision('08', '2024-05-01', []))).rejects.toMatchObject({
      code: 'decision-without-lines',
    });
    await expect(
      recordAllocationDecision(db, staff, decision('08', '2025-02-01', [line('A', 1n)])),
    ).rejects.toMatchObject({ code: 'decision-outside-year' });
  });
});

describe('a decision that arrives late', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, stop } = await office());
    for (const month of [1, 2, 3]) {
      await bookMonth(db, month, { A: 10n });
      await closeMonth(db, approver, Month.of(2024, month));
    }
  });
  afterAll(() => stop?.());

  it('is refused by a closed month', async () => {
    await expect(
      recordAllocationDecision(db, staff, decision('15/QĐ', '2024-02-15', [line('A', 60n)])),
    ).rejects.toMatchObject({ code: 'month-closed', facts: { month: '2024-02' } });
  });

  it('takes effect in the first open month, and both dates are shown', async () => {
    const frozen = await sumsOf(db, { throughMonth: 3 });
    await recordAllocationDecision(
      db,
      staff,
      decision('15/QĐ', '2024-04-01', [line('A', 60n)], { decisionDate: '2024-02-15' }),
    );
    expect(await sumsOf(db, { throughMonth: 3 })).toEqual(frozen);
    const sums = await sumsOf(db);
    expect([2, 3, 4].map((month) => figure(sums, 'A', month)[0])).toEqual([100, 100, 160]);
    const { items } = await listAllocationLines(db, staff, { planYear: 2024, month: 4, limit: 10 });
    expect(items).toMatchObject([
      { decisionNo: '15/QĐ', decisionDate: '2024-02-15', effectiveDate: '2024-04-01', effectiveMonth: 4, amount: 60n },
    ]);
  });
});

describe('months', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  const closeAll = async (planYear: number, from: number, to: number): Promise<void> => {
    for (let month = from; month <= to; month++) await closeMonth(db, approver, Month.of(planYear, month));
  };
  const today = (day: string): Promise<unknown> => direct(db, 'UPDATE instance_setting SET business_date = $1', [day]);
  beforeAll(async () => {
    ({ db, stop } = await office());
    await openPlanYear(db, staff, 2025);
  });
  afterAll(() => stop?.());

  it('do not close before they are over: 31/01 is still January, 01/02 is not', async () => {
    await today('2024-01-31');
    await expect(closeMonth(db, approver, Month.of(2024, 1))).rejects.toMatchObject({ code: 'month-not-over' });
    await today('2024-02-01');
    await expect(closeMonth(db, approver, Month.of(2024, 1))).resolves.toMatchObject({ state: 'closed', version: 1 });
  });

  it('close in order', async () => {
    await today('2024-12-31');
    await expect(closeMonth(db, approver, Month.of(2024, 3))).rejects.toMatchObject({ code: 'month-out-of-order' });
    await closeAll(2024, 2, 11);
  });

  it('13 is 1-31 January: a day of January belongs to month 13 of one plan year and month 1 of the next', () => {
    expect([effectiveMonth(2024, '2025-01-15'), effectiveMonth(2025, '2025-01-15')]).toEqual([13, 1]);
    expect(effectiveMonth(2024, '2025-02-01')).toBeUndefined();
  });

  it('in January two plan years are open, each with its own books', async () => {
    await today('2025-01-20');
    await closeAll(2024, 12, 12);
    await recordAllocationDecision(db, staff, decision('T1', '2025-01-15', [line('A', 7n)]));
    await recordAllocationDecision(db, staff, decision('T1', '2025-01-15', [line('A', 30n)], { planYear: 2025 }));
    await recordDisbursements(db, staff, Month.of(2024, 13), [entry('A', 5n)]);
    await recordDisbursements(db, staff, Month.of(2025, 1), [entry('A', 2n)]);
    expect(figure(await sumsOf(db), 'A', 13)).toEqual([107, 5]);
    expect(figure(await sumsOf(db, { planYear: 2025 }), 'A', 1)).toEqual([30, 2]);
  });

  it('month 1 of Y+1 may close before month 13 of Y, and month 13 still takes entries then', async () => {
    await today('2025-02-01');
    await closeMonth(db, approver, Month.of(2025, 1));
    await recordDisbursements(db, staff, Month.of(2024, 13), [entry('A', 1n)]);
    await closeMonth(db, approver, Month.of(2024, 13));
    expect(figure(await sumsOf(db), 'A', 13)).toEqual([107, 6]);
    const states = (await listMonths(db, staff, 2024)).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['closed']));
  });

  it('of a year that was not opened take nothing', async () => {
    const month = Month.of(2030, 1);
    await expect(recordDisbursements(db, staff, month, [entry('A', 1n)])).rejects.toMatchObject({
      code: 'month-not-opened',
    });
    await expect(submitReport(db, staff, month, 'A')).rejects.toMatchObject({ code: 'month-not-opened' });
    await expect(closeMonth(db, approver, month)).rejects.toMatchObject({ code: 'month-not-opened' });
  });

  it('a month is reported once, by its report and not by an entry', async () => {
    const april = Month.of(2025, 4);
    await recordDisbursements(db, staff, april, [entry('B', 1n)]);
    const reported = async (): Promise<unknown> =>
      db.query("SELECT unit_code FROM monthly_report WHERE plan_year = 2025 AND unit_code = 'B'");
    expect(await reported()).toEqual([]);
    await submitReport(db, staff, april, 'B');
    expect(await reported()).toHaveLength(1);
    await expect(submitReport(db, staff, april, 'B')).rejects.toMatchObject({ code: 'report-exists' });
  });
});

describe('many at once', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => void ({ db, stop } = await office()));
  afterAll(() => stop?.());

  it.each([1, 2, 3, 4])(
    'entries race the close of month %i: each is booked before it or refused after it, none is lost',
    async (number) => {
      const month = Month.of(2024, number);
      const writers = 24;
      const outcomes = await Promise.allSettled(
        Array.from({ length: writers + 1 }, (_, i) =>
          // The close stands at another place in the queue each time.
          i === number * 4 ? closeMonth(db, approver, month) : recordDisbursements(db, staff, month, [entry('A', 1n)]),
        ),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      for (const { reason } of refused) expect(reason).toMatchObject({ code: 'month-closed' });
      const booked = writers - refused.length;

      const { total: entries, sum } = await listDisbursements(db, staff, { planYear: 2024, month: number, limit: 1 });
      expect([entries, sum]).toEqual([booked, BigInt(booked)]);
      const totals = await db.query(
        'SELECT amount::int, entries::int FROM disbursement_total WHERE plan_year = 2024 AND month = $1',
        [number],
      );
      expect(totals).toEqual(booked === 0 ? [] : [{ amount: booked, entries: booked }]);
      // In the order of the commits every entry stands before the close.
      const [{ after }]: [{ after: number }] = await db.query(
        `SELECT count(*)::int AS after FROM audit_event
         WHERE action = 'disbursement.record' AND body::jsonb #>> '{after,month}' = $1
           AND seq > (SELECT seq FROM audit_event WHERE action = 'month.close' AND object_id = $1)`,
        [month.toString()],
      );
      expect(after).toBe(0);
      await expect(recordDisbursements(db, staff, month, [entry('A', 1n)])).rejects.toMatchObject({
        code: 'month-closed',
      });
    },
  );

  it('decisions and reports race a close likewise', async () => {
    const month = Month.of(2024, 5);
    const outcomes = await Promise.allSettled([
      ...UNITS.map((unit) => submitReport(db, staff, month, unit)),
      closeMonth(db, approver, month),
      ...[1, 2, 3, 4].map((n) => recordAllocationDecision(db, staff, decision(`R${n}`, '2024-05-20', [line('B', 1n)]))),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'month-closed' });
    const reports = outcomes.slice(0, 4).filter(({ status }) => status === 'fulfilled').length;
    const lines = outcomes.slice(5).filter(({ status }) => status === 'fulfilled').length;
    const evaluation = await evaluateMonth(db, systemActor('job'), { planYear: 2024, month: 5, monthVersion: 1 });
    const frozen = JSON.parse(evaluation?.inputs ?? '{}') as {
      sums: { month: number; unit: string; plan: number }[];
      reports: { month: number }[];
    };
    expect(frozen.reports.filter((report) => report.month === 5)).toHaveLength(reports);
    expect(frozen.sums.find((sum) => sum.month === 5 && sum.unit === 'B')?.plan).toBe(100 + lines);
  });

  it('two people close one month: one closes it, the other is told that it is closed already', async () => {
    const month = Month.of(2024, 6);
    const outcomes = await Promise.allSettled(
      ['approver', 'approver2', 'approver', 'approver2'].map((name) =>
        closeMonth(db, actorFor('approver', name), month),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'month-already-closed' });
    const messages: unknown[] = await db.query(
      `SELECT FROM outbox_message WHERE payload @> '{"planYear": 2024, "month": 6}'`,
    );
    expect(messages).toHaveLength(1);
    expect(await db.query('SELECT version FROM reporting_month WHERE plan_year = 2024 AND month = 6')).toEqual([
      { version: 1 },
    ]);
  });

  it('two months close at once: in order or not at all, never 8 without 7', async () => {
    const [seven, eight] = await Promise.allSettled([7, 8].map((n) => closeMonth(db, approver, Month.of(2024, n))));
    expect(seven?.status).toBe('fulfilled');
    if (eight?.status === 'rejected') expect(eight.reason).toMatchObject({ code: 'month-out-of-order' });
  });

  it('entries of many units and series in every order leave no deadlock to the caller, and right totals (I2)', async () => {
    const month = Month.of(2024, 10);
    const rows = UNITS.flatMap((unit) =>
      [false, true].map((carriedOver) => entry(unit, 1n, { carriedOver, projectCode: `Q-${unit}` })),
    );
    await Promise.all(
      Array.from({ length: 16 }, (_, i) => {
        const turned = [...rows.slice(i % 8), ...rows.slice(0, i % 8)];
        return recordDisbursements(db, staff, month, i % 2 ? turned : turned.reverse());
      }),
    );
    const totals = await db.query(
      'SELECT DISTINCT amount::int, entries::int FROM disbursement_total WHERE plan_year = 2024 AND month = 10',
    );
    expect(totals).toEqual([{ amount: 16, entries: 16 }]);
  });

  it('a year is opened by two at once: thirteen months', async () => {
    await Promise.all([openPlanYear(db, staff, 2026), openPlanYear(db, staff, 2026)]);
    expect(await listMonths(db, staff, 2026)).toHaveLength(13);
  });

  it('one decision is booked by two at once: once, and the other is told so', async () => {
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => recordAllocationDecision(db, staff, decision('TWICE', '2024-11-11', [line('A', 1n)]))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: 'decision-exists' });
  });

  it('one report is submitted by two at once: once, and the other is told so', async () => {
    const outcomes = await Promise.allSettled([1, 2].map(() => submitReport(db, staff, Month.of(2024, 11), 'A')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: 'report-exists' });
  });
});

describe('inTransaction', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, stop } = await office());
    await db.query('CREATE TABLE counter (name text PRIMARY KEY, value int NOT NULL)');
    await db.query("INSERT INTO counter VALUES ('x', 0), ('y', 0)");
  });
  afterAll(() => stop?.());

  it('plays a deadlocked transaction again whole: both take effect, once each', async () => {
    let attempts = 0;
    let arrived = 0;
    let open: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => (open = resolve));
    const run = (first: string, second: string): Promise<void> =>
      inTransaction(db, async (tx) => {
        attempts += 1;
        const add = (name: string): Promise<unknown> =>
          tx.query('UPDATE counter SET value = value + 1 WHERE name = $1', [name]);
        await add(first);
        arrived += 1;
        if (arrived === 2) open();
        await bothHoldOne;
        await add(second);
      });
    await Promise.all([run('x', 'y'), run('y', 'x')]);
    expect(await db.query('SELECT name, value FROM counter ORDER BY name')).toEqual([
      { name: 'x', value: 2 },
      { name: 'y', value: 2 },
    ]);
    expect(attempts).toBe(3);
  });

  it('plays a serialization failure again: three increments of what each had read make three', async () => {
    await db.query('UPDATE counter SET value = 0');
    await Promise.all(
      [1, 2, 3].map(() =>
        inTransaction(db, async (tx) => {
          await tx.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
          const [{ value }]: [{ value: number }] = await tx.query("SELECT value FROM counter WHERE name = 'x'");
          await tx.query("UPDATE counter SET value = $1 WHERE name = 'x'", [value + 1]);
        }),
      ),
    );
    expect(await db.query("SELECT value FROM counter WHERE name = 'x'")).toEqual([{ value: 3 }]);
  });

  it('gives up after five attempts, with the database’s own error', async () => {
    let attempts = 0;
    const failed = await inTransaction(db, async (tx) => {
      attempts += 1;
      await tx.query("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
    }).catch((error: unknown) => error);
    expect([attempts, sqlState(failed)]).toEqual([5, '40001']);
  });

  it.each(['23505', 'PT002', '22012'])('never plays %s again: it would fail the same way', async (code) => {
    let attempts = 0;
    await inTransaction(db, async (tx) => {
      attempts += 1;
      await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`);
    }).catch(() => undefined);
    expect(attempts).toBe(1);
  });
});

/** Small random books, each in a plan year of its own. */
const amount = (min: number, max: number): fc.Arbitrary<bigint> => fc.integer({ min, max }).map(BigInt);
const unitCode = fc.constantFrom(...UNITS);
const sourceCode = fc.constantFrom('NSDP', 'NSTW');
const someLine: fc.Arbitrary<NewAllocationLine & { day: string }> = fc
  .record({
    day: fc.constantFrom('01-15', '02-29', '06-30', '11-01'),
    basis: fc.constantFrom('province', 'province', 'pm'),
    carriedOver: fc.constantFrom(false, false, true),
    unitCode,
    project: fc.constantFrom('P', 'Q', null),
    sourceCode,
    amount: amount(-40, 150),
  })
  // Capital not yet assigned to a project never falls below zero, in whatever order the decisions come.
  .map(({ project, amount: signed, ...row }) => ({
    ...row,
    amount: project === null && signed < 0n ? -signed : signed,
    projectCode: project && `${project}-${row.unitCode}`,
  }));
const someEntry: fc.Arbitrary<NewDisbursement & { month: number }> = fc
  .record({
    month: fc.integer({ min: 1, max: 13 }),
    unitCode,
    project: fc.constantFrom('P', 'Q'),
    sourceCode,
    carriedOver: fc.constantFrom(false, false, true),
    basis: fc.constantFrom('actual' as const, 'actual' as const, 'estimate' as const),
    amount: amount(-10, 40),
  })
  .map(({ project, month, ...row }) => ({
    ...entry(row.unitCode, row.amount, { ...row, projectCode: `${project}-${row.unitCode}` }),
    month,
  }));
const someBooks = {
  lines: fc.array(someLine, { minLength: 1, maxLength: 8 }),
  entries: fc.array(someEntry, { minLength: 1, maxLength: 10 }),
};
const RUNS = { numRuns: 12 };

describe('whatever the books hold', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  let planYear = 2030;
  beforeAll(async () => void ({ db, stop } = await office()));
  afterAll(() => stop?.());

  /** Books a random year in the order given; returns the plan year. */
  async function book(
    lines: readonly (NewAllocationLine & { day: string })[],
    entries: readonly (NewDisbursement & { month: number })[],
  ): Promise<number> {
    planYear += 1;
    await openPlanYear(db, staff, planYear);
    // 29 February only in leap years: the last day of February otherwise.
    const day = (text: string): string =>
      text === '02-29' && planYear % 4 !== 0 ? `${planYear}-02-28` : `${planYear}-${text}`;
    for (const [i, { day: text, ...row }] of lines.entries())
      await recordAllocationDecision(db, staff, decision(`${i}`, day(text), [row], { planYear }));
    for (const { month, ...row } of entries) await recordDisbursements(db, staff, Month.of(planYear, month), [row]);
    return planYear;
  }

  it('the totals are the sums of the rows, whatever the order they came in (I2)', async () => {
    await fc.assert(
      fc.asyncProperty(
        someBooks.lines.chain((lines) =>
          fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
        ),
        someBooks.entries.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        async ([lines, linesTurned], [entries, entriesTurned]) => {
          const first = await book(lines, entries);
          const second = await book(linesTurned, entriesTurned);
          const totalsOf = async (year: number): Promise<unknown> => [
            await db.query(
              `SELECT effective_month, unit_code, basis, carried_over, amount::text, lines::text FROM allocation_total
               WHERE plan_year = $1 ORDER BY 1, 2, 3, 4`,
              [year],
            ),
            await db.query(
              `SELECT month, unit_code, basis, carried_over, amount::text, entries::text FROM disbursement_total
               WHERE plan_year = $1 ORDER BY 1, 2, 3, 4`,
              [year],
            ),
          ];
          const summed = [
            await db.query(
              `SELECT effective_month, unit_code, basis, carried_over, sum(amount)::text AS amount,
                      count(*)::text AS lines
               FROM allocation_line WHERE plan_year = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
              [first],
            ),
            await db.query(
              `SELECT month, unit_code, basis, carried_over, sum(amount)::text AS amount, count(*)::text AS entries
               FROM disbursement_entry WHERE plan_year = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
              [first],
            ),
          ];
          expect(await totalsOf(first)).toEqual(summed);
          expect(await totalsOf(second)).toEqual(summed);
        },
      ),
      RUNS,
    );
  });

  it('province = Σ units = Σ projects + capital not assigned to one = Σ sources, in lists and in sums (I5)', async () => {
    await fc.assert(
      fc.asyncProperty(someBooks.lines, someBooks.entries, async (lines, entries) => {
        const year = await book(lines, entries);
        const everything = { planYear: year, limit: 200 };
        const projects = UNITS.flatMap((unit) => [`P-${unit}`, `Q-${unit}`]);
        const sumOver = async <T>(keys: readonly T[], sum: (key: T) => Promise<{ sum: bigint }>): Promise<bigint> =>
          total(await Promise.all(keys.map(async (key) => (await sum(key)).sum)));
        const bySource = (items: { sourceCode: string; amount: bigint }[]): bigint =>
          total(
            ['NSDP', 'NSTW'].map((code) =>
              total(items.filter((row) => row.sourceCode === code).map((row) => row.amount)),
            ),
          );

        const province = await listAllocationLines(db, staff, everything);
        const unassigned = total(province.items.filter((row) => row.projectCode === null).map((row) => row.amount));
        expect(province.sum).toBe(total(lines.map((row) => row.amount)));
        expect(await sumOver(UNITS, (unit) => listAllocationLines(db, staff, { ...everything, unitCode: unit }))).toBe(
          province.sum,
        );
        expect(
          unassigned +
            (await sumOver(projects, (code) => listAllocationLines(db, staff, { ...everything, projectCode: code }))),
        ).toBe(province.sum);
        expect(bySource(province.items)).toBe(province.sum);

        const paid = await listDisbursements(db, staff, everything);
        expect(paid.sum).toBe(total(entries.map((row) => row.amount)));
        expect(await sumOver(UNITS, (unit) => listDisbursements(db, staff, { ...everything, unitCode: unit }))).toBe(
          paid.sum,
        );
        expect(
          await sumOver(projects, (code) => listDisbursements(db, staff, { ...everything, projectCode: code })),
        ).toBe(paid.sum);
        expect(bySource(paid.items)).toBe(paid.sum);

        // What the rule gets, carried-over capital counted on both bases, is the same province.
        const figures = async (planBasis: string): Promise<MonthlySum[]> =>
          (await sumsOf(db, { planYear: year, planBasis, includeCarriedOver: true })).filter(
            ({ month }) => month === 13,
          );
        const plans = [...(await figures('province')), ...(await figures('pm'))].map(({ plan }) => plan);
        expect(total(plans)).toBe(province.sum);
        const actual = total(entries.filter((row) => row.basis === 'actual').map((row) => row.amount));
        expect(total((await figures('province')).map(({ disbursed }) => disbursed))).toBe(actual);
      }),
      RUNS,
    );
  });

  const codes = fc.subarray(['P-A', 'Q-A', 'P-B', 'Q-C', 'unknown']);
  const counting = fc.record(
    {
      planBasis: fc.constantFrom('province', 'pm'),
      includeCarriedOver: fc.boolean(),
      includeEstimates: fc.boolean(),
      excludeProjects: codes,
    },
    { requiredKeys: [] },
  );
  const somePolicy = fc.record({
    fields: counting,
    changes: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 13 }), counting).map(([fromMonth, fields]) => ({ fromMonth, ...fields })),
      { maxLength: 2 },
    ),
    throughMonth: fc.constantFrom(3, 12, 13),
  });

  /** What the pure rule makes of the rows themselves. */
  async function summedFromRows(rule: Policy): Promise<MonthlySum[]> {
    const units: { code: string }[] = await db.query('SELECT code FROM unit');
    const lines = await db.query(
      `SELECT effective_month AS "effectiveMonth", basis, carried_over AS "carriedOver", unit_code AS unit,
              coalesce(project_code, '') AS project, amount::int FROM allocation_line WHERE plan_year = $1`,
      [rule.planYear],
    );
    const entries = await db.query(
      `SELECT month, unit_code AS unit, project_code AS project, source_code AS source, carried_over AS "carriedOver",
              basis, amount::int FROM disbursement_entry WHERE plan_year = $1`,
      [rule.planYear],
    );
    type Counted<T> = Omit<T, 'amount'> & { amount: number };
    const whole = <T extends { amount: number }>(rows: T[]): (Omit<T, 'amount'> & { amount: bigint })[] =>
      rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
    return sumPlanAndDisbursed(
      units.map(({ code }) => code),
      whole(lines as Counted<AllocationLine>[]),
      whole(entries as Counted<DisbursementEntry>[]),
      rule,
    );
  }
  const sorted = (sums: MonthlySum[]): string[] =>
    sums.map(({ month, unit, plan, disbursed }) => `${month} ${unit} ${plan} ${disbursed}`).sort();

  it('what is read from the totals is what the pure rule makes of the rows: estimates, exclusions, series, changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        someBooks.lines,
        someBooks.entries,
        fc.array(somePolicy, { minLength: 5, maxLength: 5 }),
        async (lines, entries, policies) => {
          const year = await book(lines, entries);
          for (const { fields, changes, throughMonth } of policies) {
            const rule = policy({ planYear: year, throughMonth, ...fields, changes });
            const { sums } = await loadEvaluationInputs(db.manager, rule);
            expect(sorted(sums)).toEqual(sorted(await summedFromRows(rule)));
          }
        },
      ),
      RUNS,
    );
  });

  it('an estimate gives way to an actual entry of its own cell only', async () => {
    const year = await book(
      [],
      [
        { ...entry('A', 9n, { basis: 'estimate' }), month: 2 },
        { ...entry('A', 7n), month: 2 },
        // Another source, another project, another month: no actual figure has come for them.
        { ...entry('A', 100n, { basis: 'estimate', sourceCode: 'NSTW' }), month: 2 },
        { ...entry('A', 1000n, { basis: 'estimate', projectCode: 'Q-A' }), month: 2 },
        { ...entry('A', 10000n, { basis: 'estimate' }), month: 3 },
      ],
    );
    expect(figure(await sumsOf(db, { planYear: year }), 'A', 3)).toEqual([0, 7]);
    const estimated = await sumsOf(db, { planYear: year, includeEstimates: true });
    expect([2, 3].map((month) => figure(estimated, 'A', month)[1])).toEqual([1107, 11107]);
  });

  it('an empty code in excludeProjects takes out no more than the pure rule does', async () => {
    const year = await book([{ ...line('A', 100n), day: '01-15' }], [{ ...entry('A', 7n), month: 2 }]);
    const rule = policy({ planYear: year, excludeProjects: [''] });
    const { sums } = await loadEvaluationInputs(db.manager, rule);
    expect(sorted(sums)).toEqual(sorted(await summedFromRows(rule)));
  });
});
