import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAsIs, payAndReport, ratedUnits, until, untilEvaluated } from '../harness/demonstration-months.js';
import { demonstrationFolder, LOADING_LIMIT_MS } from '../harness/demonstration-folder.js';
import { startMailServer, type MailServer } from '../harness/mail-server.js';
import { signInTo, type Person } from '../harness/product-person.js';
import { startProduct, type ProductProcess } from '../harness/product-process.js';

const STEP = 90_000;
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const PEOPLE = ['chuyenvien', 'duyet', 'phathanh', 'vanthu', 'binhgia', 'doan2', 'lanhdao'] as const;

interface Notice {
  id: number;
  month: string;
  audience: string;
  state: string;
  recipient: { code: string; name: string };
  subject: string;
}
interface Doc {
  id: number;
  kind: string;
  state: string;
  number: string | null;
  recipient: { code: string } | null;
  files: { format: string; sha256: string }[];
}

/**
 * Bình Gia (181) of the demonstration has been on the list since March. October and November are played with round
 * shares of each unit's plan, so what must come out can be worked out by hand: in October everybody pays 50 ‰ and
 * Bình Gia 5 ‰, in November everybody 20 ‰ and Bình Gia 450 ‰.
 */
describe('from the close to the month that clears it: Bình Gia, over HTTP on the real program', () => {
  let folder: Awaited<ReturnType<typeof demonstrationFolder>>;
  let mail: MailServer;
  let product: ProductProcess;
  const as = {} as Record<(typeof PEOPLE)[number], Person>;
  let caseId = 0;
  let inspectionId = 0;
  let difficultyId = 0;

  beforeAll(async () => {
    [folder, mail] = await Promise.all([demonstrationFolder(), startMailServer()]);
    product = await startProduct(folder.path, {
      SMTP_URL: mail.url,
      MAIL_FROM: 'Theo dõi giải ngân <giaingan@langson.example>',
      PUBLIC_URL: 'https://giaingan.langson.example',
    });
    for (const name of PEOPLE) as[name] = await signInTo(product, name);
    for (const name of PEOPLE) await as[name].put('/own-account/email', { email: `${name}@langson.example` });
  }, LOADING_LIMIT_MS + STEP);
  afterAll(async () => {
    await product?.end('SIGTERM');
    await mail?.stop();
    await folder?.remove();
  });

  const mailsTo = (name: string): { subject: string; text: string }[] =>
    mail.mails
      .filter(({ to }) => JSON.stringify(to).includes(`${name}@langson.example`))
      .map(({ subject, text }) => ({ subject: subject ?? '', text: text ?? '' }));
  const mailed = (name: string, subject: RegExp): Promise<{ subject: string; text: string }> =>
    until(`a mail to ${name} about ${subject}; it has ${mailsTo(name).map((each) => each.subject)}`, async () =>
      mailsTo(name).find((each) => subject.test(each.subject)),
    );
  const noticeOf = async (person: Person, month: string, audience: string): Promise<Notice> => {
    const { items } = await person.get<{ items: Notice[] }>(`/notices?month=${month}&audience=${audience}&limit=50`);
    return items.find((each) => audience !== 'unit' || each.recipient.code === '181') as Notice;
  };
  const stateOf = async (person: Person, id: number): Promise<string> =>
    (await person.get<Notice>(`/notices/${id}`)).state;
  const documentsOf = async (query: string): Promise<Doc[]> =>
    (await as.vanthu.get<{ items: Doc[] }>(`/documents?limit=50&${query}`)).items;
  const giveNumber = async (id: number, number: number, date: string): Promise<Doc> => {
    const { headers } = await as.vanthu.ask('GET', `/documents/${id}`);
    return as.vanthu.post<Doc>(
      `/documents/${id}/number`,
      { number, date },
      { 'if-match': headers.get('etag') as string },
    );
  };

  it(
    'October is closed: the rule finds Bình Gia below for the ninth month, its team is told at once',
    async () => {
      const september = (await ratedUnits(as.chuyenvien, '2024-09')).find(({ unit }) => unit.code === '181');
      await payAndReport(as.chuyenvien, {
        before: '2024-09',
        month: '2024-10',
        day: '2024-11-06',
        perMille: (unit) => (unit === '181' ? 5 : 50),
      });
      await closeAsIs(as.duyet, '2024-10');
      await untilEvaluated(as.duyet, '2024-10');
      const october = (await ratedUnits(as.lanhdao, '2024-10')).find(({ unit }) => unit.code === '181');
      expect(october).toMatchObject({ status: 'below', flagged: true, streak: 9 });
      expect((october?.disbursedDong ?? 0) - (september?.disbursedDong ?? 0)).toBeGreaterThanOrEqual(456_000_000);
      const { items } = await as.chuyenvien.get<{ items: { id: number; unit: { code: string }; state: string }[] }>(
        '/warning-cases?state=open',
      );
      caseId = items.find(({ unit }) => unit.code === '181')?.id as number;
      const sheet = await noticeOf(as.doan2, '2024-10', 'team');
      const letter = await mailed('doan2', /tháng 10 năm 2024/);
      expect(letter.text).toContain('Huyện Bình Gia');
      expect(letter.text).toContain(`https://giaingan.langson.example/notices/${sheet.id}`);
      // The letter to the unit waits for the second person: nothing has reached it.
      expect(mailsTo('binhgia')).toEqual([]);
    },
    STEP,
  );

  it(
    'a second approver releases it, the clerk numbers announcement, letter and assignment, and they are frozen',
    async () => {
      const own = await as.duyet.ask('POST', '/announcements/2024-10/release');
      expect(`${own.status} ${own.body['code']}`).toBe('403 release-by-closer');
      await as.phathanh.post('/announcements/2024-10/release');
      const toUnit = await mailed('binhgia', /Đôn đốc giải ngân .* tháng 10 năm 2024: Huyện Bình Gia/);
      expect(toUnit.text).toContain('/notices/');
      const composed = await until('the drafts of October', async () => {
        const drafts = await documentsOf('month=2024-10');
        return drafts.some(({ kind }) => kind === 'announcement') ? drafts : undefined;
      });
      const chosen = composed.filter(
        ({ kind, recipient }) =>
          kind === 'announcement' ||
          (kind === 'unit-letter' && recipient?.code === '181') ||
          (kind === 'team-assignment' && recipient?.code === 'DKT-2'),
      );
      expect(chosen).toHaveLength(3);
      for (const { id, kind } of chosen) {
        const issued = await giveNumber(id, kind === 'unit-letter' ? 1487 : 215, '2024-11-06');
        expect(issued).toMatchObject({ state: 'issued', files: expect.any(Array) });
        expect(issued.files.map(({ format }) => format).sort()).toEqual(['docx', 'pdf']);
        const pdf = await as.lanhdao.bytes(`/documents/${id}/file.pdf`);
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      }
      const [letter] = await documentsOf('month=2024-10&kind=unit-letter&state=issued');
      expect(letter?.number).toBe('1487/UBND-TH');
    },
    STEP,
  );

  it(
    'the unit acknowledges and explains with a file; the department takes the explanation',
    async () => {
      const { id } = await noticeOf(as.binhgia, '2024-10', 'unit');
      await as.binhgia.post(`/notices/${id}/acknowledgement`, { note: 'Đã nhận, sẽ giải trình trong tuần' });
      const fileIds = [await as.binhgia.upload('bien-ban.jpg', JPEG)];
      const answer = await as.binhgia.post<{ id: number; caseId: number }>('/answers', {
        noticeId: id,
        kind: 'explanation',
        text: 'Vướng mặt bằng 3 hộ, đến 20/11 bàn giao.',
        fileIds,
      });
      expect(answer.caseId).toBe(caseId);
      expect(await stateOf(as.binhgia, id)).toBe('answered');
      const asked = await mailed('chuyenvien', /Giải trình của Huyện Bình Gia/);
      // Five working days after Wednesday 6 November.
      expect(asked.text).toContain('Hạn trả lời: 13/11/2024.');
      await as.chuyenvien.post(`/answers/${answer.id}/decision`, { decision: 'accepted', reason: 'Có cơ sở' });
      expect((await mailed('binhgia', /Giải trình được chấp nhận/)).text).toContain('Lý do: Có cơ sở');
    },
    STEP,
  );

  it(
    'the team plans from its notice, goes there, finds three households in the way and recommends',
    async () => {
      const { id } = await noticeOf(as.doan2, '2024-10', 'team');
      await as.chuyenvien.post('/business-day', { date: '2024-11-12' });
      const planned = await as.doan2.post<{ id: number; caseId: number }>('/inspections', {
        teamCode: 'DKT-2',
        kind: 'routine',
        subject: 'unit',
        unitCode: '181',
        noticeId: id,
        purpose: 'Tiến độ giải ngân mười tháng',
        plannedOn: '2024-11-12',
        place: 'Thị trấn Bình Gia',
        members: ['Hoàng Văn Páo'],
      });
      expect(planned.caseId).toBe(caseId);
      inspectionId = planned.id;
      expect(await stateOf(as.doan2, id)).toBe('planned');
      const photo = await as.doan2.upload('km3.jpg', JPEG);
      await as.doan2.post(`/inspections/${inspectionId}/visits`, {
        draftKey: randomUUID(),
        visitedOn: '2024-11-12',
        place: 'Km 3, đường Tân Văn',
        members: ['Hoàng Văn Páo'],
        findings: [{ category: 'site-clearance', text: 'Còn 3 hộ chưa bàn giao', amountDong: 21_000_000_000 }],
        attachments: [{ fileId: photo, kind: 'photo', caption: 'Km 3' }],
        recommendations: [{ text: 'Bàn giao mặt bằng 3 hộ', owner: 'UBND huyện Bình Gia', dueOn: '2024-11-20' }],
      });
      await as.doan2.post(`/inspections/${inspectionId}/conclusion`, { conclusion: 'Chậm do mặt bằng, tháo gỡ được.' });
      expect(await stateOf(as.doan2, id)).toBe('resolved');
    },
    STEP,
  );

  it(
    'what blocks is registered, a meeting is called from it, decides, and its minutes are numbered',
    async () => {
      const difficulty = await as.doan2.post<{ id: number }>('/difficulties', {
        unit: '181',
        category: 'site-clearance',
        title: 'Ba hộ chưa nhận tiền bồi thường ở Tân Văn',
        blockedDong: 21_000_000_000,
        owner: 'UBND huyện Bình Gia',
        decider: 'UBND tỉnh',
        dueDate: '2024-11-20',
      });
      difficultyId = difficulty.id;
      interface Bodies {
        items: { id: number; name: string; members: { id: number }[] }[];
      }
      const bodies = await as.chuyenvien.post<Bodies>('/meeting-bodies', {
        kind: 'committee',
        name: 'UBND tỉnh Lạng Sơn',
      });
      const bodyId = bodies.items.find(({ name }) => name === 'UBND tỉnh Lạng Sơn')?.id as number;
      const { items } = await as.chuyenvien.post<Bodies>(`/meeting-bodies/${bodyId}/members`, {
        name: 'Nguyễn Hoàng Tùng',
        position: 'Phó Chủ tịch UBND tỉnh',
        part: 'chair',
        validFrom: '2024-01-01',
      });
      const presentIds = items.find(({ id }) => id === bodyId)?.members.map(({ id }) => id);
      interface Meeting {
        meeting: { id: number; version: number };
        agenda: { id: number; source: string; refId: number | null }[];
      }
      const called = await as.chuyenvien.post<Meeting>('/meetings', {
        bodyId,
        heldOn: '2024-11-12',
        place: 'Phòng họp số 2',
        difficultyId,
      });
      const { id } = called.meeting;
      expect(called.agenda).toMatchObject([{ source: 'difficulty', refId: difficultyId }]);
      const { items: candidates } = await as.chuyenvien.get<{ items: { source: string; refId: number }[] }>(
        `/meetings/${id}/candidates`,
      );
      expect(candidates).toContainEqual(expect.objectContaining({ source: 'warning-case', refId: caseId }));
      await as.chuyenvien.put(
        `/meetings/${id}/agenda`,
        {
          items: [
            { source: 'difficulty', refId: difficultyId },
            { source: 'warning-case', refId: caseId },
          ],
        },
        { 'if-match': `"${called.meeting.version}"` },
      );
      const { agenda } = await as.chuyenvien.post<Meeting>(`/meetings/${id}/agenda/fix`);
      await as.chuyenvien.post(`/meetings/${id}/decisions`, {
        itemId: agenda[0]?.id,
        text: 'Chi trả và bàn giao mặt bằng ba hộ trước 20/11',
        owner: 'UBND huyện Bình Gia',
        dueDate: '2024-11-20',
      });
      await as.chuyenvien.post(`/meetings/${id}/close`, { presentIds, conclusion: 'Thống nhất phương án.' });
      const minutes = await as.chuyenvien.post<Doc>('/documents', { kind: 'minutes', meeting: id });
      expect(await giveNumber(minutes.id, 12, '2024-11-12')).toMatchObject({ state: 'issued' });
      await as.chuyenvien.post(`/difficulties/${difficultyId}/decision`, { decision: 'Duyệt phương án bồi thường' });
      await as.doan2.post(`/difficulties/${difficultyId}/steps`, { to: 'solved', note: 'Đã bàn giao ngày 19/11' });
    },
    STEP,
  );

  it(
    'November clears the case: its notices are closed with that month, and everybody hears of it',
    async () => {
      await payAndReport(as.chuyenvien, {
        before: '2024-10',
        month: '2024-11',
        day: '2024-12-06',
        perMille: (unit) => (unit === '181' ? 450 : 20),
      });
      await closeAsIs(as.duyet, '2024-11');
      await untilEvaluated(as.duyet, '2024-11');
      const november = (await ratedUnits(as.lanhdao, '2024-11')).find(({ unit }) => unit.code === '181');
      expect(november).toMatchObject({ flagged: false, streak: 0 });
      const letter = await noticeOf(as.binhgia, '2024-10', 'unit');
      expect(letter.state).toBe('closed');
      const closed = await mailed('binhgia', /Kết thúc: Đôn đốc giải ngân .* tháng 10 năm 2024/);
      expect(closed.text).toContain('Hết cảnh báo: Bình Gia');
      await as.phathanh.post('/announcements/2024-11/release');
      // The announcement is public: it stands in the leaders' inbox and fills nobody's mail.
      await until('the announcement in the inbox', async () => {
        const { items } = await as.lanhdao.get<{ items: { title: string }[] }>('/inbox');
        return items.find(({ title }) => /Kết quả giải ngân .* tháng 11 năm 2024/.test(title));
      });
      expect(mailsTo('lanhdao')).toEqual([]);
    },
    STEP,
  );

  it(
    'the case tells it all, from flagged to cleared, and counts among those cleared with an inspection',
    async () => {
      interface Followed {
        state: string;
        endedMonth: string;
        inspected: boolean;
        timeline: { kind: string; what: string }[];
      }
      const followed = await as.lanhdao.get<Followed>(`/warning-cases/${caseId}`);
      expect(followed).toMatchObject({ state: 'cleared', endedMonth: '2024-11', inspected: true });
      const told = followed.timeline.map(({ kind, what }) => `${kind} ${what}`);
      for (const step of ['case new', 'notice issued', 'notice inspected', 'difficulty solved', 'case cleared'])
        expect(told).toContain(step);
      const { withInspection } = await as.lanhdao.get<{ withInspection: { cleared: number } }>(
        '/case-effects?planYear=2024',
      );
      expect(withInspection.cleared).toBe(1);
    },
    STEP,
  );
});
