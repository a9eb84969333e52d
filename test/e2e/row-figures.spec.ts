import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { addAccount } from '#libs/access';
import { Month, ROLES, systemActor, type Role } from '#libs/kernel';
import { releaseAnnouncement } from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, PASSWORD, smallOffice, UNITS } from '../harness/small-office.js';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** An answer without what differs from request to request, with another code in the place of the one asked for. */
function worded({ status, body }: Answer, asked: string): unknown {
  const { requestId: _id, ...rest } = body;
  return JSON.parse(JSON.stringify({ status, ...rest }).replaceAll(asked, 'ASKED'));
}

/** A list as it is sent, whatever its rows are. */
interface List {
  items: Record<string, unknown>[];
  total: number;
  [field: string]: unknown;
}

/** Released by the second approver. */
describe('rows of a scope, by hand', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const signedIn = {} as Record<Role, Caller>;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    for (const role of ROLES) signedIn[role] = await api.signIn(role);
    await flaggedMonths(api.db);
    await releaseAnnouncement(api.db, actorFor('approver', 'approver2'), Month.of(2024, 3));
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  /** Whose rows: a reporter of A; an inspector of team T1, which looks after A and B. */
  describe.each([
    { role: 'reporter' as const, own: ['A'] },
    { role: 'inspector' as const, own: ['A', 'B'] },
  ])('the rows of the $role: $own', ({ role, own }) => {
    let caller: Caller;
    beforeAll(() => void (caller = signedIn[role]));
    const read = async (path: string): Promise<List> => (await caller.get(path).expect(200)).body as List;
    const foreign = UNITS.filter((code) => !own.includes(code));
    const codesOf = (rows: { unit: { code: string } }[]): string[] =>
      [...new Set(rows.map(({ unit }) => unit.code))].sort();
    /** Three months of 6 from A, of 14 from B. */
    const paid = own.includes('B') ? 60 : 18;

    it('GET /units', async () => {
      const { items, total } = await read('/units');
      expect([items.map(({ code }) => code), total]).toEqual([own, own.length]);
    });

    it('GET /projects', async () => {
      const { items, total } = await read('/projects');
      expect([codesOf(items as never), total]).toEqual([own, own.length]);
      expect(await read('/projects?unit=C')).toEqual({ items: [], nextCursor: null, total: 0 });
    });

    it('GET /key-projects: the listed ones of its units, the others neither listed nor beside the list', async () => {
      const body = await read('/key-projects?year=2024');
      expect(codesOf(body.items as never)).toEqual(own);
      expect(body['unlisted']).toEqual([]);
    });

    it('GET /disbursements: rows, number and sum', async () => {
      const { items, total, ...rest } = await read('/disbursements?planYear=2024');
      expect(codesOf(items as never)).toEqual(own);
      expect([total, rest['totalDong']]).toEqual([own.length * 3, paid]);
    });

    it('GET /disbursements asked for another unit or project, page or month: nothing, and a sum of 0', async () => {
      for (const filter of ['unit=C', 'project=P-C', 'unit=C&month=3', 'unit=C&throughMonth=3']) {
        const { items, total, ...rest } = await read(`/disbursements?planYear=2024&${filter}`);
        expect([items, total, rest['totalDong'], rest['nextCursor']]).toEqual([[], 0, 0, null]);
      }
    });

    it('GET /disbursements page by page: the pages together are the same rows', async () => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await read(`/disbursements?planYear=2024&limit=2${cursor && `&cursor=${cursor}`}`);
        expect(page.total).toBe(own.length * 3);
        seen.push(...page.items.map((item) => (item['unit'] as { code: string }).code));
        cursor = (page['nextCursor'] as string | null) ?? '';
      } while (cursor);
      expect(seen).toHaveLength(own.length * 3);
      expect([...new Set(seen)].sort()).toEqual(own);
    });

    it('GET /allocation-lines: rows, number and sum', async () => {
      const { items, total, ...rest } = await read('/allocation-lines?planYear=2024');
      expect([codesOf(items as never), total, rest['totalDong']]).toEqual([own, own.length, own.length * 100]);
      const other = await read('/allocation-lines?planYear=2024&unit=C');
      expect([other.items, other.total, other['totalDong']]).toEqual([[], 0, 0]);
    });

    it('GET /evaluations/{month}: its unit rows beside the province’s average', async () => {
      const body = await read('/evaluations/2024-03');
      expect(codesOf(body['units'] as never)).toEqual(own);
      expect(body.total).toBe(own.length);
      expect(body['averages']).toMatchObject([{ rate: { numerator: '3', denominator: '10' } }]);
    });

    it('GET /warning-cases', async () => {
      const { items, total } = await read('/warning-cases');
      expect([codesOf(items as never), total]).toEqual([['A'], 1]);
      const { total: open } = await read('/warning-cases?state=open');
      expect(open).toBe(1);
    });

    it('GET /notices: number, and how many wait for it', async () => {
      const body = await read('/notices?month=2024-03');
      expect([body.total, body['waiting']]).toEqual([2, 1]);
    });

    it('GET /months and /months/{month}: who still owes a report, among its units', async () => {
      const { items } = await read('/months?planYear=2024');
      const third = items.find(({ number }) => number === 3);
      expect(third).toMatchObject({ reportsExpected: own.length, reportsReceived: own.length, missingUnits: [] });
      const april = await read('/months/2024-04');
      expect(april).toMatchObject({ reportsExpected: own.length, reportsReceived: 0 });
      expect((april['missingUnits'] as { code: string }[]).map(({ code }) => code)).toEqual(own);
    });

    it('single reads of its own', async () => {
      await read('/units/A');
      await read('/units/A/year?planYear=2024&throughMonth=3');
      await read('/evaluations/2024-03/units/A');
    });

    it.each(foreign)('unit %s looks as unknown as one that does not exist', async (code) => {
      for (const path of [
        '/units/CODE',
        '/units/CODE/year?planYear=2024&throughMonth=3',
        '/evaluations/2024-03/units/CODE',
      ]) {
        const there: Answer = await caller.get(path.replace('CODE', code));
        const nowhere: Answer = await caller.get(path.replace('CODE', 'ZZZ'));
        expect(there.status).toBe(404);
        // One letter codes occur in other words: only the sentence is compared by code.
        expect(
          worded(
            { ...there, body: { ...there.body, detail: String(there.body['detail']).replace(` ${code}.`, ' ZZZ.') } },
            'ZZZ',
          ),
        ).toEqual(worded(nowhere, 'ZZZ'));
      }
    });

    it('notices of others look as unknown as those that do not exist, to read and to acknowledge', async () => {
      const ids: { id: number }[] = await api.db.query(
        "SELECT id FROM notice WHERE audience = 'team' AND recipient = 'T2'",
      );
      expect(ids.length).toBeGreaterThan(0);
      for (const { id } of ids) {
        const there: Answer = await caller.get(`/notices/${id}`);
        const nowhere: Answer = await caller.get('/notices/987654');
        expect(there.status).toBe(404);
        expect(worded(there, String(id))).toEqual(worded(nowhere, '987654'));
        const acknowledged: Answer = await caller.post(`/notices/${id}/acknowledgement`, {});
        expect(worded(acknowledged, String(id))).toEqual(
          worded(await caller.post('/notices/987654/acknowledgement', {}), '987654'),
        );
      }
    });

    it('the announcement is read, and acknowledging it is nobody’s', async () => {
      const [{ id }]: [{ id: number }] = await api.db.query(
        "SELECT id FROM notice WHERE audience = 'announcement' AND month = 3",
      );
      await caller.get(`/notices/${id}`).expect(200);
      await caller.post(`/notices/${id}/acknowledgement`, {}).expect(404);
    });
  });

  describe('what a reporter writes', () => {
    const entry = (more: Record<string, unknown> = {}) => ({
      unitCode: 'A',
      projectCode: 'P-A',
      sourceCode: 'NSDP',
      kind: 'payment',
      basis: 'actual',
      amountDong: 1,
      ...more,
    });
    const book = (more: Record<string, unknown>): supertest.Test =>
      signedIn.reporter.post('/disbursements', { month: '2024-04', entries: [entry(more)] });

    it('are entries and reports of its own unit', async () => {
      await book({}).expect(201);
      await signedIn.reporter.post('/months/2024-04/reports', { unitCode: 'A' }).expect(201);
    });

    it('for another unit: the unit is unknown, as one that does not exist', async () => {
      const there = await book({ unitCode: 'C', projectCode: 'P-A' }).expect(422);
      const nowhere = await book({ unitCode: 'ZZZ', projectCode: 'P-A' }).expect(422);
      expect((there.body as { errors: unknown }).errors).toEqual([
        { pointer: '/entries/0/unitCode', detail: 'Không có đơn vị mã C.' },
      ]);
      expect((nowhere.body as { errors: unknown }).errors).toEqual([
        { pointer: '/entries/0/unitCode', detail: 'Không có đơn vị mã ZZZ.' },
      ]);
      const report = await signedIn.reporter.post('/months/2024-04/reports', { unitCode: 'C' }).expect(404);
      expect((report.body as { code: string }).code).toBe('unit-unknown');
    });

    it('on a project of another unit: the project is unknown, as one that does not exist', async () => {
      const there = await book({ projectCode: 'P-C' }).expect(422);
      expect((there.body as { errors: unknown }).errors).toEqual([
        { pointer: '/entries/0/projectCode', detail: 'Không có dự án mã P-C.' },
      ]);
    });

    it('as a correction of another unit’s entry: that entry is unknown, as one that does not exist', async () => {
      const [{ id }]: [{ id: number }] = await api.db.query(
        "SELECT min(id) AS id FROM disbursement_entry WHERE unit_code = 'C'",
      );
      const there: Answer = await book({ kind: 'correction', reason: 'Ghi nhầm', corrects: id });
      const nowhere: Answer = await book({ kind: 'correction', reason: 'Ghi nhầm', corrects: 987654 });
      expect(nowhere.status).toBe(422);
      expect(worded(there, String(id))).toEqual(worded(nowhere, '987654'));
    });

    it('moves no row of another unit', async () => {
      const rows = await api.db.query(
        "SELECT DISTINCT unit_code FROM disbursement_entry WHERE recorded_by = 'reporter' ORDER BY 1",
      );
      expect(rows).toEqual([{ unit_code: 'A' }]);
    });
  });

  it('accounts without units or teams see no rows, not all of them', async () => {
    const system = systemActor('command-line');
    for (const role of ['reporter', 'inspector'] as const) {
      await addAccount(api.db, system, { username: `new.${role}`, displayName: 'Mới', role, password: PASSWORD });
      const caller = await api.signIn(`new.${role}`);
      for (const path of [
        '/units',
        '/projects',
        '/disbursements?planYear=2024',
        '/allocation-lines?planYear=2024',
        '/warning-cases',
        '/evaluations/2024-03',
      ]) {
        const { body } = (await caller.get(path).expect(200)) as { body: { total: number } };
        expect([path, body.total]).toEqual([path, 0]);
      }
    }
  });

  it('an inspector’s rows follow the team’s area on the business day', async () => {
    await direct(api.db, "UPDATE team_area SET valid_to = '2024-06-30' WHERE team_code = 'T1' AND unit_code = 'B'");
    const { body } = (await signedIn.inspector.get('/units').expect(200)) as { body: { items: { code: string }[] } };
    expect(body.items.map(({ code }) => code)).toEqual(['A']);
  });
});
