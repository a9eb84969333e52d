import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { addAccount } from '#libs/access';
import { correctCalendarYear } from '#libs/calendar';
import { Month, systemActor, type Actor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import {
  acknowledgeNotice,
  dueClock,
  findNotice,
  followUpNotices,
  issueNotices,
  listNotices,
  noticeDue,
  releaseAnnouncement,
  sendWeeklyDigest,
  tellStep,
  type NoticeShow,
} from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, bookMonth, closeMonth, PASSWORD, smallOffice, UNITS } from '../harness/small-office.js';

/** Months are closed one by one. */
const SLOW_MS = 120_000;

const system = systemActor('job');
const inspector: Actor = { ...actorFor('inspector', 'inspector', []), teams: ['T1'] };
const second = actorFor('approver', 'approver2');
const CONFIG = {
  acknowledgeWorkingDays: 3,
  planWorkingDays: 5,
  answerWorkingDays: 7,
  escalationWorkingDays: 3,
  smtpUrl: undefined,
  publicUrl: undefined,
};

/**
 * The notices of month 3 go out on Thursday 23 January 2025, two days before Tết (25 January to 2 February as
 * published): team 1 hears of A, team 2 of C, the fallback of D. Team 1 has an account, the others none.
 */
describe('notices followed up over Tết 2025', () => {
  let database: FreshDatabase;
  let db: DataSource;
  const on = (day: string): Promise<unknown> => direct(db, 'UPDATE instance_setting SET business_date = $1', [day]);
  const idOf = async (audience: string, recipient: string): Promise<number> => {
    const [row]: { id: number }[] = await db.query(
      'SELECT id FROM notice WHERE month = 3 AND audience = $1 AND recipient = $2',
      [audience, recipient],
    );
    return row?.id as number;
  };
  const name = async (id: number): Promise<string> => (await findNotice(db, actorFor('staff'), id)).recipient;
  const marked = async (): Promise<string[]> => {
    const marks = await followUpNotices(db, system, CONFIG);
    return Promise.all(marks.map(async ({ noticeId, mark }) => `${await name(noticeId)} ${mark}`));
  };
  /** As the worker does: every step that is not told yet. */
  const tell = async (): Promise<void> => {
    const due: { id: number; payload: { stepId: number } }[] = await db.query(
      "SELECT id, payload FROM outbox_message WHERE topic = 'notice-stepped' AND done_at IS NULL ORDER BY id",
    );
    for (const { id, payload } of due) await tellStep(db, system, CONFIG, { stepId: payload.stepId, messageId: id });
  };
  const inbox = async (username: string): Promise<string[]> => {
    const rows: { title: string }[] = await db.query(
      "SELECT title FROM delivery WHERE channel = 'in-app' AND address = $1 ORDER BY id",
      [username],
    );
    return rows.map(({ title }) => title);
  };

  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    const days = ['27', '28', '29', '30', '31'].map((day) => ({
      date: `2025-01-${day}`,
      kind: 'holiday' as const,
      name: 'Tết Ất Tỵ',
    }));
    await correctCalendarYear(db, actorFor('staff'), 2025, days);
    await addAccount(db, system, {
      username: 'to-truong',
      displayName: 'Trưởng đoàn 1',
      role: 'inspector',
      teams: ['T1'],
      password: PASSWORD,
    });
    await on('2025-01-23');
    await flaggedMonths(db);
    await tell();
  }, SLOW_MS);
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('one that reached an inbox is delivered, one that nobody can read stays issued', async () => {
    const states: { line: string }[] = await db.query(
      "SELECT concat_ws(' ', recipient, state) AS line FROM notice WHERE month = 3 AND audience = 'team' ORDER BY recipient",
    );
    expect(states.map(({ line }) => line)).toEqual(['T0 issued', 'T1 delivered', 'T2 issued']);
    expect(await inbox('to-truong')).toEqual(['Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024']);
  });

  it('asked again it tells nobody again', async () => {
    const [{ id }]: [{ id: number }] = await db.query(
      'SELECT s.id FROM notice_step AS s WHERE s.notice_id = $1 AND what = $2',
      [await idOf('team', 'T1'), 'issued'],
    );
    await tellStep(db, system, CONFIG, { stepId: id });
    expect(await inbox('to-truong')).toHaveLength(1);
  });

  it('no day of Tết counts: 4 February is the third working day', async () => {
    for (const [day, daysLeft] of [
      ['2025-01-24', 2],
      ['2025-01-30', 2],
      ['2025-02-02', 2],
      ['2025-02-03', 1],
      ['2025-02-04', 0],
      ['2025-02-05', -1],
    ] as const) {
      await on(day);
      const notice = await findNotice(db, inspector, await idOf('team', 'T1'));
      expect(noticeDue(notice, await dueClock(db, CONFIG))).toMatchObject({ day: '2025-02-04', daysLeft });
    }
  });

  it('nobody is reminded over the holidays; each is, once, on the first working day after them', async () => {
    for (const day of ['2025-01-24', '2025-01-29', '2025-02-02']) {
      await on(day);
      expect(await marked()).toEqual([]);
    }
    await on('2025-02-03');
    const runs = await Promise.all([marked(), marked()]);
    expect(runs.flat().sort()).toEqual(['T0', 'T1', 'T2'].map((team) => `${team} acknowledge-due-soon`));
    await on('2025-02-04');
    expect(await marked()).toEqual([]);
  });

  it('who acknowledges is left in peace, and has the next deadline', async () => {
    await acknowledgeNotice(db, inspector, await idOf('team', 'T1'), null);
    await on('2025-02-05');
    expect(await marked()).toEqual(['T0 acknowledge-overdue', 'T2 acknowledge-overdue']);
    const notice = await findNotice(db, inspector, await idOf('team', 'T1'));
    expect(noticeDue(notice, await dueClock(db, CONFIG))).toMatchObject({ duty: 'plan', day: '2025-02-11' });
  });

  it('the leaders are told of each once, three working days late', async () => {
    await on('2025-02-07');
    expect(await marked()).toEqual(['T0 acknowledge-escalated', 'T2 acknowledge-escalated']);
    await on('2025-02-08');
    expect(await marked()).toEqual([]);
    await tell();
    const title =
      'Báo cáo lãnh đạo: quá hạn xác nhận: Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024';
    expect(await inbox('leader')).toEqual([title, title]);
    expect(await inbox('to-truong')).toEqual([
      'Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024',
      'Sắp đến hạn xác nhận: Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024',
    ]);
  });

  it('lists tell apart what is new, due, overdue and done, and agree with the days left', async () => {
    await on('2025-02-07');
    const clock = await dueClock(db, CONFIG);
    const shown = async (show: NoticeShow): Promise<string[]> => {
      const { items } = await listNotices(db, actorFor('staff'), {
        show: { show, clock },
        month: Month.of(2024, 3),
        limit: 20,
      });
      return items.map(({ recipient }) => recipient).sort();
    };
    expect(await shown('overdue')).toEqual(['T0', 'T2']);
    expect(await shown('due')).toEqual(['T1']);
    expect(await shown('new')).toEqual([]);
    await releaseAnnouncement(db, second, Month.of(2024, 3));
    expect(await shown('new')).toEqual(['A', 'C']);
    expect(await shown('done')).toEqual(['province']);
  });

  it('one digest a week, on its first working day, the overdue first; the leaders hear of the overdue alone', async () => {
    await on('2025-02-07');
    expect(await sendWeeklyDigest(db, system, CONFIG)).toBe(0);
    await on('2025-02-10');
    // Two inspectors of team 1, the reporter of A, the leader.
    expect(await Promise.all([sendWeeklyDigest(db, system, CONFIG), sendWeeklyDigest(db, system, CONFIG)])).toEqual(
      expect.arrayContaining([4, 0]),
    );
    expect(await sendWeeklyDigest(db, system, CONFIG)).toBe(0);
    const digests: { address: string; title: string; body: string }[] = await db.query(
      "SELECT address, title, body FROM delivery WHERE subject = 'digest 2025-02-10' ORDER BY address",
    );
    expect(digests.map(({ address, title }) => `${address}: ${title}`)).toEqual([
      'inspector: Tổng hợp tuần từ 10/02/2025: 1 thông báo đang chờ xử lý, 0 quá hạn',
      'leader: Tổng hợp tuần từ 10/02/2025: 2 thông báo đang chờ xử lý, 2 quá hạn',
      'reporter: Tổng hợp tuần từ 10/02/2025: 1 thông báo đang chờ xử lý, 0 quá hạn',
      'to-truong: Tổng hợp tuần từ 10/02/2025: 1 thông báo đang chờ xử lý, 0 quá hạn',
    ]);
    expect(digests[3]?.body).toContain('hạn 11/02/2025, còn 1 ngày làm việc');
  });

  it('the month that clears a case closes its notices and is named; a report that came does so too', async () => {
    // A needs 18 đồng and more: with 40 in month 4 it is above the average; C stays below, D reports.
    await bookMonth(db, 4, { A: 40n, B: 14n, C: 6n, D: 14n }, UNITS);
    await closeMonth(db, actorFor('approver'), Month.of(2024, 4));
    const evaluation = await evaluateMonth(db, system, { planYear: 2024, month: 4, monthVersion: 1 });
    await issueNotices(db, system, evaluation?.id ?? 0);
    const closed: { line: string }[] = await db.query(
      `SELECT concat_ws(' · ', n.recipient, n.state, s.month, s.because) AS line
       FROM notice AS n LEFT JOIN notice_step AS s ON s.notice_id = n.id AND s.what = 'closed'
       WHERE n.month = 3 AND n.audience IN ('team', 'unit') ORDER BY n.audience, n.recipient`,
    );
    expect(closed.map(({ line }) => line)).toEqual([
      'T0 · closed · 4 · Đã có báo cáo: D',
      'T1 · closed · 4 · Hết cảnh báo: A',
      'T2 · issued',
      'A · closed · 4 · Hết cảnh báo: A',
      'C · issued',
    ]);
    await tell();
    expect((await inbox('to-truong')).at(-1)).toBe(
      'Kết thúc: Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024',
    );
  });

  it(
    'one whose unit never clears ends with the plan year, which is said',
    async () => {
      for (const number of [5, 6, 7, 8, 9, 10, 11, 12, 13]) {
        await bookMonth(db, number, { A: 1n, B: 1n, D: 1n }, UNITS);
        await closeMonth(db, actorFor('approver'), Month.of(2024, number));
        const evaluation = await evaluateMonth(db, system, { planYear: 2024, month: number, monthVersion: 1 });
        await issueNotices(db, system, evaluation?.id ?? 0);
      }
      const [letter]: { state: string; month: number; because: string }[] = await db.query(
        `SELECT n.state, s.month, s.because FROM notice AS n JOIN notice_step AS s ON s.notice_id = n.id AND s.what = 'closed'
       WHERE n.month = 3 AND n.recipient = 'C'`,
      );
      expect(letter).toEqual({ state: 'closed', month: 13, because: 'Kết thúc theo dõi, chưa hết cảnh báo: C' });
    },
    SLOW_MS,
  );
});
