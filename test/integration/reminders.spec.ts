import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { correctCalendarYear, calendarYear } from '#libs/calendar';
import { Month, systemActor } from '#libs/kernel';
import { openPlanYear, submitReport } from '#libs/ledger';
import { acknowledgeNotice, listNotices, remindReports } from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, bookMonth, DEADLINES, smallOffice } from '../harness/small-office.js';

/** March 2024 ends on a Sunday: its reports are due on Friday 5 April, the fifth working day. C and D are late. */
describe('reminders of missing reports', () => {
  let database: FreshDatabase;
  let db: DataSource;
  const system = systemActor('job');
  const on = (day: string): Promise<unknown> => direct(db, 'UPDATE instance_setting SET business_date = $1', [day]);
  const written = async (): Promise<string[]> =>
    (await remindReports(db, system, DEADLINES)).map(
      ({ audience, recipient, step }) => `${audience} ${recipient} ${step}`,
    );

  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    for (const month of [1, 2]) await bookMonth(db, month, {});
    await bookMonth(db, 3, {}, ['A', 'B']);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('none while the due day is far', async () => {
    await on('2024-04-02');
    expect(await written()).toEqual([]);
  });

  it('the units that owe one, two working days before it is due; run again, or by two at once, nothing more', async () => {
    await on('2024-04-03');
    const runs = await Promise.all([written(), written()]);
    expect(runs.flat().sort()).toEqual(['unit C due-soon', 'unit D due-soon']);
    expect(await written()).toEqual([]);
    await on('2024-04-05');
    expect(await written()).toEqual([]);
  });

  it('nobody on the weekend after the due day; on Monday the units and, in one notice, the staff', async () => {
    await on('2024-04-06');
    expect(await written()).toEqual([]);
    await on('2024-04-08');
    expect(await written()).toEqual(['unit C overdue', 'unit D overdue', 'staff staff overdue']);
    const { items } = await listNotices(db, actorFor('staff'), { audience: 'staff', limit: 10 });
    expect(items[0]?.lines.map(({ unitCode, kind }) => `${unitCode} ${kind}`)).toEqual([
      'C missing-report',
      'D missing-report',
    ]);
  });

  it('who has reported meanwhile is left in peace; the other is reminded once more, three working days late', async () => {
    await submitReport(db, actorFor('staff'), Month.of(2024, 3), 'C');
    await on('2024-04-10');
    expect(await written()).toEqual(['unit D long-overdue', 'staff staff long-overdue']);
    await on('2024-04-30');
    expect(await written()).toEqual([]);
  });

  it('reaches the reporter of the unit alone, who confirms it', async () => {
    const reporter = actorFor('reporter', 'd', ['D']);
    const { items, waiting } = await listNotices(db, reporter, { limit: 10 });
    expect([items.map(({ step }) => step), waiting]).toEqual([['long-overdue', 'overdue', 'due-soon'], 3]);
    await expect(acknowledgeNotice(db, reporter, items[0]?.id ?? 0, null)).resolves.toMatchObject({
      state: 'acknowledged',
    });
    expect((await listNotices(db, actorFor('reporter', 'a', ['A']), { limit: 10 })).items).toEqual([]);
  });

  it('the database holds each unit, month and step to one', async () => {
    await expect(
      db.query(
        `INSERT INTO notice (plan_year, month, month_version, audience, recipient, recipient_name, state, subject,
           created_at, issued_at, step)
         SELECT plan_year, month, month_version, audience, recipient, recipient_name, 'issued', subject, now(), now(), step
         FROM notice WHERE step = 'overdue' AND recipient = 'D'`,
      ),
    ).rejects.toMatchObject({ code: '23505' });
  });

  it('counts by the calendar that staff keep: a plan year begins with the computed holidays of its two years', async () => {
    await openPlanYear(db, actorFor('staff'), 2025);
    const tet = (await calendarYear(db, 2025)).filter(({ date }) => date < '2025-02-10').map(({ date }) => date);
    // As computed: Tết from the 28th. The decision gave Monday the 27th too.
    expect(tet).toEqual(['2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-02-01']);
    const days = (await calendarYear(db, 2025)).map(({ date, kind, name }) => ({ date, kind, name }));
    await correctCalendarYear(db, actorFor('staff'), 2025, [
      ...days,
      { date: '2025-01-27', kind: 'day-off-in-lieu', name: 'Nghỉ bù Tết' },
      { date: '2025-09-01', kind: 'holiday', name: 'Quốc khánh' },
    ]);
    const kept = await calendarYear(db, 2025);
    expect(kept.filter(({ source }) => source === 'staff').map(({ date }) => date)).toEqual([
      '2025-01-27',
      '2025-09-01',
    ]);
    const [event]: [{ before: number; after: number }] = await db.query(
      `SELECT jsonb_array_length(body::jsonb -> 'before') AS before, jsonb_array_length(body::jsonb -> 'after') AS after
       FROM audit_event WHERE action = 'calendar.correct'`,
    );
    expect(event.after).toBe(event.before + 2);
  });
});
