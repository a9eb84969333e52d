import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, Month, systemActor } from '#libs/kernel';
import {
  openPlanYear,
  recordAllocationDecision,
  recordDisbursements,
  submitReport,
  type DecisionKind,
  type NewAllocationLine,
  type NewDisbursement,
} from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { POLICY_DEFAULTS } from '#libs/monitoring/rule';
import { issueNotices, releaseAnnouncement } from '#libs/notices';
import { registerKeyProjects, registerProjects, type CapitalType } from '#libs/projects';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, closeMonth, smallOffice, UNITS } from '../harness/small-office.js';

/**
 * The small office in 2024, so that every figure can be checked with a pencil (đồng):
 *
 *   unit  plan                                   pm   Jan  Feb  Mar  Apr
 *   A     100, from April 120 (P-A)              80     6    6    6    0   April: no report
 *   B     100 (P-B)                              80    14   14   14    2
 *   C     60 (P-C) + 40 (K-1)                    80    10    0    0   70   April: 40 on P-C, 30 on K-1
 *   D     270 (P-D) + 30 (Q-D)                    –    60   60   60   26   January: 40 on P-D, 20 on Q-D; April: no report
 *   R     50, the reserve
 *   sum   600, from April 620, without R        240    90   80   80   98
 *   cumulative                                         90  170  250  348
 *
 * Average: 90/600 = 15 %, 170/600 = 28.33 %, 250/600 = 41.66 %, 348/620 = 56.12 %.
 * A has carried-over capital of 30 beside it. T1 looks after A and B, T2 after C, nobody after D.
 */
describe('what is read', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let inspector: Caller;
  const job = systemActor('job');
  const clerk = actorFor('staff');

  // Read models are deep; each test says which part of the body it is about.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Body = any;
  const read = async (path: string, caller = staff): Promise<Body> => (await caller.get(path).expect(200)).body as Body;

  const line = (
    unitCode: string,
    projectCode: string | null,
    amount: bigint,
    more: Partial<NewAllocationLine> = {},
  ) => ({
    basis: 'province' as const,
    carriedOver: false,
    unitCode,
    projectCode,
    sourceCode: 'NSDP',
    amount,
    ...more,
  });
  const decide = (number: string, day: string, kind: DecisionKind, lines: NewAllocationLine[]): Promise<unknown> =>
    recordAllocationDecision(api.db, clerk, {
      planYear: Number(day.slice(0, 4)),
      number,
      decisionDate: day,
      effectiveDate: day,
      level: 'province',
      kind,
      note: '',
      lines,
    });
  const pay = (project: string, amount: bigint, more: Partial<NewDisbursement> = {}): NewDisbursement => ({
    unitCode: project === 'K-1' ? 'C' : project.slice(2),
    projectCode: project,
    sourceCode: 'NSDP',
    kind: 'payment',
    carriedOver: false,
    basis: 'actual',
    amount,
    documentNo: null,
    documentDate: null,
    reason: null,
    corrects: null,
    ...more,
  });
  async function month(
    planYear: number,
    number: number,
    entries: NewDisbursement[],
    reporting: readonly string[] = UNITS,
  ): Promise<void> {
    const period = Month.of(planYear, number);
    if (entries.length > 0) await recordDisbursements(api.db, clerk, period, entries);
    for (const unit of reporting) await submitReport(api.db, clerk, period, unit);
    await closeMonth(api.db, actorFor('approver'), period);
    const evaluation = await evaluateMonth(api.db, job, { planYear, month: number, monthVersion: 1 });
    await issueNotices(api.db, job, evaluation?.id ?? 0);
  }
  const project = (
    code: string,
    unitCode: string | null,
    more: { parentCode?: string; capitalType?: CapitalType; investorName?: string } = {},
  ) => ({
    code,
    nationalCode: null,
    name: `Dự án ${code}`,
    parentCode: null,
    investorName: null,
    capitalType: 'public' as const,
    programme: 'none' as const,
    totalInvestment: null,
    totalInvestmentNote: null,
    unitCode,
    places: [],
    ...more,
  });

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await direct(api.db, "UPDATE instance_setting SET business_date = '2026-12-31'");
    const system = systemActor('command-line');
    await registerProjects(api.db, system, [
      project('Q-D', 'D'),
      project('K', null),
      project('K-1', 'C', { parentCode: 'K' }),
      project('PPP', null, { capitalType: 'ppp', investorName: 'Công ty X' }),
    ]);
    const listed = (
      ordinal: number,
      projectCode: string | null,
      origin: 'new' | 'carried-over' | 'unexplained',
      capitalType: CapitalType = 'public',
    ) => ({
      ordinal,
      projectCode,
      name: projectCode ? `Dự án ${projectCode}` : `Dự án chưa nêu tên ${ordinal}`,
      capitalType,
      origin,
    });
    await registerKeyProjects(
      api.db,
      system,
      { year: 2024, declaredCount: 33, noteVi: 'Báo cáo nêu 33', noteEn: 'The report says 33' },
      [
        listed(1, 'P-A', 'new'),
        listed(2, 'P-B', 'new'),
        listed(3, 'P-C', 'carried-over'),
        listed(4, 'Q-D', 'carried-over'),
        listed(5, 'K', 'new'),
        listed(6, 'PPP', 'new', 'ppp'),
        listed(7, null, 'carried-over', 'unknown'),
        listed(8, null, 'unexplained', 'unknown'),
      ],
      [{ projectCode: 'P-D', likelihood: 'very-likely', sourceNote: 'báo' }],
    );
    await decide('02', '2024-01-03', 'initial', [
      line('D', 'P-D', 170n),
      line('D', 'Q-D', 30n),
      line('R', null, 50n),
      line('A', 'P-A', 30n, { carriedOver: true }),
      ...['A', 'B', 'C'].map((unit) => line(unit, `P-${unit}`, 80n, { basis: 'pm' })),
    ]);
    await decide('03', '2024-01-04', 'transfer', [line('C', 'P-C', -40n), line('C', 'K-1', 40n)]);
    await decide('04', '2024-04-10', 'adjustment', [line('A', 'P-A', 20n)]);
    await month(2024, 1, [pay('P-A', 6n), pay('P-B', 14n), pay('P-C', 10n), pay('P-D', 40n), pay('Q-D', 20n)]);
    await month(2024, 2, [pay('P-A', 6n), pay('P-B', 14n), pay('P-D', 60n)]);
    await month(2024, 3, [pay('P-A', 6n), pay('P-B', 14n), pay('P-D', 60n)]);
    await month(2024, 4, [pay('P-B', 2n), pay('P-C', 40n), pay('K-1', 30n), pay('P-D', 26n)], ['B', 'C']);
    await releaseAnnouncement(api.db, actorFor('approver', 'approver2'), Month.of(2024, 3));
    staff = await api.signIn('staff');
    inspector = await api.signIn('inspector');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  describe('GET /overviews/2024-03', () => {
    let body: Body;
    beforeAll(async () => void (body = await read('/overviews/2024-03')));
    const unit = (code: string): Body => body.units.find((row: { code: string }) => row.code === code);

    it('says which month, by which policy and definition, out of which evaluation', async () => {
      expect(body).toMatchObject({
        month: { month: '2024-03', state: 'closed', evaluated: true, announcement: 'released' },
        planYear: 2024,
        throughMonth: 3,
        illustrative: false,
        policy: { version: 1, thresholdMonths: 3, planBasis: 'province', method: 'pooled', scope: 'all' },
      });
      expect(body.definition.vi).toContain('kế hoạch tỉnh giao đang hiệu lực đến 31/03/2024');
      const evaluation = await read('/evaluations/2024-03');
      expect(body.hashes).toEqual(evaluation.hashes);
      expect(body.definition).toEqual(evaluation.definition);
    });

    it('quotes the province on both bases, and how each moved since the month before', () => {
      // 250/600 − 170/600 = 80/600; 250/240 − 170/240 = 80/240.
      expect(body.bases).toEqual([
        {
          basis: 'province',
          used: true,
          isAssigned: true,
          planDong: 600,
          disbursedDong: 250,
          rate: { numerator: '5', denominator: '12', percent: '41.6666' },
          changePoints: '13.3333',
          previousMonth: 2,
        },
        {
          basis: 'pm',
          used: false,
          isAssigned: true,
          planDong: 240,
          disbursedDong: 250,
          rate: { numerator: '250', denominator: '240', percent: '104.1666' },
          changePoints: '33.3333',
          previousMonth: 2,
        },
      ]);
    });

    it('quotes it without the largest project too: P-D has 270 of 600', () => {
      // (250 − 160)/(600 − 270) = 90/330; in February (170 − 100)/330; 20/330 more.
      expect(body.withoutLargestProject).toEqual({
        project: { code: 'P-D', name: 'Dự án của D' },
        unit: { code: 'D', name: 'Đơn vị D' },
        planDong: 270,
        planSharePercent: '45.0000',
        rate: { numerator: '90', denominator: '330', percent: '27.2727' },
        changePoints: '6.0606',
      });
    });

    it('gives the average of each month beside what the month alone disbursed', () => {
      expect(body.averages).toMatchObject([
        { month: 1, group: '*', rate: { percent: '15.0000' }, ownRate: { numerator: '90', denominator: '600' } },
        { month: 2, group: '*', rate: { percent: '28.3333' }, ownRate: { numerator: '80', denominator: '600' } },
        { month: 3, group: '*', rate: { percent: '41.6666' }, ownRate: { numerator: '80', denominator: '600' } },
      ]);
    });

    it('counts: four rated, A and C below, flagged and new; the reserve apart', () => {
      expect(body).toMatchObject({
        ratedCount: 4,
        belowCount: 2,
        flaggedCount: 2,
        newCount: 2,
        clearedCount: 0,
        missingCount: 0,
        reservePlanDong: 50,
      });
    });

    it('adds up the gaps: A ⌈(250·100 − 18·600)/500⌉ = 29, C ⌈(250·100 − 10·600)/500⌉ = 38', () => {
      expect([unit('A').gapDong, unit('C').gapDong, unit('B').gapDong]).toEqual([29, 38, 0]);
      expect([body.totalGapDong, body.flaggedGapDong]).toEqual([67, 67]);
    });

    it('lists who is below by gap, then the others by rate', () => {
      // C lacks 38, A 29; D has 60 %, B 42 %.
      expect(body.units.map(({ code }: { code: string }) => code)).toEqual(['C', 'A', 'D', 'B']);
    });

    it('tells of each unit what the screen shows', () => {
      expect(unit('A')).toMatchObject({
        name: 'Đơn vị A',
        shortName: 'A',
        kind: 'investor',
        status: 'below',
        planDong: 100,
        disbursedDong: 18,
        rate: { percent: '18.0000' },
        // 18 % − 41.66… %
        differencePoints: '-23.6666',
        pmPlanDong: 80,
        pmRate: { percent: '22.5000' },
        gapAttainable: true,
        streak: 3,
        flagged: true,
        change: 'new',
        team: { code: 'T1', name: 'Đoàn 1' },
      });
      expect(unit('D')).toMatchObject({
        status: 'at-or-above',
        differencePoints: '18.3333',
        streak: 0,
        change: null,
        team: null,
      });
    });

    it('a unit without a pm line has no rate on that basis, rather than 0 % or ∞', () => {
      expect([unit('D').pmPlanDong, unit('D').pmRate]).toEqual([0, null]);
    });

    it('gives the months behind it: cumulative rate, the month’s own rate, distance, run', () => {
      expect(unit('C').cells).toMatchObject([
        {
          month: 1,
          status: 'below',
          rate: { percent: '10.0000' },
          ownRate: { percent: '10.0000' },
          differencePoints: '-5.0000',
          streak: 1,
          flagged: false,
        },
        {
          month: 2,
          status: 'below',
          rate: { percent: '10.0000' },
          ownRate: { percent: '0.0000' },
          differencePoints: '-18.3333',
          streak: 2,
          flagged: false,
        },
        {
          month: 3,
          status: 'below',
          rate: { percent: '10.0000' },
          ownRate: { percent: '0.0000' },
          differencePoints: '-31.6666',
          streak: 3,
          flagged: true,
        },
      ]);
    });

    it('is one province on every figure (I5): units add up to the basis, the evaluation and the lists', async () => {
      const sum = (field: string): number =>
        body.units.reduce((all: number, row: Record<string, number>) => all + (row[field] ?? 0), 0);
      expect([sum('planDong'), sum('disbursedDong'), sum('pmPlanDong')]).toEqual([600, 250, 240]);
      const { units } = await read('/evaluations/2024-03');
      expect(units.reduce((all: number, row: { planDong: number }) => all + row.planDong, 0)).toBe(600);
      expect((await read('/disbursements?planYear=2024&throughMonth=3')).totalDong).toBe(250);
      // With the reserve, without the other series: 600 + 50.
      const lines = await read('/allocation-lines?planYear=2024&throughMonth=3&basis=province&limit=200');
      const year = lines.items.filter((row: { carriedOver: boolean }) => !row.carriedOver);
      expect(year.reduce((all: number, row: { amountDong: number }) => all + row.amountDong, 0)).toBe(650);
      expect(lines.totalDong).toBe(680);
    });
  });

  describe('the months around it', () => {
    it('February: who completes the third month in March, and how many đồng avoid it', async () => {
      const { nextMonth, bases } = await read('/overviews/2024-02');
      // Pool 170 of 600: C ⌈(17000 − 10·600)/500⌉ = 22, A ⌈(17000 − 12·600)/500⌉ = 20, B ⌈(17000 − 28·600)/500⌉ = 1.
      expect(nextMonth).toEqual([
        { unit: { code: 'C', name: 'Đơn vị C' }, shortName: 'C', gapDong: 22, streak: 2 },
        { unit: { code: 'A', name: 'Đơn vị A' }, shortName: 'A', gapDong: 20, streak: 2 },
        { unit: { code: 'B', name: 'Đơn vị B' }, shortName: 'B', gapDong: 1, streak: 2 },
      ]);
      // 170/600 − 90/600 = 80/600
      expect(bases[0].changePoints).toBe('13.3333');
    });

    it('January has no month before it: no change, and no largest project’s either', async () => {
      const { bases, withoutLargestProject } = await read('/overviews/2024-01');
      expect(
        bases.map((row: { changePoints: null; previousMonth: null }) => [row.changePoints, row.previousMonth]),
      ).toEqual([
        [null, null],
        [null, null],
      ]);
      expect(withoutLargestProject.changePoints).toBeNull();
    });

    it('April: C cleared, A and D did not report: missing is not zero, nor below, nor flagged (I9)', async () => {
      const body = await read('/overviews/2024-04');
      const unit = (code: string): Body => body.units.find((row: { code: string }) => row.code === code);
      expect(body).toMatchObject({
        ratedCount: 4,
        belowCount: 1,
        flaggedCount: 0,
        newCount: 0,
        clearedCount: 1,
        missingCount: 2,
        month: { reportsExpected: 4, reportsReceived: 2, announcement: 'draft' },
      });
      expect(body.month.missingUnits.map(({ code }: { code: string }) => code)).toEqual(['A', 'D']);
      // What the books hold stays in the pool: 348 of 620. B: ⌈(348·100 − 44·620)/520⌉ = ⌈7520/520⌉ = 15.
      expect(body.bases[0]).toMatchObject({ planDong: 620, disbursedDong: 348, rate: { percent: '56.1290' } });
      expect([unit('B').gapDong, unit('A').gapDong, unit('D').gapDong]).toEqual([15, 0, 0]);
      expect([unit('A').status, unit('A').streak, unit('A').flagged, unit('A').change]).toEqual([
        'missing',
        3,
        false,
        null,
      ]);
      expect(unit('C').change).toBe('cleared');
      // Below; then who is silent and would be below; then the rest by rate: C 80 %, D 68 %.
      expect(body.units.map(({ code }: { code: string }) => code)).toEqual(['B', 'A', 'C', 'D']);
    });

    it('March still reads as it was published, though books and teams moved on since', async () => {
      const { units } = await read('/overviews/2024-03');
      expect(units.find((row: { code: string }) => row.code === 'A')).toMatchObject({
        planDong: 100,
        disbursedDong: 18,
      });
    });
  });

  describe('GET /evaluations/2024-03/units/A', () => {
    it('explains the line down to the decisions, entries and report it rests on', async () => {
      const body = await read('/evaluations/2024-03/units/A');
      expect(body).toMatchObject({
        month: '2024-03',
        unit: { code: 'A', kind: 'investor', group: 'provincial' },
        status: 'below',
        flagged: true,
        method: 'pooled',
        planBasis: 'province',
        average: {
          group: '*',
          rate: { numerator: '5', denominator: '12' },
          poolDisbursedDong: 250,
          poolPlanDong: 600,
          unitsInPool: 4,
        },
        planDong: 100,
        disbursedDong: 18,
        rate: { percent: '18.0000' },
        differencePoints: '-23.6666',
        thresholdMonths: 3,
        gapDong: 29,
        gapAttainable: true,
        remainingPlanDong: 82,
        // The first decision's line alone: pm and carried-over lines are other series, April's is later. Three entries.
        sources: { decisions: 1, lines: 1, entries: 3, reportedOn: '2026-12-31' },
        monthVersion: 1,
        policyVersion: 1,
      });
      expect(body.months.map((row: { streak: number }) => row.streak)).toEqual([1, 2, 3]);
      expect(body.months.map((row: { average: { percent: string } }) => row.average.percent)).toEqual([
        '15.0000',
        '28.3333',
        '41.6666',
      ]);
      expect(body.hashes).toEqual((await read('/evaluations/2024-03')).hashes);
    });

    it('a month that was not reported says so', async () => {
      const body = await read('/evaluations/2024-04/units/A');
      expect(body).toMatchObject({
        status: 'missing',
        flagged: false,
        gapDong: 0,
        sources: { decisions: 2, lines: 2, entries: 3, reportedOn: null },
      });
    });

    it('the reserve is in no result', async () => {
      const { body } = await staff.get('/evaluations/2024-03/units/R').expect(404);
      expect(body.code).toBe('evaluation-unit-missing');
    });
  });

  describe('GET /units/A/year', () => {
    it('gives the year up to April: each month’s own payment, the plan as it moved, the other series apart', async () => {
      const body = await read('/units/A/year?planYear=2024&throughMonth=4');
      expect(
        body.months.map((row: Body) => [
          row.month,
          row.planDong,
          row.disbursedDong,
          row.ownDisbursedDong,
          row.status,
          row.streak,
        ]),
      ).toEqual([
        [1, 100, 6, 6, 'below', 1],
        [2, 100, 12, 6, 'below', 2],
        [3, 100, 18, 6, 'below', 3],
        [4, 120, 18, 0, 'missing', 3],
      ]);
      expect(body.plan).toEqual({
        initialDong: 100,
        adjustmentsDong: 20,
        inForceDong: 120,
        carriedOverDong: 30,
        at: '2024-04-30',
      });
      expect(body.current).toMatchObject({
        status: 'missing',
        planDong: 120,
        disbursedDong: 18,
        rate: { percent: '15.0000' },
        averageRate: { numerator: '87', denominator: '155' },
        pmPlanDong: 80,
        pmRate: { percent: '22.5000' },
        gapDong: 0,
      });
      expect(body.unit).toMatchObject({ code: 'A', team: { code: 'T1' } });
    });

    it('the same year up to March is another view: no adjustment yet', async () => {
      const { plan, months } = await read('/units/A/year?planYear=2024&throughMonth=3');
      expect([plan.inForceDong, plan.adjustmentsDong, plan.at, months.length]).toEqual([100, 0, '2024-03-31', 3]);
    });
  });

  describe('GET /key-projects?year=2024', () => {
    it('sets what the report declares beside what is registered: 33; 8 here, of which 7 explained and 6 named', async () => {
      const body = await read('/key-projects?year=2024');
      expect([body.declaredCount, body.items.length, body.explainedCount, body.namedCount]).toEqual([33, 8, 7, 6]);
      expect(body.month).toBe('2024-04');
      expect(body.note).toEqual({ vi: 'Báo cáo nêu 33', en: 'The report says 33' });
      expect(body.unlisted).toMatchObject([{ projectCode: 'P-D', likelihood: 'very-likely', sourceNote: 'báo' }]);
    });

    it('April: behind by the average, behind by three months of nothing, on track, no data', async () => {
      const { items } = await read('/key-projects?year=2024');
      // Average 56.12 %. P-A 18/120, P-B 44/100, P-C 50/60, Q-D 20/30 with nothing since January, K = K-1 30/40.
      expect(items.map((row: Body) => [row.name, row.state, row.behindBecause, row.rate?.percent ?? null])).toEqual([
        ['Dự án P-A', 'behind', 'below-average', '15.0000'],
        ['Dự án P-B', 'behind', 'below-average', '44.0000'],
        ['Dự án P-C', 'on-track', null, '83.3333'],
        ['Dự án Q-D', 'behind', 'nothing-disbursed', '66.6666'],
        ['Dự án K', 'on-track', null, '75.0000'],
        ['Dự án PPP', 'no-data', null, null],
        ['Dự án chưa nêu tên 7', 'no-data', null, null],
        ['Dự án chưa nêu tên 8', 'no-data', null, null],
      ]);
    });

    it('both bases, the judging one marked; where no pm line stands there is no rate, which is not 0 %', async () => {
      const { items, planBasis } = await read('/key-projects?year=2024');
      expect(planBasis).toBe('province');
      const bases = items.map((row: Body) =>
        row.bases.map(({ basis, used, isAssigned, planDong, rate }: Body) =>
          [basis, used, isAssigned, planDong, rate?.percent ?? null].join(' '),
        ),
      );
      // P-A: 18 of 120, and of the 80 that the Prime Minister assigned; Q-D and K have province lines only.
      expect(bases[0]).toEqual(['province true true 120 15.0000', 'pm false true 80 22.5000']);
      expect(bases[1]).toEqual(['province true true 100 44.0000', 'pm false true 80 55.0000']);
      expect(bases[3]).toEqual(['province true true 30 66.6666', 'pm false false 0 ']);
      expect(bases[4]).toEqual(['province true true 40 75.0000', 'pm false false 0 ']);
      expect(bases[5]).toEqual([]);
    });

    it('money of a parent is that of its components; PPP and unnamed ones show none rather than 0', async () => {
      const { items } = await read('/key-projects?year=2024');
      expect(items[4]).toMatchObject({ projectCode: 'K', planDong: 40, disbursedDong: 30, unit: null });
      expect(items[5]).toMatchObject({ investorName: 'Công ty X', planDong: null, disbursedDong: null, named: true });
      expect(items[6]).toMatchObject({ projectCode: null, planDong: null, disbursedDong: null, named: false });
    });

    it('March: Q-D had its money within the three months, and is on track; K has a plan and no money', async () => {
      const { items, month: at } = await read('/key-projects?year=2024&month=2024-03');
      expect(at).toBe('2024-03');
      expect([items[3].state, items[4].state, items[4].rate.percent]).toEqual(['on-track', 'behind', '0.0000']);
    });

    it('the overview names those that are behind, in the order of the list', async () => {
      const { laggingKeyProjects } = await read('/overviews/2024-04');
      // 15 − 56.129…, 44 − 56.129…, 66.666… − 56.129… points
      expect(laggingKeyProjects).toEqual([
        { ordinal: 1, name: 'Dự án P-A', differencePoints: '-41.1290', reason: 'below-average' },
        { ordinal: 2, name: 'Dự án P-B', differencePoints: '-12.1290', reason: 'below-average' },
        { ordinal: 4, name: 'Dự án Q-D', differencePoints: '10.5376', reason: 'nothing-disbursed' },
      ]);
    });

    it('a year without a list', async () => {
      expect(await read('/key-projects?year=2019')).toMatchObject({
        declaredCount: 0,
        items: [],
        unlisted: [],
        month: null,
      });
    });
  });

  describe('GET /notices', () => {
    const brief = (row: Body): string => `${row.audience} ${row.recipient.code} ${row.state}`;

    it('March: a notice to each team, a letter to each flagged unit, the announcement; all released', async () => {
      const { items, total } = await read('/notices?month=2024-03');
      expect(items.map(brief).sort()).toEqual([
        'announcement province issued',
        'team T1 issued',
        'team T2 closed',
        'unit A issued',
        'unit C issued',
      ]);
      const { timeline } = items.find(({ recipient }: Body) => recipient.code === 'T2');
      expect(timeline.at(-1)).toMatchObject({ what: 'closed', because: 'Hết cảnh báo: C', month: '2024-04' });
      expect(total).toBe(5);
    });

    it('a line says why, with the figures and the months behind it', async () => {
      const { items } = await read('/notices?month=2024-03&audience=team', inspector);
      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({
        month: '2024-03',
        monthVersion: 1,
        fallback: false,
        average: { percent: '41.6666' },
      });
      expect(items[0].lines).toMatchObject([
        {
          kind: 'new-case',
          unit: { code: 'A' },
          streak: 3,
          planDong: 100,
          disbursedDong: 18,
          gapDong: 29,
          rate: { percent: '18.0000' },
          differencePoints: '-23.6666',
        },
      ]);
      expect(items[0].lines[0].cells).toHaveLength(3);
    });

    it('the announcement has the list, the largest gap first', async () => {
      const { items } = await read('/notices?month=2024-03&audience=announcement');
      expect(items[0].lines.map((row: Body) => [row.unit.code, row.gapDong])).toEqual([
        ['C', 38],
        ['A', 29],
      ]);
      expect(items[0].subject).toBe('Kết quả giải ngân vốn đầu tư công tháng 3 năm 2024');
    });

    it('April: missing reports go to the team, and to the named fallback for the unit that no team looks after', async () => {
      const { items } = await read('/notices?month=2024-04');
      expect(items.map(brief).sort()).toEqual(['announcement province draft', 'team T0 issued', 'team T1 issued']);
      const of = (team: string): Body => items.find((row: Body) => row.recipient.code === team);
      expect(of('T0')).toMatchObject({ fallback: true, lines: [{ kind: 'missing-report', unit: { code: 'D' } }] });
      expect(of('T1')).toMatchObject({ fallback: false, lines: [{ kind: 'missing-report', unit: { code: 'A' } }] });
      expect(items.find((row: Body) => row.audience === 'announcement').lines).toEqual([]);
    });

    it('counts what waits for the inspector, and one less once it is acknowledged', async () => {
      const before = await read('/notices', inspector);
      expect(before.waiting).toBe(2);
      const mine = before.items.find((row: Body) => row.audience === 'team');
      const { body } = await inspector.post(`/notices/${mine.id}/acknowledgement`, { note: 'Đã nhận' }).expect(200);
      expect(body).toMatchObject({
        state: 'acknowledged',
        acknowledgedBy: 'inspector',
        acknowledgementNote: 'Đã nhận',
      });
      expect((await read('/notices', inspector)).waiting).toBe(1);
      const again = await inspector.post(`/notices/${mine.id}/acknowledgement`, {}).expect(409);
      expect(again.body).toMatchObject({ code: 'notice-acknowledged' });
    });
  });

  describe('GET /warning-cases', () => {
    it('newest first, each with what every month did to it', async () => {
      const { items, total } = await read('/warning-cases');
      expect(total).toBe(2);
      expect(items).toMatchObject([
        {
          unit: { code: 'C' },
          openedMonth: 3,
          state: 'cleared',
          endedMonth: 4,
          endReason: null,
          steps: [
            { month: 3, change: 'new' },
            { month: 4, change: 'cleared' },
          ],
        },
        {
          unit: { code: 'A' },
          openedMonth: 3,
          state: 'open',
          endedMonth: null,
          // Silence neither flags nor clears.
          steps: [
            { month: 3, change: 'new' },
            { month: 4, change: 'paused' },
          ],
        },
      ]);
    });

    it.each([
      ['open', ['A']],
      ['cleared', ['C']],
      ['ended', []],
    ])('by state: %s', async (state, codes) => {
      const { items, total } = await read(`/warning-cases?state=${state}`);
      expect([items.map((row: Body) => row.unit.code), total]).toEqual([codes, codes.length]);
    });

    it.each([
      ['A', ['A']],
      ['B', []],
    ])('of one unit: %s', async (code, codes) => {
      const { items, total } = await read(`/warning-cases?unit=${code}`);
      expect([items.map((row: Body) => row.unit.code), total]).toEqual([codes, codes.length]);
    });

    it('page by page', async () => {
      const first = await read('/warning-cases?limit=1');
      const second = await read(`/warning-cases?limit=1&cursor=${first.nextCursor}`);
      expect([first.items[0].unit.code, second.items[0].unit.code, second.nextCursor]).toEqual(['C', 'A', null]);
    });
  });

  describe('GET /months?planYear=2024', () => {
    it('thirteen months, with who owes a report and what became of each', async () => {
      const { items, latestClosed, planYear } = await read('/months?planYear=2024');
      expect([planYear, latestClosed, items.length]).toEqual([2024, '2024-04', 13]);
      expect(items[2]).toMatchObject({
        month: '2024-03',
        state: 'closed',
        version: 1,
        evaluated: true,
        announcement: 'released',
        reportsExpected: 4,
        reportsReceived: 4,
        missingUnits: [],
        closedBy: 'approver',
        closedOn: '2026-12-31',
      });
      expect(items[4]).toMatchObject({
        month: '2024-05',
        state: 'open',
        evaluated: false,
        announcement: 'none',
        reportsReceived: 0,
        closedBy: null,
      });
      expect(items[12]).toMatchObject({ month: '2024-13', end: '2025-01-31' });
      // D follows A in the alphabet; the reserve owes none.
      expect(items[3].missingUnits).toEqual([
        { code: 'A', name: 'Đơn vị A' },
        { code: 'D', name: 'Đơn vị D' },
      ]);
    });
  });

  describe('a month that is not there yet', () => {
    it('closed and not evaluated, open, or of a year that is not open: no result, no half of one', async () => {
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, 5));
      for (const at of ['2024-05', '2024-06', '2031-01'])
        for (const path of [`/overviews/${at}`, `/evaluations/${at}`, `/evaluations/${at}/units/A`]) {
          const { body, status } = await staff.get(path);
          expect([path, status, body.code]).toEqual([path, 404, 'evaluation-missing']);
        }
      expect(await read('/months/2024-05')).toMatchObject({ state: 'closed', evaluated: false, announcement: 'none' });
      await evaluateMonth(api.db, job, { planYear: 2024, month: 5, monthVersion: 1 });
      await read('/overviews/2024-05');
    });
  });

  /** 2025: A 10 of 100, B 250 of 100; C and D have no plan. The pool is at 260/200 = 130 %. */
  describe('a year above its plan, without pm lines', () => {
    let body: Body;
    beforeAll(async () => {
      await openPlanYear(api.db, clerk, 2025);
      await decide('01', '2025-01-02', 'initial', [line('A', 'P-A', 100n), line('B', 'P-B', 100n)]);
      await month(2025, 1, [pay('P-A', 10n), pay('P-B', 250n)]);
      body = await read('/overviews/2025-01');
    });

    it('a gap beyond what is left of the plan is shown as not attainable: ⌈(260·100 − 10·200)/100⌉ = 240 of 90', async () => {
      expect(body.units[0]).toMatchObject({ code: 'A', gapDong: 240, gapAttainable: false });
      expect(await read('/evaluations/2025-01/units/A')).toMatchObject({ remainingPlanDong: 90, gapAttainable: false });
    });

    it('a rate may exceed 100 %', () => {
      expect(body.bases[0].rate.percent).toBe('130.0000');
      expect(body.units[1]).toMatchObject({ code: 'B', rate: { percent: '250.0000' }, differencePoints: '120.0000' });
    });

    it('no pm lines at all: that basis has no rate', () => {
      expect(body.bases[1]).toMatchObject({ basis: 'pm', planDong: 0, rate: null, changePoints: null });
    });

    it('units without a plan are not rated: last, without rate, gap or cell rates', () => {
      expect(body.ratedCount).toBe(2);
      expect(body.units.slice(2)).toMatchObject([
        {
          code: 'C',
          status: 'not-rated',
          rate: null,
          pmRate: null,
          gapDong: 0,
          cells: [{ status: 'not-rated', rate: null, ownRate: null }],
        },
        {
          code: 'D',
          status: 'not-rated',
          rate: null,
          pmRate: null,
          gapDong: 0,
          cells: [{ status: 'not-rated', rate: null, ownRate: null }],
        },
      ]);
    });

    it('of two projects of one size the first by code is the largest: 250/100 without P-A', () => {
      expect(body.withoutLargestProject).toMatchObject({
        project: { code: 'P-A' },
        planSharePercent: '50.0000',
        rate: { percent: '250.0000' },
      });
    });
  });

  /** 2026, estimates counted by policy: A paid 10 of 90, of B 50 of 100 are estimated; the province is at 60/190. */
  describe('a year whose policy counts estimates', () => {
    beforeAll(async () => {
      await openPlanYear(api.db, clerk, 2026);
      const fields = canonicalJson({ ...POLICY_DEFAULTS, includeEstimates: true });
      await direct(api.db, "INSERT INTO policy_version VALUES (2026, 1, $1, 'ước', now(), 'test')", [fields]);
      await decide('01', '2026-01-02', 'initial', [line('A', 'P-A', 90n), line('B', 'P-B', 100n)]);
      await month(2026, 1, [pay('P-A', 10n), pay('P-B', 50n, { basis: 'estimate' })]);
    });

    it('counts them in the average', async () => {
      const { bases, definition } = await read('/overviews/2026-01');
      expect(bases[0]).toMatchObject({ planDong: 190, disbursedDong: 60, rate: { numerator: '6', denominator: '19' } });
      expect(definition.vi).toContain('có số ước');
    });

    it('takes them out with the largest project: 10/90 is left', async () => {
      const { withoutLargestProject } = await read('/overviews/2026-01');
      expect(withoutLargestProject).toMatchObject({
        project: { code: 'P-B' },
        rate: { numerator: '10', denominator: '90' },
      });
    });

    it('counts them among the entries that the figure rests on', async () => {
      const { disbursedDong, sources } = await read('/evaluations/2026-01/units/B');
      expect([disbursedDong, sources.entries]).toEqual([50, 1]);
    });
  });
});
