import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { Month, systemActor, type Actor } from '#libs/kernel';
import {
  acknowledgeNotice,
  advanceNotice,
  COURSES,
  NoticeTransition,
  releaseAnnouncement,
  TRANSITIONS,
  type NoticeState,
} from '#libs/notices';
import { DIRECT_EVENT } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, smallOffice } from '../harness/small-office.js';

const inspector: Actor = { ...actorFor('inspector', 'inspector', []), teams: ['T1'] };
const second = actorFor('approver', 'approver2');

/** Month 3 of the small office: team 1 hears of A, team 2 of C, the fallback of D; letters to A and C wait. */
describe('the life of a notice', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    await flaggedMonths(db);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const idOf = async (audience: string, recipient: string): Promise<number> => {
    const [row]: { id: number }[] = await db.query(
      'SELECT id FROM notice WHERE month = 3 AND audience = $1 AND recipient = $2',
      [audience, recipient],
    );
    return row?.id as number;
  };
  const steps = async (id: number): Promise<string[]> => {
    const rows: { line: string }[] = await db.query(
      "SELECT concat_ws(' · ', what, by_name, because) AS line FROM notice_step WHERE notice_id = $1 ORDER BY id",
      [id],
    );
    return rows.map(({ line }) => line);
  };
  const advance = (actor: Actor, id: number, to: NoticeState, because?: string): Promise<unknown> =>
    auditedTransaction(db, actor, (tx, record) => advanceNotice(tx, record, actor, id, to, { because }));
  const refusal = (sql: string): Promise<string> =>
    db
      .transaction(async (tx) => {
        await tx.query(sql);
        await tx.query(DIRECT_EVENT);
      })
      .then(
        () => 'went through',
        (error: { driverError: { code: string; constraint: string } }) =>
          `${error.driverError.code} ${error.driverError.constraint}`,
      );

  it('the database knows the same transitions as the rule', async () => {
    const kept = await db.manager.find(NoticeTransition);
    const known = COURSES.flatMap((course) =>
      Object.entries(TRANSITIONS[course]).flatMap(([from, to]) => to.map((state) => `${course} ${from} ${state}`)),
    );
    expect(kept.map(({ course, fromState, toState }) => `${course} ${fromState} ${toState}`).sort()).toEqual(
      known.sort(),
    );
  });

  it('is a timeline: who planned a visit has acknowledged, each step says who and why, each has its event', async () => {
    const id = await idOf('team', 'T1');
    await advance(inspector, id, 'planned', 'kiểm tra ngày 12/01');
    await advance(inspector, id, 'planned');
    await advance(inspector, id, 'inspected');
    expect(await steps(id)).toEqual([
      'issued · Hệ thống',
      'acknowledged · inspector',
      'planned · inspector · kiểm tra ngày 12/01',
      'inspected · inspector',
    ]);
    const events: { state: string }[] = await db.query(
      `SELECT body::jsonb #>> '{after,state}' AS state FROM audit_event
       WHERE action = 'notice.advance' AND object_id = $1 ORDER BY seq`,
      [String(id)],
    );
    expect(events.map(({ state }) => state)).toEqual(['acknowledged', 'planned', 'inspected']);
  });

  it('refuses a step back, a step of another course, and anything on a draft but its release', async () => {
    const team = await idOf('team', 'T1');
    const letter = await idOf('unit', 'A');
    await expect(advance(inspector, team, 'planned')).rejects.toMatchObject({ code: 'notice-step-refused' });
    await expect(advance(inspector, team, 'answered')).rejects.toMatchObject({ code: 'notice-step-refused' });
    await expect(advance(inspector, letter, 'acknowledged')).rejects.toMatchObject({ code: 'notice-step-refused' });
    await expect(advance(inspector, 9999, 'planned')).rejects.toMatchObject({ code: 'notice-unknown' });
  });

  it('a letter is released with its month, acknowledged by its unit once, and answered', async () => {
    const letter = await idOf('unit', 'A');
    await releaseAnnouncement(db, second, Month.of(2024, 3));
    const reporter = actorFor('reporter', 'reporter', ['A']);
    await acknowledgeNotice(db, reporter, letter, 'đã nhận');
    await expect(acknowledgeNotice(db, reporter, letter, null)).rejects.toMatchObject({ code: 'notice-acknowledged' });
    await advance(reporter, letter, 'answered', 'giải trình số 1');
    expect(await steps(letter)).toEqual([
      'draft · Hệ thống',
      'issued · approver2',
      'acknowledged · reporter · đã nhận',
      'answered · reporter · giải trình số 1',
    ]);
  });

  it('one that is over is not acknowledged any more', async () => {
    const letter = await idOf('unit', 'C');
    await advance(systemActor('job'), letter, 'closed', 'hết cảnh báo');
    await expect(acknowledgeNotice(db, actorFor('reporter', 'c', ['C']), letter, null)).rejects.toMatchObject({
      code: 'notice-step-refused',
    });
  });

  describe('the database refuses', () => {
    it.each([
      [
        'a state that does not follow',
        "UPDATE notice SET state = 'delivered' WHERE recipient = 'T1'",
        'PT001 append_only',
      ],
      [
        'an announcement that is acknowledged',
        "UPDATE notice SET state = 'acknowledged', acknowledged_at = now() WHERE audience = 'announcement' AND state = 'issued'",
        'PT001 append_only',
      ],
      [
        'a state that no step tells',
        "UPDATE notice SET state = 'delivered' WHERE recipient = 'T2'",
        'PT061 notice_step_kept',
      ],
      [
        'another acknowledgement on the way',
        "UPDATE notice SET state = 'resolved', acknowledged_by = 'forger' WHERE recipient = 'T1'",
        'PT001 append_only',
      ],
      [
        'the same step twice',
        "INSERT INTO notice_step (notice_id, what, at, by_name) SELECT id, 'issued', now(), 'x' FROM notice WHERE recipient = 'T1'",
        '23505 notice_step_once_unique',
      ],
      [
        'an unknown step',
        "INSERT INTO notice_step (notice_id, what, at, by_name) SELECT id, 'lost', now(), 'x' FROM notice WHERE recipient = 'T1'",
        '23514 notice_step_what_check',
      ],
      ['another reason afterwards', "UPDATE notice_step SET because = 'khác'", 'PT001 append_only'],
      ['a step removed', 'DELETE FROM notice_step', 'PT001 append_only'],
      ['another table of transitions', 'DELETE FROM notice_transition', 'PT001 append_only'],
    ])('%s', async (_, sql, expected) => {
      expect(await refusal(sql)).toBe(expected);
    });
  });
});
