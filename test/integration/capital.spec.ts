import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, type DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import { Month } from '#libs/kernel';
import {
  findDecision,
  listDecisions,
  mediumTermExcess,
  mediumTermPlanOf,
  openPlanYear,
  planHistory,
  planInForce,
  planTotals,
  recordAllocationDecision,
  setMediumTermPlan,
  unassignedCapital,
  type NewAllocationDecision,
  type NewAllocationLine,
} from '#libs/ledger';
import { direct, DIRECT_EVENT } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, bookMonth, smallOffice, closeMonth } from '../harness/small-office.js';

const staff = actorFor('staff');
const line = (
  unitCode: string,
  projectCode: string | null,
  amount: bigint,
  more: Partial<NewAllocationLine> = {},
): NewAllocationLine => ({
  basis: 'province',
  carriedOver: false,
  unitCode,
  projectCode,
  sourceCode: 'NSDP',
  amount,
  ...more,
});
const total = (amount: bigint, more: Partial<NewAllocationLine> = {}) => ({
  sourceCode: 'NSDP',
  basis: 'province' as const,
  carriedOver: false,
  ...more,
  amount,
});

/** The small office (A-D hold 100 each from January in decision 01/QĐ) with a second source, NSTW. */
describe('capital', () => {
  let database: FreshDatabase;
  let db: DataSource;
  let year = 2030;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    await direct(db, "INSERT INTO funding_source VALUES ('NSTW', 'NSTW trong nước', 'central')");
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });
  /** Each test has a plan year of its own. */
  beforeEach(async () => openPlanYear(db, staff, ++year));

  const decide = (
    number: string,
    lines: NewAllocationLine[],
    more: Partial<NewAllocationDecision> = {},
  ): ReturnType<typeof recordAllocationDecision> =>
    recordAllocationDecision(db, staff, {
      planYear: year,
      number,
      decisionDate: `${year}-01-10`,
      effectiveDate: `${year}-01-10`,
      level: 'province',
      kind: 'initial',
      note: '',
      lines,
      ...more,
    });
  const unassigned = async (on = `${year}-04-20`): Promise<unknown[]> =>
    (await unassignedCapital(db, staff, { planYear: year, on, deadlineDays: 90, limit: 50 })).items.map(
      ({ decision, holder, amount, ageDays, deadline, isOverdue }) =>
        [decision.number, holder?.code ?? null, amount, ageDays, deadline, isOverdue] as unknown,
    );
  /** The same without age and deadline. */
  const held = async (): Promise<unknown[]> => (await unassigned()).map((row) => (row as unknown[]).slice(0, 3));

  describe('not yet assigned in detail', () => {
    it('is what units hold without a project and what the total exceeds the lines by, with age and deadline', async () => {
      // 100 in all: 40 to P-A, 25 to B without a project, 35 to nobody.
      await decide('01', [line('A', 'P-A', 40n), line('B', null, 25n)], { totals: [total(100n)] });
      expect(await unassigned()).toEqual([
        ['01', null, 35n, 100, `${year}-04-10`, true],
        ['01', 'B', 25n, 100, `${year}-04-10`, true],
      ]);
      expect((await unassigned(`${year}-04-10`))[0]).toEqual(['01', null, 35n, 90, `${year}-04-10`, false]);
    });

    it('falls as later decisions detail it, from a unit as from nobody, until nothing is left', async () => {
      const root = await decide('01', [line('R', null, 60n)], { totals: [total(100n)] });
      const more = { kind: 'adjustment' as const, detailsDecisionId: root.id };
      await decide('02', [line('R', null, -45n), line('A', 'P-A', 45n)], more);
      expect(await held()).toEqual([
        ['01', null, 40n],
        ['01', 'R', 15n],
      ]);
      await decide('03', [line('R', null, -15n), line('A', 'P-A', 15n), line('B', 'P-B', 40n)], more);
      expect(await unassigned()).toEqual([]);
      const { amounts, detailedBy } = await findDecision(db, staff, root.id);
      expect(amounts).toMatchObject([{ total: 100n, isStated: true, lines: 60n, toProjects: 100n, unassigned: 0n }]);
      expect(detailedBy.map(({ number }) => number)).toEqual(['02', '03']);
    });

    it('agrees with the plan in force: Σ projects + Σ held by units = Σ lines (I5)', async () => {
      const root = await decide('01', [line('R', null, 60n), line('A', 'P-A', 7n)], { totals: [total(90n)] });
      await decide('02', [line('R', null, -10n), line('C', 'P-C', 10n)], { detailsDecisionId: root.id });
      const { all } = await planTotals(db, staff, { planYear: year, on: `${year}-12-31` });
      expect(all).toEqual([{ basis: 'province', carriedOver: false, amount: 67n, unassigned: 50n }]);
      // 90 − 67 is with nobody: stated, in no plan.
      expect(await held()).toEqual([
        ['01', null, 23n],
        ['01', 'R', 50n],
      ]);
    });

    it('is told within the units of who asks, and what is with nobody only to the whole province', async () => {
      await decide('01', [line('A', null, 5n), line('B', null, 6n)], { totals: [total(20n)] });
      const reporter = actorFor('reporter', 'reporter', ['A']);
      const {
        items,
        total: count,
        sums,
      } = await unassignedCapital(db, reporter, {
        planYear: year,
        on: `${year}-02-01`,
        deadlineDays: 90,
        limit: 9,
      });
      expect([items.map(({ amount }) => amount), count, sums[0]?.amount]).toEqual([[5n], 1, 5n]);
      const [decision] = (await listDecisions(db, reporter, { planYear: year, limit: 9 })).items;
      expect(decision?.amounts).toMatchObject([{ total: 5n, isStated: false, lines: 5n, unassigned: 5n }]);
    });
  });

  describe('a decision is refused', () => {
    it('whose lines take more than it assigns in all, by source, basis and series', async () => {
      await expect(decide('01', [line('A', 'P-A', 101n)], { totals: [total(100n)] })).rejects.toMatchObject({
        code: 'decision-above-total',
        facts: { decision: '01', source: 'NSDP', basis: 'province', total: '100', lines: '101' },
      });
      const elsewhere = [line('A', 'P-A', 1n, { sourceCode: 'NSTW' })];
      await expect(decide('01', elsewhere, { totals: [total(100n)] })).rejects.toMatchObject({
        facts: { source: 'NSTW', total: '0', lines: '1' },
      });
      await expect(
        decide('01', [line('A', 'P-A', 1n, { basis: 'pm' })], { totals: [total(100n)] }),
      ).rejects.toMatchObject({ facts: { basis: 'pm' } });
      expect((await listDecisions(db, staff, { planYear: year, limit: 9 })).total).toBe(0);
    });

    it('that details more than is left, of a unit or of the total', async () => {
      const { id } = await decide('01', [line('R', null, 30n)], { totals: [total(50n)] });
      const more = { detailsDecisionId: id };
      await expect(decide('02', [line('R', null, -31n), line('A', 'P-A', 31n)], more)).rejects.toMatchObject({
        code: 'unassigned-too-little',
        facts: { unit: 'R', amount: '1' },
      });
      await expect(decide('02', [line('A', 'P-A', 21n)], more)).rejects.toMatchObject({
        code: 'decision-above-total',
        facts: { decision: '01', total: '50', lines: '51' },
      });
      await decide('02', [line('R', null, -30n), line('A', 'P-A', 50n)], more);
      expect(await unassigned()).toEqual([]);
    });

    it('that draws on capital without a project that the unit does not have', async () => {
      await decide('01', [line('R', null, 30n)]);
      const draw = (number: string, amount: bigint) =>
        decide(number, [line('R', null, -amount), line('A', 'P-A', amount)], { kind: 'transfer' });
      await expect(draw('02', 31n)).rejects.toMatchObject({ code: 'unassigned-too-little' });
      await draw('02', 30n);
      expect(await held()).toEqual([
        ['01', 'R', 30n],
        ['02', 'R', -30n],
      ]);
    });

    it('that takes away without saying where', async () => {
      await decide('01', [line('A', 'P-A', 30n)]);
      const more = { kind: 'adjustment' as const, totals: [total(-10n)] };
      await expect(decide('02', [line('A', 'P-A', -4n)], more)).rejects.toMatchObject({ code: 'decision-above-total' });
      await decide('02', [line('A', 'P-A', -10n)], more);
    });

    it('that details a detail, another year, or one that takes effect later', async () => {
      const root = await decide('01', [line('R', null, 30n)], { effectiveDate: `${year}-03-01` });
      const move = [line('R', null, -1n), line('A', 'P-A', 1n)];
      await expect(decide('02', move, { detailsDecisionId: root.id })).rejects.toMatchObject({
        code: 'detail-not-possible',
      });
      const march = { effectiveDate: `${year}-03-01` };
      const detail = await decide('02', move, { ...march, detailsDecisionId: root.id });
      await expect(decide('03', move, { ...march, detailsDecisionId: detail.id })).rejects.toMatchObject({
        code: 'detail-not-possible',
      });
      await openPlanYear(db, staff, ++year);
      await expect(decide('03', move, { detailsDecisionId: root.id })).rejects.toMatchObject({
        code: 'detail-not-possible',
      });
      await expect(decide('03', move, { detailsDecisionId: 999_999 })).rejects.toMatchObject({
        code: 'decision-unknown',
      });
    });

    it('by its kind: carried over without the series, cancelled with a positive line or below zero', async () => {
      await expect(decide('01', [line('A', 'P-A', 1n)], { kind: 'carried-over' })).rejects.toMatchObject({
        code: 'lines-refused',
        problems: [{ pointer: '/lines/0/carriedOver', code: 'line-not-carried-over' }],
      });
      await expect(decide('01', [line('A', 'P-A', 0n)], { kind: 'cancelled' })).rejects.toMatchObject({
        problems: [{ pointer: '/lines/0/amountDong', code: 'line-not-negative' }],
      });
      await decide('01', [line('A', 'P-A', 30n, { sourceCode: 'NSTW' }), line('A', 'P-A', 30n, { basis: 'pm' })]);
      // 30 of NSTW and 30 on the PM basis are no 30 of NSDP on the province basis.
      await expect(decide('02', [line('A', 'P-A', -1n)], { kind: 'cancelled' })).rejects.toMatchObject({
        code: 'plan-below-zero',
        facts: { project: 'P-A', source: 'NSDP', basis: 'province', month: 1, amount: '-1' },
      });
      await decide('02', [line('A', 'P-A', -30n, { sourceCode: 'NSTW' })], { kind: 'cancelled' });
    });

    it('cancels nothing that comes only later in the year', async () => {
      await decide('01', [line('A', 'P-A', 30n)], { effectiveDate: `${year}-06-01` });
      const march = { kind: 'cancelled' as const, effectiveDate: `${year}-03-01` };
      await expect(decide('02', [line('A', 'P-A', -30n)], march)).rejects.toMatchObject({
        code: 'plan-below-zero',
        facts: { month: 3 },
      });
    });
  });

  it('a decision that arrives late is told the first open month and its first day', async () => {
    await bookMonth(db, 1, {});
    await closeMonth(db, actorFor('approver'), Month.of(2024, 1));
    await closeMonth(db, actorFor('approver'), Month.of(2024, 2));
    await expect(
      decide('late', [line('A', 'P-A', 5n)], {
        planYear: 2024,
        decisionDate: '2024-01-20',
        effectiveDate: '2024-01-20',
      }),
    ).rejects.toMatchObject({
      code: 'month-closed',
      facts: { month: '2024-01' },
      problems: [{ pointer: '/effectiveDate', code: 'effective-from', facts: { month: '2024-03', day: '2024-03-01' } }],
    });
    const booked = await decide('late', [line('A', 'P-A', 5n)], {
      planYear: 2024,
      decisionDate: '2024-01-20',
      effectiveDate: '2024-03-01',
    });
    expect([booked.decisionDate, booked.effectiveDate]).toEqual(['2024-01-20', '2024-03-01']);
  });

  describe('the database itself refuses, past the program', () => {
    let sql: Client;
    beforeAll(async () => {
      sql = new Client({ connectionString: database.url });
      await sql.connect();
    });
    afterAll(() => sql?.end());
    /** SQLSTATE and constraint of the refusal of all statements in one transaction. */
    const refusal = async (statements: string[], client = sql): Promise<string> => {
      try {
        await client.query(`BEGIN; ${[...statements, DIRECT_EVENT].join('; ')}`);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        const { code, constraint } = error as DatabaseError;
        return `${code} ${constraint}`;
      }
      return 'went through';
    };
    const decision = (number: string, kind: string, details = 'NULL'): string =>
      `INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, details_decision_id,
         recorded_at, recorded_by)
       VALUES (${year}, '${number}', '${year}-01-10', '${year}-01-10', 'province', '${kind}', ${details}, now(), 'x')`;
    const id = (number: string): string =>
      `(SELECT id FROM allocation_decision WHERE plan_year = ${year} AND number = '${number}')`;
    const added = (number: string, project: string, amount: number, carried = false, unit = 'A'): string =>
      `INSERT INTO allocation_line (decision_id, plan_year, effective_month, basis, carried_over, unit_code, project_code,
         source_code, amount)
       VALUES (${id(number)}, ${year}, 1, 'province', ${carried}, '${unit}', ${project}, 'NSDP', ${amount})`;
    const stated = (number: string, amount: number): string =>
      `INSERT INTO allocation_decision_total VALUES (${id(number)}, 'NSDP', 'province', false, ${amount})`;

    it('a line above the total, in whatever order it is written', async () => {
      expect(await refusal([decision('F', 'initial'), added('F', "'P-A'", 11), stated('F', 10)])).toBe(
        'PT007 decision_total',
      );
      expect(await refusal([decision('F', 'initial'), stated('F', 10), added('F', "'P-A'", 10)])).toBe('went through');
      expect(await refusal([added('F', "'P-A'", 1)])).toBe('PT007 decision_total');
    });

    it('a transfer that does not sum to zero, judged when it is whole', async () => {
      expect(await refusal([decision('F', 'transfer'), added('F', "'P-A'", 5)])).toBe('PT007 transfer_not_zero');
      expect(
        await refusal([decision('F', 'transfer'), added('F', "'P-A'", 5), added('F', "'P-B'", -5, false, 'B')]),
      ).toBe('went through');
      expect(await refusal([added('F', "'P-A'", 1)])).toBe('PT007 transfer_not_zero');
    });

    it('a line that its decision cannot have, and a cancellation below zero', async () => {
      expect(await refusal([decision('F', 'carried-over'), added('F', "'P-A'", 5)])).toBe('PT007 decision_kind');
      expect(await refusal([decision('F', 'cancelled'), added('F', "'P-A'", 5)])).toBe('PT007 decision_kind');
      expect(await refusal([decision('F', 'cancelled'), added('F', "'P-A'", -5)])).toBe('PT007 plan_below_zero');
    });

    it('taking what is not there, and a detail of a detail', async () => {
      expect(await refusal([decision('F', 'adjustment'), added('F', 'NULL', -5)])).toBe('PT007 unassigned_capital');
      expect(await refusal([decision('F', 'initial'), added('F', 'NULL', 5)])).toBe('went through');
      expect(await refusal([decision('G', 'initial', id('F'))])).toBe('went through');
      expect(await refusal([decision('H', 'initial', id('G'))])).toBe('PT007 detail_of_root');
    });

    it('sums written by hand, totals changed', async () => {
      expect(await refusal(['UPDATE allocation_decision_sum SET to_projects = 0'])).toBe('PT005 kept_by_database');
      expect(await refusal(['DELETE FROM unassigned_capital'])).toBe('PT005 kept_by_database');
      expect(await refusal(['UPDATE allocation_decision_total SET amount = amount + 1'])).toBe('PT001 append_only');
      expect(await refusal(['DELETE FROM allocation_decision_total'])).toBe('PT001 append_only');
    });

    it.each(['READ COMMITTED', 'REPEATABLE READ'])(
      'the second of two who detail the same capital at once (%s)',
      async (isolation) => {
        await decide('01', [line('R', null, 30n)], { totals: [total(40n)] });
        const second = new Client({ connectionString: database.url });
        await second.connect();
        const detail = (number: string): string =>
          [
            decision(number, 'adjustment', id('01')),
            added(number, 'NULL', -30, false, 'R'),
            added(number, "'P-A'", 40),
            DIRECT_EVENT,
          ].join('; ');
        await sql.query(`BEGIN ISOLATION LEVEL ${isolation}; ${detail('02')}`);
        const other = (async () => {
          try {
            await second.query(`BEGIN ISOLATION LEVEL ${isolation}; ${detail('03')}`);
            await second.query('COMMIT');
            return 'went through';
          } catch (error) {
            return (error as DatabaseError).code;
          }
        })();
        await new Promise((resolve) => setTimeout(resolve, 150));
        await sql.query('COMMIT');
        // Waits for the first, then finds nothing left; a snapshot from before may not write at all.
        expect(await other).toBe(isolation === 'READ COMMITTED' ? 'PT007' : '40001');
        await second.end();
        expect(await unassigned()).toEqual([]);
      },
    );

    it('two cancellations of one project at once: the second finds it cancelled', async () => {
      await decide('01', [line('A', 'P-A', 30n)]);
      const cancel = (number: string) => decide(number, [line('A', 'P-A', -20n)], { kind: 'cancelled' });
      const outcomes = await Promise.allSettled([cancel('02'), cancel('03')]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'plan-below-zero' },
      });
    });
  });

  describe('the plan', () => {
    it('in force on any day, whole and per unit and project, page by page', async () => {
      await decide('01', [line('A', 'P-A', 40n), line('B', 'P-B', 30n), line('R', null, 5n)]);
      await decide('02', [line('A', 'P-A', -15n), line('B', 'P-B', 15n)], {
        kind: 'transfer',
        effectiveDate: `${year}-05-10`,
      });
      await decide('03', [line('A', 'P-A', 9n, { carriedOver: true }), line('A', 'P-A', 12n, { basis: 'pm' })], {
        effectiveDate: `${year}-05-10`,
        kind: 'supplement',
      });
      const rows = async (on: string, more: object = {}): Promise<unknown[]> =>
        (await planInForce(db, staff, { planYear: year, on, limit: 50, ...more })).map(
          ({ project, unit, basis, carriedOver, amount }) =>
            [project?.code ?? unit.code, basis, carriedOver, Number(amount)] as unknown,
        );
      expect(await rows(`${year}-05-09`)).toEqual([
        ['P-A', 'province', false, 40],
        ['P-B', 'province', false, 30],
        ['R', 'province', false, 5],
      ]);
      const may = [
        ['P-A', 'pm', false, 12],
        ['P-A', 'province', false, 25],
        ['P-A', 'province', true, 9],
        ['P-B', 'province', false, 45],
        ['R', 'province', false, 5],
      ];
      expect(await rows(`${year}-05-10`)).toEqual(may);
      expect(await rows(`${year}-05-10`, { unitCode: 'B' })).toEqual([may[3]]);
      expect(await rows(`${year}-05-10`, { projectCode: 'P-A', basis: 'province' })).toEqual([may[1], may[2]]);
      const paged: unknown[] = [];
      let after: readonly [string | null, string, string, boolean, string] | undefined;
      for (let page = 0; page < 5; page++) {
        const [row] = await planInForce(db, staff, {
          planYear: year,
          on: `${year}-05-10`,
          limit: 1,
          ...(after ? { after } : {}),
        });
        if (!row) break;
        paged.push([row.project?.code ?? row.unit.code, row.basis, row.carriedOver, Number(row.amount)]);
        after = [row.project?.code ?? null, row.source.code, row.basis, row.carriedOver, row.unit.code];
      }
      expect(paged).toEqual(may);
    });

    it('of a project has a history with running totals, each basis and series its own', async () => {
      await decide('01', [line('A', 'P-A', 40n), line('A', 'P-A', 30n, { sourceCode: 'NSTW' })]);
      await decide('02', [line('A', 'P-A', -15n), line('B', 'P-B', 15n)], {
        kind: 'transfer',
        effectiveDate: `${year}-05-10`,
      });
      await decide('03', [line('A', 'P-A', 12n, { basis: 'pm' })], { effectiveDate: `${year}-03-01` });
      const history = await planHistory(db, staff, 'P-A', year);
      expect(
        history.map(({ decision, basis, amount, running, runningOfSource }) =>
          [decision.number, basis, ...[amount, running, runningOfSource].map(Number)].join(' '),
        ),
      ).toEqual(['01 province 40 40 40', '01 province 30 70 30', '03 pm 12 12 12', '02 province -15 55 25']);
      await expect(planHistory(db, actorFor('reporter', 'r', ['B']), 'P-A', year)).rejects.toMatchObject({
        code: 'project-not-found',
      });
    });

    it('totals by source, level, who decided and programme add up to the same', async () => {
      await direct(db, "UPDATE project SET programme = 'NTM' WHERE code = 'P-B'");
      await decide('01', [line('A', 'P-A', 40n), line('B', 'P-B', 30n, { sourceCode: 'NSTW' }), line('R', null, 5n)]);
      await decide('02', [line('A', 'P-A', 40n, { basis: 'pm' })], { level: 'central' });
      const totals = await planTotals(db, staff, { planYear: year, on: `${year}-12-31`, basis: 'province' });
      expect(totals.all).toMatchObject([{ amount: 75n, unassigned: 5n }]);
      expect(totals.bySource.map(({ source, amount }) => [source.code, amount])).toEqual([
        ['NSDP', 45n],
        ['NSTW', 30n],
      ]);
      expect(totals.byLevel.map(({ level, amount }) => [level, amount])).toEqual([
        ['local', 45n],
        ['central', 30n],
      ]);
      expect(totals.byDecisionLevel).toMatchObject([{ decisionLevel: 'province', amount: 75n }]);
      const programmes = totals.byProgramme.map(({ programme, amount }) => [programme, amount]);
      expect(programmes).toEqual(
        expect.arrayContaining([
          ['none', 40n],
          ['NTM', 30n],
          [null, 5n],
        ]),
      );
    });
  });

  describe('the medium-term plan', () => {
    it('warns when the annual plans of the years exceed it, and no more once a decision raises it', async () => {
      year = 2061;
      await openPlanYear(db, staff, 2061);
      await openPlanYear(db, staff, 2062);
      const plan = (amount: bigint, allocatedBefore = 0n) => ({
        periodStart: 2061,
        decisionNo: 'NQ 15',
        decisionDate: '2060-12-10',
        lines: [{ sourceCode: 'NSDP', amount, allocatedBefore }],
      });
      await setMediumTermPlan(db, staff, 'P-A', plan(100n, 10n), 0);
      const first = await decide('01', [line('A', 'P-A', 60n), line('B', 'P-B', 500n)]);
      expect(first.mediumTermExcess).toEqual([]);
      // 10 before the books + 60 + 31 = 101; what is carried over was in last year's plan.
      const second = await decide('02', [line('A', 'P-A', 31n), line('A', 'P-A', 9n, { carriedOver: true })], {
        planYear: 2062,
        decisionDate: '2062-01-05',
        effectiveDate: '2062-01-05',
      });
      expect(second.mediumTermExcess).toEqual([
        {
          project: { code: 'P-A', name: 'Dự án của A' },
          source: { code: 'NSDP', name: 'NSĐP cân đối' },
          mediumTerm: 100n,
          annual: 101n,
          excess: 1n,
        },
      ]);
      const filter = { periodStart: 2061, limit: 9 };
      expect((await mediumTermExcess(db, staff, filter)).total).toBe(1);
      expect((await mediumTermExcess(db, actorFor('reporter', 'r', ['B']), filter)).items).toEqual([]);
      const [row] = await mediumTermPlanOf(db, staff, 'P-A', 2061);
      expect(row).toMatchObject({
        annual: [
          { year: 2061, amount: 60n },
          { year: 2062, amount: 31n },
        ],
        excess: 1n,
      });
      const seen = row?.updatedAt?.getTime() ?? 0;
      await expect(setMediumTermPlan(db, staff, 'P-A', plan(101n), seen - 1)).rejects.toMatchObject({
        code: 'project-changed-meanwhile',
      });
      await setMediumTermPlan(db, staff, 'P-A', plan(101n, 10n), seen);
      expect((await mediumTermExcess(db, staff, filter)).items).toEqual([]);
      const [audit]: { n: string }[] = await db.query(
        "SELECT count(*) AS n FROM audit_event WHERE action = 'medium-term-plan.set'",
      );
      expect(Number(audit?.n)).toBe(2);
    });
  });
});
