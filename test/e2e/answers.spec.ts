import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wordParagraphs } from '#libs/exchange/sheet';
import { openObjections } from '#libs/followup';
import { Month } from '#libs/kernel';
import { releaseAnnouncement } from '#libs/notices';
import { binaryBody } from '../harness/binary-body.js';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, smallOffice } from '../harness/small-office.js';

const PDF = Buffer.from('%PDF-1.7\n% bảng xác nhận của Kho bạc\n%%EOF\n');
const MARCH = Month.of(2024, 3);

/** A was flagged in March 2024 with 18 of 100 đồng; the day is Tuesday 31/12/2024. */
describe('the answer of a unit', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<'reporter' | 'inspector' | 'staff' | 'approver' | 'approver2', Caller>;
  let letter: number;
  let letterOfC: number;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    await releaseAnnouncement(api.db, actorFor('approver', 'approver2'), MARCH);
    for (const name of ['reporter', 'inspector', 'staff', 'approver', 'approver2'] as const)
      as[name] = await api.signIn(name);
    [letter, letterOfC] = (await Promise.all(['A', 'C'].map(letterOf))) as [number, number];
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const letterOf = async (unit: string): Promise<number> =>
    (
      (await api.db.query("SELECT id FROM notice WHERE audience = 'unit' AND recipient = $1", [unit])) as {
        id: number;
      }[]
    )[0]?.id ?? 0;
  const objection = (claimedDong: number, more: object = {}): object => ({
    noticeId: letter,
    kind: 'objection',
    contested: { month: '2024-03', figure: 'disbursed', claimedDong, ...more },
    text: 'Kho bạc đã chi 30 đồng trong tháng 3.',
  });
  const code = ({ status, body }: { status: number; body: { code?: string } }): string => `${status} ${body.code}`;
  const missing = async (month: string): Promise<object[]> =>
    (
      (await as.approver.get(`/months/${month}/closing`).expect(200)).body as { missing: { kind: string }[] }
    ).missing.filter(({ kind }) => kind === 'open-objection');

  it('names the figure it contests: what stands is read from the frozen result, the file goes with it', async () => {
    const file = (await as.reporter.upload('/files', { name: 'xác nhận.pdf', content: PDF }).expect(201)).body as {
      id: number;
    };
    const { body } = await as.reporter.post('/answers', { ...objection(30), fileIds: [file.id] }).expect(201);
    expect(body).toMatchObject({
      unit: { code: 'A' },
      kind: 'objection',
      state: 'open',
      noticeId: letter,
      caseId: expect.any(Number),
      contested: { month: '2024-03', figure: 'disbursed', project: null, statedDong: 18, claimedDong: 30 },
      // 1 January is a holiday: 2, 3, 6, 7, 8 January.
      dueOn: '2025-01-08',
      daysLeft: 5,
      overdue: false,
    });
    const { id } = body as { id: number };
    const bytes = await as.staff.get(`/answers/${id}/files/${file.id}`).buffer(true).parse(binaryBody).expect(200);
    expect((bytes.body as Buffer).equals(PDF)).toBe(true);
    expect(bytes.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': "attachment; filename*=UTF-8''x%C3%A1c%20nh%E1%BA%ADn.pdf",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect((await as.reporter.get(`/notices/${letter}`)).body).toMatchObject({ state: 'answered' });
  });

  it('may be about one project: then the books say what stands', async () => {
    const { body } = await as.reporter
      .post('/answers', objection(40, { projectCode: 'P-A', sourceCode: 'NSDP', month: '2024-02', figure: 'plan' }))
      .expect(201);
    expect((body as { contested: object }).contested).toMatchObject({
      project: { code: 'P-A', name: 'Dự án của A' },
      source: { code: 'NSDP' },
      statedDong: 100,
      claimedDong: 40,
    });
  });

  it.each<[string, () => object, string]>([
    ['without a figure', () => ({ noticeId: letter, kind: 'objection', text: 'sai' }), '422 answer-figure-missing'],
    ['to the figure that stands', () => objection(18, { month: '2024-03' }), '422 answer-figure-the-same'],
    ['to a month that nobody has judged', () => objection(30, { month: '2024-09' }), '422 answer-figure-unknown'],
    ['of another’s project', () => objection(30, { projectCode: 'P-C' }), '422 answer-figure-unknown'],
    [
      'of a year that is not open',
      () => objection(30, { month: '2031-01', projectCode: 'P-A' }),
      '422 answer-figure-unknown',
    ],
    ['a second time while the first is open', () => objection(31), '409 answer-objection-open'],
    [
      'with a file that is not there',
      () => ({ ...objection(50, { month: '2024-01' }), fileIds: [99999] }),
      '404 attachment-unknown',
    ],
    ['to another’s letter', () => ({ ...objection(30), noticeId: letterOfC }), '404 notice-unknown'],
    ['to a letter that does not exist', () => ({ ...objection(30), noticeId: 99999 }), '404 notice-unknown'],
    ['to nothing', () => ({ kind: 'explanation', text: 'a' }), '404 answer-about-nothing'],
  ])('an objection %s is refused', async (_, body, expected) => {
    expect(code(await as.reporter.post('/answers', body()))).toBe(expected);
  });

  it('stands on the closing sheet until it is decided: closing needs a decision with a note', async () => {
    expect(await missing('2024-04')).toEqual([
      expect.objectContaining({ subject: '1', name: 'Đơn vị A', decision: 'accept-open', disbursedDong: 18 }),
      expect.objectContaining({ subject: '2', name: 'Đơn vị A', planDong: 100 }),
    ]);
    expect((await openObjections(api.db, MARCH)).map(({ id, claimed }) => [id, claimed])).toEqual([
      [1, 30n],
      [2, 40n],
    ]);
    expect((await openObjections(api.db, Month.of(2024, 2))).map(({ id }) => id)).toEqual([2]);
    const { body } = await as.approver.post('/months/2024-04/close', {}).expect(409);
    const told = (body as { errors: { detail: string }[] }).errors.map(({ detail }) => detail);
    expect(told.filter((detail) => detail.startsWith('Kiến nghị'))).toEqual([
      'Kiến nghị 1 của Đơn vị A chưa được trả lời. Trả lời đơn vị, hoặc quyết định "accept-open".',
      'Kiến nghị 2 của Đơn vị A chưa được trả lời. Trả lời đơn vị, hoặc quyết định "accept-open".',
    ]);
  });

  it('stands on the drafts that tell of its unit, in what is seen and in the file, and on no other', async () => {
    interface Draft {
      id: number;
      remarks: string[];
    }
    const compose = async (body: object): Promise<Draft> =>
      (await as.staff.post('/documents', { month: '2024-03', ...body }).expect(201)).body as Draft;
    const first =
      'Đơn vị A kiến nghị xem lại số giải ngân đến hết tháng 3 năm 2024 (đang ghi 18 đồng, đơn vị nêu 30 đồng), gửi ngày 31/12/2024, chưa trả lời.';
    const second =
      'Đơn vị A kiến nghị xem lại số kế hoạch đến hết tháng 2 năm 2024 của Dự án của A (đang ghi 100 đồng, đơn vị nêu 40 đồng), gửi ngày 31/12/2024, chưa trả lời.';
    const ofA = await compose({ kind: 'unit-letter', recipient: 'A' });
    expect(ofA.remarks).toEqual([first, second]);
    expect((await compose({ kind: 'announcement' })).remarks).toEqual([first, second]);
    expect((await compose({ kind: 'team-assignment', recipient: 'T1' })).remarks).toEqual([first, second]);
    expect((await compose({ kind: 'team-assignment', recipient: 'T2' })).remarks).toEqual([]);
    expect((await compose({ kind: 'unit-letter', recipient: 'C' })).remarks).toEqual([]);
    const docx = await as.staff.get(`/documents/${ofA.id}/file.docx`).buffer(true).parse(binaryBody).expect(200);
    const text = (await wordParagraphs(docx.body as Buffer, 'du-thao.docx')).join('\n');
    expect(text).toContain(`Dự thảo, còn để ngỏ: ${first}`);
  });

  it('is told to the department with the day by which it answers', async () => {
    const { items } = (await as.staff.get('/inbox').expect(200)).body as { items: { title: string; text: string }[] };
    const told = items.filter(({ title }) => title === 'Kiến nghị xem lại của Đơn vị A');
    expect(told).toHaveLength(2);
    expect(told[1]?.text).toContain(
      'Về số giải ngân đến hết tháng 3 năm 2024 (đang ghi 18 đồng, đơn vị nêu 30 đồng).\n\nNội dung: Kho bạc đã chi 30 đồng trong tháng 3.\n\nHạn trả lời: 08/01/2025.',
    );
  });

  it('is another’s business for nobody: a team sees its units’ answers, other units none', async () => {
    const total = async (caller: Caller): Promise<number> =>
      ((await caller.get('/answers').expect(200)).body as { total: number }).total;
    expect([await total(as.reporter), await total(as.inspector), await total(as.staff)]).toEqual([2, 2, 2]);
    await direct(api.db, "UPDATE account_scope SET unit_code = 'C' WHERE unit_code = 'A'");
    const other = await api.signIn('reporter');
    expect(await total(other)).toBe(0);
    const same = ['/answers/1', '/answers/99999', '/answers/1/files/1', '/answers/99999/files/1'];
    for (const path of same) expect(code(await other.get(path))).toBe('404 answer-unknown');
    await direct(api.db, "UPDATE account_scope SET unit_code = 'A' WHERE unit_code = 'C'");
  });

  it('is rejected with a reason', async () => {
    const decide = (body: object) => as.staff.post('/answers/2/decision', body);
    expect(code(await decide({ decision: 'rejected' }))).toBe('422 answer-reason-missing');
    const { body } = await decide({ decision: 'rejected', reason: 'Quyết định 01/QĐ giao 100 đồng.' }).expect(200);
    expect(body).toMatchObject({ state: 'rejected', reason: 'Quyết định 01/QĐ giao 100 đồng.', decidedBy: 'staff' });
    expect(code(await decide({ decision: 'accepted' }))).toBe('409 answer-decided');
    expect((await missing('2024-04')).length).toBe(1);
    const inbox = (await as.reporter.get('/inbox').expect(200)).body as { items: { title: string; text: string }[] };
    const told = inbox.items.find(({ title }) => title === 'Kiến nghị xem lại không được chấp nhận');
    expect(told?.text).toContain('Lý do: Quyết định 01/QĐ giao 100 đồng.');
  });

  it('is accepted where it leads somewhere: to the reopening of its closed month, asked for at once', async () => {
    const decide = (body: object) => as.staff.post('/answers/1/decision', body);
    expect(code(await decide({ decision: 'accepted' }))).toBe('422 answer-way-missing');
    expect(code(await decide({ decision: 'accepted', leadsTo: 'correction', entryId: 99999 }))).toBe(
      '422 answer-entry-unfit',
    );
    const { body } = await decide({ decision: 'accepted', reason: 'Đúng', leadsTo: 'reopening' }).expect(200);
    expect(body).toMatchObject({ state: 'accepted', leadsTo: 'reopening' });
    const sheet = (await as.approver.get('/months/2024-03/closing').expect(200)).body as { reopenings: object[] };
    expect(sheet.reopenings).toEqual([expect.objectContaining({ state: 'requested', reason: 'Đúng' })]);
    await as.approver2.post('/months/2024-03/reopen', {}).expect(200);
    expect(await missing('2024-03')).toEqual([]);
  });

  it('or to the entry that corrects an open month', async () => {
    const sent = await as.reporter.post('/answers', objection(31)).expect(201);
    await bookMonth(api.db, 3, { A: 13n }, []);
    const [entry] = (await api.db.query("SELECT max(id) AS id FROM disbursement_entry WHERE unit_code = 'A'")) as {
      id: number;
    }[];
    const { body } = await as.approver
      .post(`/answers/${(sent.body as { id: number }).id}/decision`, {
        decision: 'accepted',
        leadsTo: 'correction',
        entryId: entry?.id,
      })
      .expect(200);
    expect(body).toMatchObject({ state: 'accepted', leadsTo: 'correction', entryId: entry?.id, decidedBy: 'approver' });
  });

  it('that explains needs no figure, and is taken note of', async () => {
    const { body } = await as.reporter
      .post('/answers', { noticeId: letter, kind: 'explanation', text: 'Mặt bằng bàn giao chậm.' })
      .expect(201);
    const { id } = body as { id: number };
    expect(body).toMatchObject({ contested: null, state: 'open' });
    expect((await as.staff.post(`/answers/${id}/decision`, { decision: 'accepted' }).expect(200)).body).toMatchObject({
      state: 'accepted',
      leadsTo: null,
    });
  });

  it.each([
    ["UPDATE answer SET text = 'khác'", 'PT001'],
    ["UPDATE answer SET state = 'open', decided_at = NULL, decided_by = NULL", 'PT001'],
    ['DELETE FROM answer', 'PT001'],
    ['UPDATE answer_file SET answer_id = 2', 'PT001'],
    [
      "INSERT INTO answer (notice_id, unit_code, kind, text, sent_at, sent_by, due_on) SELECT notice_id, 'A', 'objection', 'a', now(), 'a', now() FROM answer LIMIT 1",
      '23514',
    ],
    [
      "INSERT INTO answer (unit_code, kind, text, sent_at, sent_by, due_on) VALUES ('A', 'explanation', 'a', now(), 'a', now())",
      '23514',
    ],
  ])('the database itself refuses %s', async (sql, expected) => {
    await expect(direct(api.db, sql)).rejects.toMatchObject({ driverError: { code: expected } });
  });
});
