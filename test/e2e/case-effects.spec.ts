import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditedTransaction } from '#libs/audit';
import { Month, systemActor, type Role } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { advanceNotice, issueNotices } from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

interface Followed {
  id: number;
  unit: { code: string };
  state: string;
  endedMonth: string | null;
  inspected: boolean;
  monthsToClear: number | null;
  gainedPoints: string | null;
  months: { month: string; differencePoints: string | null; gainedPoints: string | null }[];
}
interface Detail extends Followed {
  timeline: {
    kind: string;
    what: string;
    day: string;
    about: string | null;
    by: string | null;
    refId: number;
  }[];
}

/**
 * The small office after three months: A and C are flagged with 18 of 100 against a pool of 120 of 400 = 30 %. In month
 * 4 A pays 40 and C nothing: A has 58, B and D 56, so the pool is 188 − … worked out at each test. T1 inspected A.
 */
describe('what followed the warning cases', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<Role, Caller>;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    // What the team and the department did between the months.
    await direct(api.db, "UPDATE instance_setting SET business_date = '2024-04-10'");
    const [sheet]: { id: number }[] = await api.db.query(
      "SELECT id FROM notice WHERE audience = 'team' AND recipient = 'T1' ORDER BY id DESC LIMIT 1",
    );
    const inspector = { ...actorFor('inspector'), teams: ['T1'] };
    await auditedTransaction(api.db, inspector, (tx, record) =>
      advanceNotice(tx, record, inspector, sheet?.id ?? 0, 'inspected', { because: 'Kiểm tra tại công trường' }),
    );
    for (const role of ['staff', 'clerk', 'reporter', 'inspector', 'leader'] as const)
      as[role] = await api.signIn(role);
    await as.reporter
      .post('/difficulties', {
        unit: 'A',
        category: 'payment-files',
        title: 'Hồ sơ thanh toán chậm',
        owner: 'Đơn vị A',
        decider: 'Kho bạc',
      })
      .expect(201);
    await direct(api.db, "UPDATE instance_setting SET business_date = '2024-12-31'");
    await bookMonth(api.db, 4, { A: 40n, B: 4n, C: 2n, D: 4n });
    await closeMonth(api.db, actorFor('approver'), Month.of(2024, 4));
    const evaluation = await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month: 4, monthVersion: 1 });
    await issueNotices(api.db, systemActor('job'), evaluation?.id ?? 0);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it('are worked out month by month, and summed with and without an inspection', async () => {
    const { body } = await as.leader.get('/case-effects?planYear=2024').expect(200);
    const { items, withInspection, withoutInspection, throughMonth } = body as {
      items: Followed[];
      withInspection: object;
      withoutInspection: object;
      throughMonth: string;
    };
    expect(throughMonth).toBe('2024-04');
    const told = Object.fromEntries(items.map((each) => [each.unit.code, each]));
    // Month 3: 18 − 30 = −12 points. Month 4: A 58, B 46, C 20, D 46 are 170 of 400, 42.5 %: A +15.5, C −22.5.
    expect(told['A']).toMatchObject({
      state: 'cleared',
      endedMonth: '2024-04',
      inspected: true,
      monthsToClear: 1,
      gainedPoints: '27.5000',
    });
    expect(told['A']?.months.map(({ month, differencePoints }) => [month, differencePoints])).toEqual([
      ['2024-03', '-12.0000'],
      ['2024-04', '15.5000'],
    ]);
    expect(told['C']).toMatchObject({ state: 'open', inspected: false, monthsToClear: null, gainedPoints: '-10.5000' });
    expect(withInspection).toEqual({ cleared: 1, open: 0, ended: 0, medianMonths: '1' });
    expect(withoutInspection).toEqual({ cleared: 0, open: 1, ended: 0, medianMonths: null });
  });

  it('tell a case from its flag over the inspection to the month that cleared it', async () => {
    const [{ id }] = (await api.db.query("SELECT id FROM warning_case WHERE unit_code = 'A'")) as [{ id: number }];
    const { timeline } = (await as.inspector.get(`/warning-cases/${id}`).expect(200)).body as Detail;
    const told = timeline.map(({ kind, what }) => `${kind} ${what}`);
    expect(told[0]).toBe('case new');
    expect(told.at(-1)).toMatch(/^(case cleared|notice \w+)$/);
    for (const step of ['notice issued', 'notice inspected', 'difficulty open', 'case cleared'])
      expect(told).toContain(step);
    expect(told.indexOf('notice inspected')).toBeLessThan(told.indexOf('case cleared'));
    expect(timeline.find(({ kind }) => kind === 'difficulty')).toMatchObject({
      day: '2024-04-10',
      about: 'Hồ sơ thanh toán chậm',
      by: 'reporter',
    });
    // The reporter is told of the letters alone that were sent to it, and of no sheet of the team.
    const own = (await as.reporter.get(`/warning-cases/${id}`).expect(200)).body as Detail;
    expect(own.timeline.filter(({ kind }) => kind === 'notice')).toEqual([]);
  });

  it('tell of the documents with a number and of the inspections, to whoever may read these', async () => {
    const [{ id }] = (await api.db.query("SELECT id FROM warning_case WHERE unit_code = 'A'")) as [{ id: number }];
    const document = { kind: 'team-assignment', month: '2024-03', recipient: 'T1' };
    const draft = await as.staff.post('/documents', document).expect(201);
    const { id: documentId } = draft.body as { id: number };
    const stepsOf = async (caller: Caller, kind: string) =>
      ((await caller.get(`/warning-cases/${id}`).expect(200)).body as Detail).timeline.filter(
        (step) => step.kind === kind,
      );
    // A draft is nobody's news.
    expect(await stepsOf(as.leader, 'document')).toEqual([]);
    await as.clerk
      .post(`/documents/${documentId}/number`, { number: 1, date: '2024-04-12' })
      .set('if-match', draft.headers['etag'] as string)
      .expect(200);
    const inspection = {
      teamCode: 'T1',
      kind: 'routine',
      subject: 'unit',
      unitCode: 'A',
      purpose: 'Tiến độ',
      plannedOn: '2024-04-12',
      place: 'Công trường',
      members: ['Trần B'],
    };
    const { id: inspectionId } = (await as.inspector.post('/inspections', inspection).expect(201)).body as {
      id: number;
    };
    for (const caller of [as.leader, as.inspector]) {
      expect(await stepsOf(caller, 'document')).toMatchObject([{ about: '01/UBND-TH', refId: documentId }]);
      expect(await stepsOf(caller, 'inspection')).toMatchObject([
        { what: 'planned', day: '2024-04-12', note: 'Tiến độ', refId: inspectionId },
      ]);
    }
    // The assignment is the team's, and an inspection the unit's only once it is concluded.
    expect(await stepsOf(as.reporter, 'document')).toEqual([]);
    expect(await stepsOf(as.reporter, 'inspection')).toEqual([]);
  });

  it('of another unit are as those that do not exist; the sum is the department’s', async () => {
    const [{ id }] = (await api.db.query("SELECT id FROM warning_case WHERE unit_code = 'C'")) as [{ id: number }];
    for (const caller of [as.reporter, as.inspector])
      for (const which of [id, 987654]) {
        const { body } = await caller.get(`/warning-cases/${which}`).expect(404);
        expect((body as { code: string }).code).toBe('warning-case-unknown');
      }
    await as.reporter.get('/case-effects?planYear=2024').expect(403);
    expect((await as.leader.get('/case-effects?planYear=2031').expect(200)).body).toMatchObject({
      items: [],
      throughMonth: null,
    });
  });
});
