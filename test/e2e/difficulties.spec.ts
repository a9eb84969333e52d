import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#libs/kernel';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

interface Difficulty {
  id: number;
  unit: { code: string } | null;
  project: { code: string } | null;
  state: string;
  version: number;
  overdue: boolean;
  blockedDong: number | null;
  proposal: string;
  decision: string;
  steps: { ordinal: number; state: string; note: string; by: string }[];
}
interface List {
  items: Difficulty[];
  total: number;
  nextCursor: string | null;
  states: { state: string; count: number; blockedDong: number; overdue: number }[];
}

/** The small office: the reporter is A's, the inspector's team looks after A and B; the business day is 31/12/2024. */
describe('the register of difficulties', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<Role, Caller>;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    for (const role of ['staff', 'approver', 'reporter', 'inspector', 'leader'] as const)
      as[role] = await api.signIn(role);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const given = (more: object) => ({
    category: 'site-clearance',
    title: 'Còn 12 hộ chưa nhận tiền bồi thường',
    owner: 'UBND thành phố',
    decider: 'UBND tỉnh',
    ...more,
  });
  const recorded = async (caller: Caller, more: object): Promise<Difficulty> =>
    (await caller.post('/difficulties', given(more)).expect(201)).body as Difficulty;
  const listed = async (caller: Caller, query = ''): Promise<List> =>
    (await caller.get(`/difficulties${query}`).expect(200)).body as List;
  const codeOf = async (request: Promise<{ status: number; body: unknown }>): Promise<string> => {
    const { status, body } = await request;
    return `${status} ${(body as { code?: string }).code}`;
  };

  it('knows the categories of the domain in two languages, in order', async () => {
    const { items } = (await as.reporter.get('/difficulty-categories').expect(200)).body as {
      items: { code: string; vi: string; en: string }[];
    };
    expect(items).toHaveLength(14);
    expect(items[0]).toEqual({
      code: 'site-clearance',
      vi: 'Giải phóng mặt bằng, tái định cư, giá đất',
      en: 'Site clearance, resettlement, land price',
    });
    expect(items.at(-1)?.code).toBe('unallocated');
  });

  it('goes from open over a proposal and a decision to solved, each step kept with who did it', async () => {
    const { id } = await recorded(as.reporter, { project: 'P-A', blockedDong: 40, dueDate: '2025-01-15' });
    await as.inspector.post(`/difficulties/${id}/steps`, { to: 'proposed', note: 'Họp dân ngày 10/1' }).expect(200);
    await as.approver.post(`/difficulties/${id}/decision`, { decision: 'Chi trả trước 15/1' }).expect(200);
    const { body } = await as.reporter
      .post(`/difficulties/${id}/steps`, { to: 'solved', note: 'Đã chi trả đủ 12 hộ' })
      .expect(200);
    const solved = body as Difficulty;
    expect(solved).toMatchObject({
      unit: { code: 'A' },
      project: { code: 'P-A' },
      state: 'solved',
      proposal: 'Họp dân ngày 10/1',
      decision: 'Chi trả trước 15/1',
      overdue: false,
    });
    expect(solved.steps.map(({ ordinal, state, note, by }) => `${ordinal} ${state} ${by} ${note}`)).toEqual([
      '1 open reporter ',
      '2 proposed inspector Họp dân ngày 10/1',
      '3 decided approver Chi trả trước 15/1',
      '4 solved reporter Đã chi trả đủ 12 hộ',
    ]);
    expect(await codeOf(as.staff.post(`/difficulties/${id}/steps`, { to: 'dropped', note: 'x' }))).toBe(
      '409 difficulty-way',
    );
    expect(await codeOf(as.staff.patch(`/difficulties/${id}`, { title: 'y' }).set('if-match', '"4"'))).toBe(
      '409 difficulty-over',
    );
  });

  it('is edited against the version that was seen', async () => {
    const { id } = await recorded(as.staff, { unit: 'C' });
    expect(await codeOf(as.staff.patch(`/difficulties/${id}`, { title: 'Khác' }))).toBe('428 if-match-missing');
    const { body, headers } = await as.staff
      .patch(`/difficulties/${id}`, { blockedDong: 7, category: 'materials' })
      .set('if-match', '"1"')
      .expect(200);
    expect([(body as Difficulty).blockedDong, headers['etag']]).toEqual([7, '"2"']);
    expect(await codeOf(as.staff.patch(`/difficulties/${id}`, { title: 'Khác' }).set('if-match', '"1"'))).toBe(
      '412 difficulty-changed-meanwhile',
    );
    await as.staff.post(`/difficulties/${id}/steps`, { to: 'dropped', note: 'Ghi nhầm' }).expect(200);
  });

  it('is overdue the day after its due day, not on it, and counts what it blocks by state', async () => {
    await recorded(as.staff, { unit: 'B', blockedDong: 100, dueDate: '2024-12-31' });
    const late = await recorded(as.staff, {
      project: 'P-B',
      blockedDong: 25,
      dueDate: '2024-12-30',
      title: 'Thiếu CÁT đắp',
    });
    await recorded(as.staff, { project: 'P-B', title: 'Chưa rõ số vốn vướng' });
    expect(late.overdue).toBe(true);
    const ofB = await listed(as.leader, '?unit=B');
    expect(ofB.items.map(({ overdue }) => overdue)).toEqual([false, true, false]);
    expect(ofB.states).toEqual([{ state: 'open', count: 3, blockedDong: 125, overdue: 1 }]);
    expect((await listed(as.leader, '?overdue=true')).items.map(({ id }) => id)).toEqual([late.id]);
    // Without case and diacritics, đ as d.
    expect((await listed(as.leader, `?search=${encodeURIComponent('cat dap')}`)).items.map(({ id }) => id)).toEqual([
      late.id,
    ]);
    const first = await listed(as.leader, '?unit=B&limit=2');
    const second = await listed(as.leader, `?unit=B&limit=2&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  });

  it('of another unit is to a reporter as one that does not exist', async () => {
    const { id } = await recorded(as.staff, { unit: 'D', title: 'Của đơn vị D' });
    for (const caller of [as.reporter, as.inspector]) {
      const nowhere = await caller.get('/difficulties/987654').expect(404);
      const other = await caller.get(`/difficulties/${id}`).expect(404);
      expect((other.body as { detail: string }).detail).toBe(
        (nowhere.body as { detail: string }).detail.replace('987654', String(id)),
      );
      expect((await listed(caller)).items.map(({ unit }) => unit?.code)).not.toContain('D');
      expect(await codeOf(caller.post(`/difficulties/${id}/steps`, { to: 'solved', note: 'x' }))).toBe(
        '404 difficulty-unknown',
      );
      expect(await codeOf(caller.post('/difficulties', given({ unit: 'D' })))).toBe('404 unit-unknown');
      expect(await codeOf(caller.post('/difficulties', given({ project: 'P-D' })))).toBe('404 project-not-found');
    }
  });

  it('names one project or one unit, and a category that exists', async () => {
    expect(await codeOf(as.staff.post('/difficulties', given({})))).toBe('422 difficulty-subject');
    expect(await codeOf(as.staff.post('/difficulties', given({ unit: 'A', project: 'P-A' })))).toBe(
      '422 difficulty-subject',
    );
    expect(await codeOf(as.staff.post('/difficulties', given({ unit: 'A', category: 'khac' })))).toBe(
      '422 difficulty-category-unknown',
    );
  });

  describe('the database itself refuses', () => {
    const refusal = async (sql: string): Promise<string> => {
      try {
        await direct(api.db, sql);
        return 'taken';
      } catch (error) {
        const { code, constraint } = (error as { driverError: { code: string; constraint: string } }).driverError;
        return `${code} ${constraint}`;
      }
    };
    it.each([
      [
        'a way back',
        "UPDATE difficulty SET state = 'open', version = version + 1 WHERE state = 'solved'",
        'PT061 difficulty_way',
      ],
      [
        'a change of one that is over',
        "UPDATE difficulty SET title = 'x', version = version + 1 WHERE state = 'dropped'",
        'PT061 difficulty_way',
      ],
      [
        'another subject',
        "UPDATE difficulty SET unit_code = 'C', version = version + 1 WHERE unit_code = 'B'",
        'PT061 difficulty_way',
      ],
      [
        'a change without a step',
        "UPDATE difficulty SET title = 'x', version = version + 1 WHERE state = 'open'",
        'PT061 difficulty_step',
      ],
      [
        'a decision without words',
        "UPDATE difficulty SET state = 'decided', version = version + 1 WHERE state = 'open'",
        '23514 difficulty_decision_check',
      ],
      ['a step that is changed', "UPDATE difficulty_step SET note = 'x'", 'PT001 append_only'],
      ['a difficulty that goes away', 'DELETE FROM difficulty', 'PT001 append_only'],
    ])('%s', async (_what, sql, expected) => {
      expect(await refusal(sql)).toBe(expected);
    });
  });
});
