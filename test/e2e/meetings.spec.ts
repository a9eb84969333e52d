import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { sendAnswer } from '#libs/followup';
import { Month, type Role } from '#libs/kernel';
import { binaryBody } from '../harness/binary-body.js';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, smallOffice } from '../harness/small-office.js';

interface Item {
  id: number;
  source: string;
  refId: number | null;
  title: string;
  facts: string;
}
interface Decision {
  id: number;
  text: string;
  state: string;
  overdue: boolean;
  outcome: string;
}
interface Detail {
  meeting: { id: number; state: string; version: number; undone: number };
  agenda: Item[];
  decisions: Decision[];
  present: string[];
  conclusion: string;
}
interface Bodies {
  items: { id: number; name: string; members: { id: number; name: string; validTo: string | null }[] }[];
}

/**
 * The small office after three months: A and C are flagged with 18 of 100 đồng to go to 30, the pool. Team T1 looks
 * after A and B. The business day is 31/12/2024.
 */
describe('meetings', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let committee: number;
  let team: number;
  let chair: number;
  const as = {} as Record<Role, Caller>;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    for (const role of ['admin', 'staff', 'reporter', 'inspector', 'leader'] as const)
      as[role] = await api.signIn(role);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const ok = async <T>(request: Promise<{ status: number; body: unknown }>): Promise<T> => {
    const { status, body } = await request;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body as T;
  };
  const codeOf = async (request: Promise<{ status: number; body: unknown }>): Promise<string> => {
    const { status, body } = await request;
    return `${status} ${(body as { code?: string }).code}`;
  };
  const call = (bodyId: number, heldOn: string, more: object = {}): Promise<Detail> =>
    ok(as.staff.post('/meetings', { bodyId, heldOn, place: 'Phòng họp số 1', ...more }));
  const put = (id: number, version: number, items: object[]) =>
    as.staff.put(`/meetings/${id}/agenda`, { items }).set('if-match', `"${version}"`);
  const find = (id: number): Promise<Detail> => ok(as.staff.get(`/meetings/${id}`));
  const candidates = async (id: number): Promise<Item[]> =>
    (await ok<{ items: Item[] }>(as.staff.get(`/meetings/${id}/candidates`))).items;

  it('are of a body with members from a day to a day', async () => {
    const first = await ok<Bodies>(as.admin.post('/meeting-bodies', { kind: 'committee', name: 'UBND tỉnh' }));
    committee = first.items[0]?.id ?? 0;
    const both = await ok<Bodies>(
      as.staff.post('/meeting-bodies', { kind: 'team', name: 'Đoàn kiểm tra số 1', teamCode: 'T1' }),
    );
    team = both.items[1]?.id ?? 0;
    expect(await codeOf(as.staff.post('/meeting-bodies', { kind: 'team', name: 'Đoàn', teamCode: 'T1' }))).toBe(
      '409 meeting-body-exists',
    );
    expect(await codeOf(as.staff.post('/meeting-bodies', { kind: 'team', name: 'Đoàn' }))).toBe(
      '422 meeting-body-team',
    );
    const person = { name: 'Nguyễn Văn Hà', position: 'Phó Chủ tịch', part: 'chair', validFrom: '2024-01-01' };
    const { items } = await ok<Bodies>(as.staff.post(`/meeting-bodies/${committee}/members`, person));
    chair = items[0]?.members[0]?.id ?? 0;
    expect(
      await codeOf(as.staff.post(`/meeting-bodies/${committee}/members`, { ...person, validFrom: '2024-06-01' })),
    ).toBe('409 meeting-member-twice');
    const second = await ok<Bodies>(
      as.staff.post(`/meeting-bodies/${committee}/members`, {
        name: 'Lê Thị An',
        position: 'Chuyên viên',
        part: 'secretary',
        validFrom: '2024-01-01',
      }),
    );
    const leaver = second.items[0]?.members.find(({ name }) => name === 'Lê Thị An')?.id;
    const end = { validTo: '2024-11-30' };
    await ok(as.staff.post(`/meeting-bodies/${committee}/members/${leaver}/end`, end));
    expect(await codeOf(as.staff.post(`/meeting-bodies/${committee}/members/${leaver}/end`, end))).toBe(
      '422 meeting-member-ended',
    );
  });

  it('take up open cases, the largest gap first, and difficulties, each in figures worked out by hand', async () => {
    await ok(
      as.staff.post('/difficulties', {
        project: 'P-B',
        category: 'materials',
        title: 'Thiếu đất đắp',
        blockedDong: 2_500_000_000,
        owner: 'Nhà thầu',
        decider: 'Sở TN&MT',
        dueDate: '2024-12-01',
      }),
    );
    const { meeting, agenda } = await call(committee, '2024-12-30');
    expect(agenda).toEqual([]);
    const found = await candidates(meeting.id);
    expect(found.map(({ source, title }) => `${source}: ${title}`)).toEqual([
      'warning-case: Đơn vị A: thấp hơn bình quân chung 3 tháng liên tiếp',
      'warning-case: Đơn vị C: thấp hơn bình quân chung 3 tháng liên tiếp',
      'difficulty: Dự án của B: Thiếu đất đắp',
    ]);
    // A: 3 × 6 = 18 of 100; the gap as the rule has it, 16: (120·100 − 18·400)/(400 − 100).
    expect(found[0]?.facts.replaceAll('\u00a0', ' ')).toBe(
      'Đến hết tháng 3 năm kế hoạch 2024 giải ngân 18 đồng trên kế hoạch 100 đồng, đạt 18,0 %; còn thiếu 16 đồng để bằng bình quân chung.',
    );
    expect(found[2]?.facts.replaceAll('\u00a0', ' ')).toBe(
      'Nhóm: Vật liệu xây dựng: cát, đất đắp, giá; vốn vướng 2,5 tỷ đồng; chủ trì: Nhà thầu; thẩm quyền: Sở TN&MT; hạn 01/12/2024 (quá hạn).',
    );
  });

  it('of a team take up its own units alone', async () => {
    const { meeting } = await call(team, '2024-12-30');
    expect((await candidates(meeting.id)).map(({ title }) => title)).toEqual([
      'Đơn vị A: thấp hơn bình quân chung 3 tháng liên tiếp',
      'Dự án của B: Thiếu đất đắp',
    ]);
  });

  it('freeze the agenda, decide, close; what is not done stands first on the next agenda until it is', async () => {
    const { meeting } = await call(committee, '2024-12-31');
    const { id } = meeting;
    const [caseA, , difficulty] = await candidates(id);
    const chosen = [difficulty, caseA].map((each) => ({ source: each?.source, refId: each?.refId }));
    expect(await codeOf(put(id, 7, chosen))).toBe('412 meeting-changed-meanwhile');
    expect(await codeOf(put(id, 1, [{ source: 'difficulty', refId: 4711 }]))).toBe('422 meeting-item-unknown');
    const set = await ok<Detail>(put(id, 1, [...chosen, { source: 'free', title: 'Công tác cuối năm' }]));
    expect(set.agenda.map(({ source }) => source)).toEqual(['difficulty', 'warning-case', 'free']);
    expect(await codeOf(as.staff.get(`/meetings/${id}/papers/minutes.pdf`))).toBe('409 meeting-not-fixed');
    expect(await codeOf(as.staff.post(`/meetings/${id}/decisions`, decision()))).toBe('409 meeting-not-fixed');
    const fixed = await ok<Detail>(as.staff.post(`/meetings/${id}/agenda/fix`));
    // What the difficulty says later changes nothing in the agenda.
    await ok(as.staff.patch(`/difficulties/${difficulty?.refId}`, { owner: 'Sở Xây dựng' }).set('if-match', '"1"'));
    expect((await find(id)).agenda).toEqual(fixed.agenda);
    expect(await codeOf(put(id, 3, []))).toBe('409 meeting-agenda-fixed');

    expect(await codeOf(as.staff.post(`/meetings/${id}/decisions`, decision({ dueDate: '2024-12-30' })))).toBe(
      '422 meeting-due-before',
    );
    const [onDifficulty, onCase] = fixed.agenda;
    await ok(as.staff.post(`/meetings/${id}/decisions`, decision({ itemId: onDifficulty?.id })));
    await ok(as.staff.post(`/meetings/${id}/decisions`, decision({ itemId: onCase?.id, text: 'Đơn vị A giải trình' })));
    const decided = await ok<{ state: string; decision: string }>(as.staff.get(`/difficulties/${difficulty?.refId}`));
    expect(decided).toMatchObject({ state: 'decided', decision: 'Mở thêm mỏ đất' });
    expect(await codeOf(as.staff.post(`/meetings/${id}/close`, { presentIds: [4711] }))).toBe(
      '404 meeting-member-unknown',
    );
    const held = await ok<Detail>(
      as.staff.post(`/meetings/${id}/close`, { presentIds: [chair], conclusion: 'Thống nhất các nội dung.' }),
    );
    expect(held).toMatchObject({
      meeting: { state: 'held', undone: 2 },
      present: ['Nguyễn Văn Hà, Phó Chủ tịch (chủ trì)'],
      conclusion: 'Thống nhất các nội dung.',
    });
    expect(await codeOf(as.staff.post(`/meetings/${id}/decisions`, decision()))).toBe('409 meeting-not-fixed');

    const done = held.decisions[1]?.id;
    await ok(as.staff.post(`/meetings/${id}/decisions/${done}/outcome`, { to: 'done', outcome: 'Đã giải trình' }));
    expect(
      await codeOf(as.staff.post(`/meetings/${id}/decisions/${done}/outcome`, { to: 'withdrawn', outcome: 'x' })),
    ).toBe('409 meeting-decision-ended');

    // The next meeting begins with the one that is left, though nobody put it on the agenda.
    const next = await call(committee, '2025-01-31');
    expect(next.agenda.map(({ source, title }) => `${source}: ${title}`)).toEqual(['undone-decision: Mở thêm mỏ đất']);
    expect(next.agenda[0]?.facts).toBe('Giao Sở TN&MT, hạn 15/01/2025, theo kết luận cuộc họp ngày 31/12/2024.');
    const again = await ok<Detail>(put(next.meeting.id, 1, [{ source: 'free', title: 'Việc khác' }]));
    expect(again.agenda.map(({ source }) => source)).toEqual(['undone-decision', 'free']);
    // The team has its own agenda: the committee's decisions are not its.
    expect((await call(team, '2025-01-31')).agenda).toEqual([]);
    const left = held.decisions[0]?.id;
    await ok(as.staff.post(`/meetings/${id}/decisions/${left}/outcome`, { to: 'done', outcome: 'Đã mở mỏ' }));
    // Done before the agenda was fixed: it falls away.
    const last = await ok<Detail>(as.staff.post(`/meetings/${next.meeting.id}/agenda/fix`));
    expect(last.agenda.map(({ title }) => title)).toEqual(['Việc khác']);
    expect(await codeOf(as.staff.post(`/meetings/${next.meeting.id}/close`, { presentIds: [] }))).toBe(
      '409 meeting-not-yet',
    );
  });

  const decision = (more: object = {}) => ({
    text: 'Mở thêm mỏ đất',
    owner: 'Sở TN&MT',
    dueDate: '2025-01-15',
    ...more,
  });

  it('are called because of a difficulty, which then stands on the agenda', async () => {
    const { id } = await ok<{ id: number }>(
      as.reporter.post('/difficulties', {
        project: 'P-A',
        category: 'site-clearance',
        title: 'Còn hai hộ',
        owner: 'UBND thành phố',
        decider: 'UBND tỉnh',
      }),
    );
    const { agenda } = await call(committee, '2024-12-31', { difficultyId: id });
    expect(agenda.map(({ source, refId }) => [source, refId])).toEqual([['difficulty', id]]);
    await ok(as.reporter.post(`/difficulties/${id}/steps`, { to: 'solved', note: 'Đã nhận tiền' }));
    const over = { bodyId: committee, heldOn: '2024-12-31', place: 'P1', difficultyId: id };
    expect(await codeOf(as.staff.post('/meetings', over))).toBe('409 meeting-difficulty');
  });

  it('take up an objection that nobody has answered, with what the books hold and what the unit says', async () => {
    const [{ id: caseId } = { id: 0 }]: { id: number }[] = await api.db.query(
      "SELECT id FROM warning_case WHERE unit_code = 'C'",
    );
    const contested = { month: Month.of(2024, 3), figure: 'disbursed', projectCode: null, sourceCode: null } as const;
    const answer = { noticeId: null, caseId, kind: 'objection', text: 'Còn chứng từ tháng 3', fileIds: [] } as const;
    const reporter = actorFor('reporter', 'reporter', ['C']);
    await sendAnswer(
      api.db,
      reporter,
      { ...answer, contested: { ...contested, claimed: 25n } },
      { objectionDeadlineWorkingDays: 5, smtpUrl: undefined, publicUrl: undefined },
    );
    const { meeting } = await call(committee, '2024-12-30');
    const found = (await candidates(meeting.id)).filter(({ source }) => source === 'objection');
    expect(found.map(({ title }) => title)).toEqual([
      'Đơn vị C: kiến nghị xem lại số giải ngân tháng 3 năm kế hoạch 2024',
    ]);
    expect(found[0]?.facts.replaceAll('\u00a0', ' ')).toMatch(/^Sổ ghi 18 đồng, đơn vị nêu 25 đồng; hạn trả lời /);
  });

  it('give the register their agenda once it is fixed, as the draft of a document', async () => {
    const { meeting } = await call(committee, '2024-12-31');
    const asked = { kind: 'agenda', meeting: meeting.id };
    expect(await codeOf(as.staff.post('/documents', asked))).toBe('409 meeting-not-fixed');
    await ok(put(meeting.id, 1, [{ source: 'free', title: 'Công tác cuối năm' }]));
    await ok(as.staff.post(`/meetings/${meeting.id}/agenda/fix`));
    const { id, kind, state } = await ok<{ id: number; kind: string; state: string }>(
      as.staff.post('/documents', asked),
    );
    expect([kind, state]).toEqual(['agenda', 'draft']);
    expect((await as.staff.get(`/documents/${id}/file.pdf`)).headers['content-type']).toBe('application/pdf');
  });

  it('of other bodies are to an inspector as those that do not exist; a reporter is let into none', async () => {
    const { items } = await ok<{ items: { id: number; bodyId: number }[] }>(as.inspector.get('/meetings'));
    expect(new Set(items.map(({ bodyId }) => bodyId))).toEqual(new Set([team]));
    const all = await ok<{ items: { id: number; bodyId: number }[] }>(as.leader.get('/meetings'));
    const other = all.items.find(({ bodyId }) => bodyId === committee)?.id;
    for (const path of ['', '/papers/agenda.pdf', '/papers/agenda.docx'])
      expect(await codeOf(as.inspector.get(`/meetings/${other}${path}`))).toBe('404 meeting-unknown');
    expect(await codeOf(as.inspector.get('/meetings/987654'))).toBe('404 meeting-unknown');
    expect(await codeOf(as.reporter.get('/meetings'))).toBe('403 not-allowed');
    // What was decided about its own project it may know.
    expect(await codeOf(as.reporter.get('/projects/P-B/decisions'))).toBe('404 project-not-found');
    const about = await ok<{ items: Decision[] }>(as.inspector.get('/projects/P-B/decisions'));
    expect(about.items.map(({ text }) => text)).toEqual(['Mở thêm mỏ đất']);
  });

  it.each(['agenda.pdf', 'agenda.docx', 'minutes.pdf', 'minutes.docx'])('give their %s', async (file) => {
    const { items } = await ok<{ items: { id: number; state: string }[] }>(as.leader.get('/meetings'));
    const held = items.find(({ state }) => state === 'held')?.id;
    const answer = await as.leader.get(`/meetings/${held}/papers/${file}`).buffer(true).parse(binaryBody).expect(200);
    const bytes = answer.body as Buffer;
    expect(bytes.subarray(0, 4).toString('latin1')).toBe(file.endsWith('pdf') ? '%PDF' : 'PK\u0003\u0004');
    expect(answer.headers['content-disposition']).toContain(`attachment; filename="`);
    await as.leader.get(`/meetings/${held}/papers/other.pdf`).expect(404);
  });

  it('leave as a workbook of what was decided, in the order of its days; not for reporters', async () => {
    const rows = async (caller: Caller): Promise<unknown[][]> => {
      const { body } = await caller.get('/exports/meeting-decisions').buffer(true).parse(binaryBody).expect(200);
      const cells = await readSheet(body as Buffer);
      return cells.slice(cells.findIndex(([first]) => first === 'Cơ quan họp') + 1);
    };
    const { items } = await ok<{ items: Decision[] }>(as.leader.get('/meeting-decisions?limit=50'));
    expect(items.length).toBeGreaterThan(0);
    expect((await rows(as.leader)).map((row) => row[2])).toEqual(items.map(({ text }) => text));
    expect(await rows(as.reporter)).toEqual([]);
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
        'an item on an agenda that is fixed',
        "INSERT INTO meeting_item (meeting_id, ordinal, source, title) SELECT id, 99, 'free', 'x' FROM meeting WHERE state = 'held'",
        'PT063 meeting_agenda',
      ],
      [
        'another wording of one',
        "UPDATE meeting_item SET facts = 'x' WHERE meeting_id IN (SELECT id FROM meeting WHERE state = 'held')",
        'PT063 meeting_agenda',
      ],
      [
        'the removal of one',
        "DELETE FROM meeting_item WHERE meeting_id IN (SELECT id FROM meeting WHERE state = 'fixed')",
        'PT063 meeting_agenda',
      ],
      ['minutes that are changed', "UPDATE meeting SET conclusion = 'x' WHERE state = 'held'", 'PT063 meeting_way'],
      [
        'a meeting that was never prepared',
        "UPDATE meeting SET state = 'held', closed_at = now(), fixed_at = now() WHERE state = 'preparing'",
        'PT063 meeting_way',
      ],
      [
        'a decision after the meeting',
        "INSERT INTO meeting_decision (meeting_id, text, owner, due_date, state, decided_at, decided_by) SELECT id, 'x', 'x', '2025-01-01', 'open', now(), 'x' FROM meeting WHERE state = 'held'",
        'PT063 meeting_decision',
      ],
      ['another wording of a decision', "UPDATE meeting_decision SET text = 'x'", 'PT063 meeting_decision'],
      ['a decision that ends twice', "UPDATE meeting_decision SET outcome = 'x'", 'PT063 meeting_decision'],
      ['a decision that goes away', 'DELETE FROM meeting_decision', 'PT001 append_only'],
      ['another name of a member', "UPDATE meeting_member SET name = 'x'", 'PT063 meeting_member'],
    ])('%s', async (_what, sql, expected) => {
      expect(await refusal(sql)).toBe(expected);
    });
  });
});
