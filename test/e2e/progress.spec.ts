import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditedTransaction } from '#libs/audit';
import { Month, systemActor, type Actor, type RowOutcome } from '#libs/kernel';
import { applyReportRows, type ReportRow } from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { applyProgressRows, registerKeyProjects, registerProjects, type ProgressRow } from '#libs/projects';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

interface Standing {
  version: number;
  [field: string]: unknown;
}

const NEW_PROJECT = {
  nationalCode: null,
  parentCode: null,
  investorName: null,
  programme: 'none' as const,
  totalInvestment: null,
  totalInvestmentNote: null,
  unitCode: null,
  places: [],
};
const system = systemActor('command-line');

/** The small office with a PPP project X of two components X1 and X2, all on the list of 2024 beside P-A and P-B. */
describe('monthly progress of projects', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let reporter: Caller;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    [staff, reporter] = [await api.signIn('staff'), await api.signIn('reporter')];
    await registerProjects(
      api.db,
      system,
      [
        ['X', null, 'ppp'],
        ['X1', 'X', 'ppp'],
        ['X2', 'X', 'ppp'],
        ['Y', null, 'non-budget'],
      ].map(([code, parentCode, capitalType]) => ({
        ...NEW_PROJECT,
        code: code as string,
        name: `Dự án ${code}`,
        parentCode: parentCode as string | null,
        capitalType: capitalType as 'ppp' | 'non-budget',
      })),
    );
    const listed = [
      ['P-A', 'public'],
      ['P-B', 'public'],
      ['X', 'ppp'],
      ['Y', 'non-budget'],
    ] as const;
    await registerKeyProjects(
      api.db,
      system,
      { year: 2024, declaredCount: 4, noteVi: '', noteEn: '' },
      listed.map(([projectCode, capitalType], i) => ({
        ordinal: i + 1,
        projectCode,
        name: `Dự án ${projectCode}`,
        capitalType,
        origin: 'new' as const,
      })),
      [],
    );
    await bookMonth(api.db, 1, { A: 10n, B: 20n, C: 10n, D: 10n });
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const at = (code: string, month = '2024-01'): string => `/projects/${code}/progress/${month}`;
  const put = (code: string, body: object, seen: number, month = '2024-01', caller = staff) =>
    caller.put(at(code, month), body).set('if-match', `"${seen}"`);
  const auditEvents = async (): Promise<number> =>
    Number(((await api.db.query('SELECT count(*) FROM audit_event')) as [{ count: string }])[0].count);

  describe('over HTTP', () => {
    let version: number;

    it('nothing stands at first: version 0, nothing known', async () => {
      const { body, headers } = await staff.get(at('P-A')).expect(200);
      expect([headers['etag'], body]).toEqual([
        '"0"',
        {
          projectCode: 'P-A',
          month: '2024-01',
          version: 0,
          volumeDong: null,
          physicalPercent: null,
          implementedDong: null,
          implementedPlanDong: null,
          done: '',
          unfinished: '',
          next: '',
          recordedAt: null,
          recordedBy: null,
        },
      ]);
    });

    it('is recorded exactly, with its audit event', async () => {
      const events = await auditEvents();
      const progress = { volumeDong: 9_007_199_254_740_991, physicalPercent: '033.3300', done: 'Nền', next: 'Mặt' };
      const { body, headers } = await put('P-A', progress, 0).expect(200);
      expect(body).toMatchObject({ ...progress, physicalPercent: '33.33', unfinished: '', recordedBy: 'staff' });
      version = (body as Standing).version;
      expect(headers['etag']).toBe(`"${version}"`);
      expect(await auditEvents()).toBe(events + 1);
    });

    it('a change needs the version that was seen, and a newer one refuses it', async () => {
      await staff.put(at('P-A'), { done: 'Khác' }).expect(428);
      const { body } = await put('P-A', { done: 'Khác' }, 0).expect(412);
      expect(body).toMatchObject({ code: 'progress-changed-meanwhile' });
      const changed = (await put('P-A', { volumeDong: 5, physicalPercent: '40' }, version).expect(200))
        .body as Standing;
      expect(changed).toMatchObject({ volumeDong: 5, physicalPercent: '40', done: '' });
      version = changed.version;
    });

    it('the same figures again add nothing', async () => {
      const events = await auditEvents();
      const { body } = await put('P-A', { volumeDong: 5, physicalPercent: '40.0' }, version).expect(200);
      expect([(body as Standing).version, await auditEvents()]).toEqual([version, events]);
    });

    it('two editors at once: one is told to look again', async () => {
      const answers = await Promise.all([1, 2, 3].map((volumeDong) => put('P-A', { volumeDong }, version)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    });

    it('a reporter writes for the projects of its unit; others are unknown to it', async () => {
      const standing = (await reporter.get(at('P-A')).expect(200)).body as Standing;
      await put('P-A', { volumeDong: 6 }, standing.version, '2024-01', reporter).expect(200);
      for (const code of ['P-B', 'Y', 'NOTHING']) {
        const read = await reporter.get(at(code));
        const written = await put(code, { volumeDong: 6 }, 0, '2024-01', reporter);
        for (const { status, body } of [read, written])
          expect([status, (body as { detail: string }).detail]).toEqual([422, `Không có dự án mã ${code}.`]);
      }
    });

    it.each<[string, object, string, string]>([
      ['a percentage of 101', { physicalPercent: '101' }, '/physicalPercent', 'từ 0 đến 100'],
      ['five decimals', { physicalPercent: '1.12345' }, '/physicalPercent', 'bốn chữ số'],
      ['a comma', { physicalPercent: '36,5' }, '/physicalPercent', 'ví dụ 45.5'],
      ['a negative volume', { volumeDong: -1 }, '/volumeDong', 'nhận được -1'],
    ])('%s is refused with its field', async (_, body, pointer, words) => {
      const { body: problem } = await put('Y', body, 0).expect(422);
      const { code, errors } = problem as { code: string; errors: { pointer: string; detail: string }[] };
      expect([code, errors.length, errors[0]?.pointer]).toEqual(['progress-refused', 1, pointer]);
      expect(errors[0]?.detail).toContain(words);
    });

    it('sits on the leaves', async () => {
      const { body } = await put('X', { volumeDong: 1 }, 0).expect(422);
      expect((body as { code: string }).code).toBe('project-has-components');
    });

    it('a year that is not open, and a month that is closed', async () => {
      expect((await put('Y', {}, 0, '2030-01').expect(404)).body).toMatchObject({ code: 'month-not-opened' });
      await put('X1', { implementedDong: 30, implementedPlanDong: 40, done: 'Hầm' }, 0).expect(200);
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, 1));
      expect((await put('Y', { volumeDong: 1 }, 0).expect(409)).body).toMatchObject({ code: 'month-closed' });
    });
  });

  describe('on the list of key projects', () => {
    type Item = Record<string, unknown> & { progress: { leaves: Record<string, unknown>[] } };
    const evaluated = async (month: number): Promise<Item[]> => {
      await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
      return ((await staff.get('/key-projects?year=2024').expect(200)).body as { items: Item[] }).items;
    };

    it('January: public by the average, a parent with a silent component has no data', async () => {
      const items = await evaluated(1);
      // 50 of 400 are 12.5 %: A has 10 %, B 20 %.
      expect(items.map(({ state, behindBecause }) => [state, behindBecause])).toEqual([
        ['behind', 'below-average'],
        ['on-track', null],
        ['no-data', null],
        ['no-data', null],
      ]);
      expect(items[0]).toMatchObject({ averageRate: { percent: '12.5000' }, progress: { volumeDong: 6 } });
      expect(items[2]).toMatchObject({ progress: { implementedDong: null, implementedPlanDong: null, rate: null } });
      expect(items[2]?.progress.leaves).toMatchObject([
        { project: { code: 'X1' }, month: '2024-01', implementedDong: 30, done: 'Hầm' },
        { project: { code: 'X2' }, month: null, implementedDong: null, done: '' },
      ]);
    });

    it('February: the parent sums its leaves and is below the investor’s plan; an older report judges nothing', async () => {
      await put('X1', { implementedDong: 50, implementedPlanDong: 60 }, 0, '2024-02').expect(200);
      await put('X2', { implementedDong: 20, implementedPlanDong: 15 }, 0, '2024-02').expect(200);
      await put('Y', { implementedDong: 8, implementedPlanDong: 8, physicalPercent: '12.5' }, 0, '2024-02').expect(200);
      await bookMonth(api.db, 2, { A: 10n, B: 20n, C: 10n, D: 10n });
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, 2));
      const items = await evaluated(2);
      expect(items[2]).toMatchObject({
        state: 'behind',
        behindBecause: 'below-plan',
        rate: null,
        progress: { implementedDong: 70, implementedPlanDong: 75, rate: { percent: '93.3333' }, physicalPercent: null },
      });
      expect(items[3]).toMatchObject({ state: 'on-track', behindBecause: null, progress: { physicalPercent: '12.5' } });
      // A reported January only: shown with its month, summed nowhere.
      expect(items[0]?.progress).toMatchObject({ volumeDong: null, leaves: [{ month: '2024-01', volumeDong: 6 }] });
      const { body } = await staff.get('/overviews/2024-02').expect(200);
      expect((body as { laggingKeyProjects: unknown[] }).laggingKeyProjects).toMatchObject([
        { ordinal: 1, reason: 'below-average' },
        { ordinal: 3, reason: 'below-plan', differencePoints: null },
      ]);
    });
  });

  describe('from a file', () => {
    const apply = (rows: ProgressRow[], actor: Actor = actorFor('staff')): Promise<RowOutcome[]> =>
      auditedTransaction(api.db, actor, (tx, record) => applyProgressRows(tx, actor, rows, record));
    const row = (project_code: string, more: Partial<ProgressRow> = {}): ProgressRow => ({
      plan_year: 2024,
      month: 3,
      project_code,
      ...more,
    });
    const told = (outcomes: RowOutcome[]): unknown[] =>
      outcomes.map(({ outcome, problems }) => [outcome, ...problems.map(({ pointer, code }) => `${pointer} ${code}`)]);

    it('new, changed with what stood before, same, and rejected with its field; a missing field leaves what stands', async () => {
      expect(told(await apply([row('P-A', { volume_vnd: 7n, physical_percent: '10.50', done: 'Nền' })]))).toEqual([
        ['new'],
      ]);
      const outcomes = await apply([
        row('P-A', { volume_vnd: 8n }),
        row('P-B', { physical_percent: '50' }),
        row('NOTHING'),
        row('X'),
        row('P-C', { month: 1 }),
        row('P-C', { plan_year: 2031 }),
        row('P-C', { volume_vnd: -1n, physical_percent: '200' }),
        row('P-B', { physical_percent: '50.0' }),
        row('P-B', { physical_percent: '51' }),
      ]);
      expect(told(outcomes)).toEqual([
        ['changed'],
        ['new'],
        ['rejected', '/project_code project-unknown'],
        ['rejected', '/project_code project-has-components'],
        ['rejected', '/month month-closed'],
        ['rejected', '/month month-not-opened'],
        ['rejected', '/volume_vnd progress-negative', '/physical_percent progress-percent-malformed'],
        ['same'],
        ['rejected', '/project_code row-repeated'],
      ]);
      expect(outcomes[0]?.before).toMatchObject({ volume_vnd: 7, physical_percent: '10.5', done: 'Nền' });
      const { body } = await staff.get(at('P-A', '2024-03')).expect(200);
      expect(body).toMatchObject({ volumeDong: 8, physicalPercent: '10.5', done: 'Nền' });
      expect(told(await apply([row('P-A', { volume_vnd: 8n }), row('P-B', { physical_percent: '50' })]))).toEqual([
        ['same'],
        ['same'],
      ]);
    });

    it('of a reporter: projects of other units are unknown', async () => {
      const outcomes = await apply([row('P-A'), row('P-B')], actorFor('reporter', 'reporter', ['A']));
      expect(told(outcomes)).toEqual([['same'], ['rejected', '/project_code project-unknown']]);
    });

    it('50 000 rows in a few statements, and the same file again changes nothing', async () => {
      await direct(
        api.db,
        `INSERT INTO project (code, name, capital_type) SELECT 'M' || i, 'Dự án ' || i, 'public' FROM generate_series(1, 5000) AS i`,
      );
      const rows = Array.from({ length: 50_000 }, (_, i) =>
        row(`M${(i % 5000) + 1}`, {
          month: 4 + Math.trunc(i / 5000) - (i >= 50_000 ? 1 : 0),
          volume_vnd: BigInt(i),
          done: 'x',
        }),
      );
      const events = await auditEvents();
      expect(new Set((await apply(rows)).map(({ outcome }) => outcome))).toEqual(new Set(['new']));
      expect(new Set((await apply(rows)).map(({ outcome }) => outcome))).toEqual(new Set(['same']));
      expect(await auditEvents()).toBe(events + 1);
    });

    it('reports: new, same, rejected; one audit event', async () => {
      const report = (month: number, unit_code: string): ReportRow => ({ plan_year: 2024, month, unit_code });
      const actor = actorFor('staff');
      const reports = (rows: ReportRow[], by: Actor = actor): Promise<RowOutcome[]> =>
        auditedTransaction(api.db, by, (tx, record) => applyReportRows(tx, by, rows, record));
      const events = await auditEvents();
      const rows = [report(3, 'A'), report(3, 'A'), report(2, 'A'), report(2, 'R'), report(3, 'Z'), report(14, 'A')];
      expect(told(await reports(rows))).toEqual([
        ['new'],
        ['same'],
        ['same'],
        ['rejected', '/month month-closed'],
        ['rejected', '/unit_code unit-unknown'],
        ['rejected', '/month month-not-opened'],
      ]);
      expect(told(await reports([report(3, 'B')], actorFor('reporter', 'reporter', ['A'])))).toEqual([
        ['rejected', '/unit_code unit-unknown'],
      ]);
      expect(await auditEvents()).toBe(events + 1);
      expect((await staff.get('/months/2024-03').expect(200)).body).toMatchObject({ reportsReceived: 1 });
    });
  });
});
