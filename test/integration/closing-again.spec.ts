import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import { closeMonth as closeWith, closingSheet } from '#libs/closing';
import { listDifference } from '#libs/insight';
import { Month, systemActor } from '#libs/kernel';
import {
  openPlanYear,
  recordDisbursements,
  reopenMonth as reopen,
  submitReport,
  withdrawReopening,
} from '#libs/ledger';
import { dueEvaluations, evaluateMonth } from '#libs/monitoring';
import { issueNotices, releaseAnnouncement } from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import {
  actorFor,
  allocate,
  bookMonth,
  closeMonth,
  decideAll,
  DEADLINES,
  reopenMonth,
  smallOffice,
} from '../harness/small-office.js';

const staff = actorFor('staff');
const approver = actorFor('approver');
const second = actorFor('approver', 'approver2');
const month = (number: number, planYear = 2024): Month => Month.of(planYear, number);

async function office(): Promise<{ db: DataSource; database: FreshDatabase; stop: () => Promise<void> }> {
  const database = await freshDatabase();
  const db = await openBooks(database.url);
  await smallOffice(db);
  return {
    db,
    database,
    stop: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}

/** Evaluates whatever is due and writes its notices, as the worker does. */
async function work(db: DataSource): Promise<void> {
  for (const due of await dueEvaluations(db)) await evaluateMonth(db, systemActor('job'), due);
  const waiting: { id: number; payload: { evaluationId: number } }[] = await db.query(
    "SELECT id, payload FROM outbox_message WHERE topic = 'month-evaluated' AND done_at IS NULL ORDER BY id",
  );
  for (const { id, payload } of waiting) await issueNotices(db, systemActor('job'), payload.evaluationId, id);
}

const payment = (unitCode: string, amount: bigint) => ({
  unitCode,
  projectCode: `P-${unitCode}`,
  sourceCode: 'NSDP',
  kind: 'payment' as const,
  carriedOver: false,
  basis: 'actual' as const,
  amount,
  documentNo: null,
  documentDate: null,
  reason: amount < 0n ? 'ghi nhầm' : null,
  corrects: null,
});

const rows = async (db: DataSource, sql: string): Promise<string[]> =>
  ((await db.query(sql)) as { line: string }[]).map(({ line }) => line);

/**
 * Each pays of 100 đồng a month: A 6, B 14, C 10, D 10. The pool is at 40 of 400 a month: A is below from month 1 and
 * on the list in 3 and 4. C and D stand exactly at the average. Then month 2 turns out to lack 20 đồng of A.
 */
describe('a month that is reopened, corrected and closed again', () => {
  let db: DataSource;
  let database: FreshDatabase;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, database, stop } = await office());
    for (const number of [1, 2, 3, 4]) {
      await bookMonth(db, number, { A: 6n, B: 14n, C: 10n, D: 10n });
      await closeMonth(db, approver, month(number));
    }
    await work(db);
    await releaseAnnouncement(db, second, month(3));
  });
  afterAll(() => stop?.());

  const versions = (): Promise<string[]> =>
    rows(
      db,
      `SELECT concat_ws(' ', month, state, version) AS line FROM reporting_month
       WHERE plan_year = 2024 AND month <= 5 ORDER BY month`,
    );
  const evaluations = (): Promise<string[]> =>
    rows(db, `SELECT concat_ws(' ', month, month_version) AS line FROM evaluation ORDER BY month, month_version`);
  const cases = (): Promise<string[]> =>
    rows(
      db,
      `SELECT concat_ws(' ', c.unit_code, c.opened_month, c.state || ':',
         (SELECT string_agg(concat(s.month, 'v', e.month_version, ' ', s.change), ', ' ORDER BY e.month_version, s.month)
          FROM warning_case_step AS s JOIN evaluation AS e ON e.id = s.evaluation_id WHERE s.case_id = c.id)) AS line
       FROM warning_case AS c ORDER BY c.unit_code, c.opened_month`,
    );

  it('one person asks, with a reason; the same person, and staff, do not carry it out', async () => {
    await expect(reopen(db, staff, month(2), null)).rejects.toMatchObject({ code: 'reopening-reason-missing' });
    await expect(reopen(db, staff, month(6), 'sai số')).rejects.toMatchObject({ code: 'month-not-closed' });
    await expect(withdrawReopening(db, staff, month(2))).rejects.toMatchObject({ code: 'reopening-missing' });
    await expect(reopen(db, approver, month(2), 'thiếu 20 đồng')).resolves.toMatchObject({ state: 'requested' });
    await expect(reopen(db, approver, month(2), null)).rejects.toMatchObject({ code: 'reopening-needs-second-person' });
    await expect(reopen(db, staff, month(2), null)).rejects.toMatchObject({ code: 'reopening-needs-second-person' });
    expect(await versions()).toContain('2 closed 1');
  });

  it('takes its request back, which then nobody can carry out', async () => {
    await expect(withdrawReopening(db, staff, month(2))).rejects.toMatchObject({ code: 'reopening-of-another' });
    await expect(withdrawReopening(db, approver, month(2))).resolves.toMatchObject({ state: 'withdrawn' });
    await expect(reopen(db, second, month(2), null)).rejects.toMatchObject({ code: 'reopening-reason-missing' });
  });

  it('a second person, an approver, reopens: that month takes entries, the later ones stay closed', async () => {
    await reopen(db, staff, month(2), 'thiếu 20 đồng của A');
    await expect(reopen(db, approver, month(2), null)).resolves.toMatchObject({
      state: 'approved',
      requestedBy: 'staff',
      decidedBy: 'approver',
    });
    expect(await versions()).toEqual(['1 closed 1', '2 reopened 1', '3 closed 1', '4 closed 1', '5 open 0']);
    await recordDisbursements(db, staff, month(2), [payment('A', 20n)]);
    await expect(recordDisbursements(db, staff, month(3), [payment('A', 1n)])).rejects.toMatchObject({
      code: 'month-closed',
    });
    expect(await dueEvaluations(db)).toEqual([]);
    await expect(closeMonth(db, approver, month(5))).rejects.toMatchObject({ code: 'month-out-of-order' });
  });

  it('closed again: a new version of it and of every later closed month, each evaluated anew once', async () => {
    await closeMonth(db, approver, month(2));
    expect(await versions()).toEqual(['1 closed 1', '2 closed 2', '3 closed 2', '4 closed 2', '5 open 0']);
    expect((await dueEvaluations(db)).map(({ month: number }) => number)).toEqual([2, 3, 4]);
    // Two workers at once, each with another of the messages: the first does the whole chain.
    const order = (number: number) => ({ planYear: 2024, month: number, monthVersion: 2 });
    await Promise.all([2, 4, 3].map((number) => evaluateMonth(db, systemActor('job'), order(number))));
    expect(await evaluations()).toEqual(['1 1', '2 1', '2 2', '3 1', '3 2', '4 1', '4 2']);
    const closings = await rows(
      db,
      `SELECT concat_ws(' ', month, version, closed_by, 'anew of ' || anew_of) AS line FROM month_closing ORDER BY id`,
    );
    expect(closings.slice(4)).toEqual(['2 2 approver', '3 2 approver anew of 2', '4 2 approver anew of 2']);
  });

  it('the case that no longer exists is withdrawn, its steps and what withdrew it side by side', async () => {
    // Month 3: A has 38 of 100, the pool 140 of 400 = 35: A is above. C and D have 30: below since month 2, not three yet.
    // Month 4: A 44, pool 180 of 400 = 45: A is below for the first month, C and D (40) for the third.
    expect(await cases()).toEqual([
      'A 3 withdrawn: 3v1 new, 4v1 continuing, 3v2 withdrawn',
      'C 4 open: 4v2 new',
      'D 4 open: 4v2 new',
    ]);
  });

  it('the difference of the two lists says who came on, who left and what moved the average', async () => {
    const difference = await listDifference(db, staff, month(4), {});
    expect(difference).toMatchObject({
      from: 1,
      to: 2,
      joined: 2,
      left: 1,
      average: { before: { numerator: '2', denominator: '5' }, after: { numerator: '9', denominator: '20' } },
    });
    const change = difference.units.map(({ unit, list, before, after }) =>
      [unit.code, list, before?.streak, before?.gap, after?.streak, after?.gap].join(' '),
    );
    // A before: ⌈(160·100 − 24·400) / 300⌉ = 22; now ⌈(180·100 − 44·400) / 300⌉ = 2. C: ⌈(180·100 − 40·400) / 300⌉ = 7.
    expect(change).toEqual(['C joined 0 0 3 7', 'D joined 0 0 3 7', 'A left 4 22 1 2']);
    await expect(listDifference(db, staff, month(4), { from: 1, to: 9 })).rejects.toMatchObject({
      code: 'evaluation-version-missing',
    });
    await expect(listDifference(db, staff, month(1), {})).rejects.toMatchObject({ code: 'evaluation-version-missing' });
  });

  it('is told to a reporter for the own unit only', async () => {
    const difference = await listDifference(db, actorFor('reporter', 'reporter', ['B']), month(4), {});
    expect([difference.units.map(({ unit }) => unit.code), difference.joined, difference.left]).toEqual([[], 0, 0]);
  });

  it('what was released is answered by drafts that correct it; what was not is written anew; nothing old changes', async () => {
    const old = "SELECT (to_jsonb(notice) - 'state')::text AS line FROM notice WHERE month_version = 1 ORDER BY id";
    const before = await rows(db, old);
    await work(db);
    expect(await rows(db, old)).toEqual(before);
    const written = await rows(
      db,
      `SELECT concat_ws(' ', n.month, n.audience, n.recipient, n.state, CASE WHEN n.corrects IS NULL THEN 'new' ELSE 'corrects' END,
         (SELECT string_agg(l.unit_code || ' ' || l.kind, ', ' ORDER BY l.ordinal) FROM notice_line AS l WHERE l.notice_id = n.id)) AS line
       FROM notice AS n WHERE n.month_version = 2 ORDER BY n.month, n.audience, n.recipient`,
    );
    expect(written).toEqual([
      '2 announcement province draft new',
      '3 announcement province draft corrects A left-list',
      '3 team T1 issued corrects A left-list',
      '3 unit A draft corrects A left-list',
      '4 announcement province draft new C new-case, D new-case',
      '4 team T0 issued new D new-case',
      '4 team T1 issued corrects A left-list',
      '4 team T2 issued new C new-case',
      '4 unit C draft new C new-case',
      '4 unit D draft new D new-case',
    ]);
    const [{ subject }]: [{ subject: string }] = await db.query(
      "SELECT subject FROM notice WHERE month = 3 AND month_version = 2 AND audience = 'announcement'",
    );
    expect(subject).toBe('Đính chính: Kết quả giải ngân vốn đầu tư công tháng 3 năm 2024');
  });

  it('who closed again does not release the correction; another approver does, once', async () => {
    await expect(releaseAnnouncement(db, approver, month(3))).rejects.toMatchObject({ code: 'release-by-closer' });
    await expect(releaseAnnouncement(db, second, month(3))).resolves.toMatchObject({ state: 'issued' });
    await expect(releaseAnnouncement(db, second, month(3))).rejects.toMatchObject({ code: 'announcement-released' });
  });

  it('closed a third time with the money taken out again: the first list is back, and so is its case', async () => {
    await reopenMonth(db, month(2));
    await recordDisbursements(db, staff, month(2), [payment('A', -20n)]);
    await closeMonth(db, approver, month(2));
    await work(db);
    expect(await cases()).toEqual([
      'A 3 open: 3v1 new, 4v1 continuing, 3v2 withdrawn, 3v3 new, 4v3 continuing',
      'C 4 withdrawn: 4v2 new, 4v3 withdrawn',
      'D 4 withdrawn: 4v2 new, 4v3 withdrawn',
    ]);
    const [first, third]: { result_hash: string }[] = await db.query(
      'SELECT result_hash FROM evaluation WHERE month = 4 AND month_version IN (1, 3) ORDER BY month_version',
    );
    expect(third).toEqual(first);
    // The correction of month 3 was released: it is corrected in turn. Of month 4 nothing was: a plain draft.
    const drafts = await rows(
      db,
      `SELECT concat_ws(' ', month, audience, recipient, corrects IS NOT NULL) AS line FROM notice
       WHERE month_version = 3 AND state = 'draft' ORDER BY month, audience`,
    );
    expect(drafts).toEqual([
      '2 announcement province f',
      '3 announcement province t',
      '3 unit A t',
      '4 announcement province f',
      '4 unit A f',
    ]);
  });

  it('closed again without a change: no notice of a released month is written again', async () => {
    await releaseAnnouncement(db, second, month(3));
    await reopenMonth(db, month(3));
    await closeMonth(db, approver, month(3));
    await work(db);
    expect(await versions()).toContain('3 closed 4');
    expect(
      await rows(
        db,
        "SELECT concat_ws(' ', audience, recipient) AS line FROM notice WHERE month = 3 AND month_version = 4",
      ),
    ).toEqual([]);
    const sheet = await closingSheet(db, month(3), DEADLINES);
    expect(sheet.versions.map(({ version, anewOf }) => [version, anewOf])).toEqual([
      [4, null],
      [3, 2],
      [2, 2],
      [1, null],
    ]);
  });

  describe('direct SQL is refused', () => {
    let sql: Client;
    beforeAll(async () => {
      sql = new Client({ connectionString: database.url });
      await sql.connect();
    });
    afterAll(() => sql?.end());
    const refusal = async (...statements: string[]): Promise<string> => {
      await sql.query('BEGIN');
      try {
        for (const statement of statements) await sql.query(statement);
      } catch (error) {
        const { code, constraint } = error as DatabaseError;
        return `${code} ${constraint}`;
      } finally {
        await sql.query('ROLLBACK');
      }
      throw new Error(`went through: ${statements.join('; ')}`);
    };
    const ask = (by = 'staff', state = 'requested', version = 3): string =>
      `INSERT INTO month_reopening (plan_year, month, month_version, state, reason, requested_by, requested_at)
       VALUES (2024, 2, ${version}, '${state}', 'sai', '${by}', now())`;
    const carryOut = (by: string): string =>
      `UPDATE month_reopening SET state = 'approved', decided_by = '${by}', decided_at = now() WHERE state = 'requested'`;
    const open = "UPDATE reporting_month SET state = 'reopened', closed_at = NULL WHERE plan_year = 2024 AND month = 2";

    it.each([
      ['reopening without a request', [open], 'PT031 reopening_by_two'],
      ['reopening on a request alone', [ask(), open], 'PT031 reopening_by_two'],
      ['carried out by who asked', [ask('approver'), carryOut('approver')], 'PT031 reopening_by_two'],
      ['carried out by staff', [ask('approver'), carryOut('staff')], 'PT031 reopening_by_two'],
      ['carried out by nobody known', [ask(), carryOut('forger')], 'PT031 reopening_by_two'],
      ['asked by nobody known', [ask('forger')], 'PT031 reopening_by_two'],
      ['a request that begins carried out', [ask('staff', 'approved')], 'PT031 reopening_by_two'],
      ['a request about an older version', [ask('staff', 'requested', 1)], 'PT031 reopening_by_two'],
      ['two requests at once', [ask(), ask('approver')], '23505 month_reopening_one_request_index'],
      ['an old approval used again', [open], 'PT031 reopening_by_two'],
      ['another reason afterwards', [ask(), "UPDATE month_reopening SET reason = 'khác'"], 'PT001 append_only'],
      ['a request removed', ['DELETE FROM month_reopening'], 'PT001 append_only'],
    ])('%s', async (_, statements, expected) => {
      expect(await refusal(...statements)).toBe(expected);
    });

    it.each([
      [
        'a closed month counted up without an earlier one closed anew',
        "version = version + 1, closed_by = 'approver' WHERE month = 4",
      ],
      ['a version jumped over', 'version = version + 2 WHERE month = 4'],
      ['the reopened month itself counted up once more', 'version = version + 1 WHERE month = 3'],
    ])('%s', async (_, change) => {
      expect(await refusal(`UPDATE reporting_month SET ${change}`)).toBe('PT003 month_order');
    });

    it('an entry in a month that was closed again', async () => {
      const entry = `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, basis,
          amount, recorded_at, recorded_by)
        VALUES (2024, 2, 'A', 'P-A', 'NSDP', 'payment', 'actual', 1, now(), 'forger')`;
      expect(await refusal(entry)).toBe('PT002 month_closed');
    });

    it('the history of the closes, written by hand', async () => {
      expect(await refusal("UPDATE month_closing SET closed_by = 'forger'")).toBe('PT005 kept_by_database');
      expect(await refusal('DELETE FROM month_closing')).toBe('PT005 kept_by_database');
    });

    it('a released notice with another day or person, a correction of something else', async () => {
      const of = (change: string): string =>
        `UPDATE notice SET state = 'acknowledged', acknowledged_at = now(), ${change} WHERE state = 'issued'`;
      expect(await refusal(of("issued_at = now() - interval '1 day'"))).toBe('PT001 append_only');
      expect(await refusal(of("released_by = 'forger'"))).toBe('PT001 append_only');
      expect(await refusal(of('corrects = 1'))).toBe('PT001 append_only');
      expect(await refusal(of("step = 'overdue'"))).toBe('PT001 append_only');
    });
  });
});

describe('closing with what is missing', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => void ({ db, stop } = await office()));
  afterAll(() => stop?.());

  it('needs a decision on each thing, keeps it, and says all that lacks one', async () => {
    await bookMonth(db, 1, { A: 5n, B: 5n }, ['A', 'B']);
    await recordDisbursements(db, staff, month(1), [{ ...payment('C', 3n), basis: 'estimate' }]);
    const sheet = await closingSheet(db, month(1), DEADLINES);
    expect(sheet.missing.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'missing-report C',
      'missing-report D',
      'estimate-without-actual C',
    ]);
    const accept = (subject: string, kind: 'missing-report' | 'estimate-without-actual' = 'missing-report') => ({
      kind,
      subject,
      decision: kind === 'missing-report' ? ('accept-missing' as const) : ('accept-as-is' as const),
      note: 'đã nhắc',
    });
    await expect(closeWith(db, approver, month(1), [accept('C')])).rejects.toMatchObject({
      code: 'decisions-needed',
      facts: { count: 2 },
      problems: [
        { code: 'missing-report-undecided', facts: { subject: 'D', name: 'Đơn vị D' } },
        { code: 'estimate-without-actual-undecided', facts: { subject: 'C' } },
      ],
    });
    const all = [accept('C'), accept('D'), accept('C', 'estimate-without-actual'), accept('A')];
    await expect(closeWith(db, approver, month(1), all)).resolves.toMatchObject({ state: 'closed', version: 1 });
    const { decisions } = await closingSheet(db, month(1), DEADLINES);
    expect(decisions.map(({ kind, subject, note }) => `${kind} ${subject} ${note}`)).toEqual([
      'estimate-without-actual C đã nhắc',
      'missing-report C đã nhắc',
      'missing-report D đã nhắc',
    ]);
    await expect(db.query("UPDATE month_decision SET note = 'khác'")).rejects.toMatchObject({ code: 'PT001' });
  });

  it('with nothing missing needs none', async () => {
    await bookMonth(db, 2, { A: 5n });
    await expect(closeWith(db, approver, month(2), [])).resolves.toMatchObject({ version: 1 });
  });

  it('money without a plan and a unit that ended are found by the rule and asked about', async () => {
    // B's whole plan is taken back in March: what it disbursed has no plan. D ends with money on it.
    await allocate(db, '03/QĐ', '2024-03-10', [['B', -100n]]);
    await bookMonth(db, 3, { D: 2n }, ['A', 'C', 'D']);
    await direct(db, "UPDATE unit SET valid_to = '2024-03-15' WHERE code = 'D'");
    const { missing } = await closingSheet(db, month(3), DEADLINES);
    expect(missing.map(({ kind, subject, disbursed }) => `${kind} ${subject} ${disbursed}`)).toEqual([
      'money-without-plan B 5',
      'outside-validity D 2',
    ]);
    await direct(db, "UPDATE unit SET valid_to = NULL WHERE code = 'D'");
  });

  it('a report that comes while the month is closed: in before it, or refused after it, and no false decision', async () => {
    for (const number of [3, 4]) {
      const decisions = await decideAll(db, month(number));
      const [closed, reported] = await Promise.allSettled([
        closeWith(db, approver, month(number), decisions),
        submitReport(db, staff, month(number), number === 3 ? 'B' : 'C'),
      ]);
      expect(closed.status).toBe('fulfilled');
      const wasIn = reported.status === 'fulfilled';
      if (reported.status === 'rejected') expect(reported.reason).toMatchObject({ code: 'month-closed' });
      const kept = await rows(
        db,
        `SELECT subject AS line FROM month_decision WHERE month = ${number} AND kind = 'missing-report' AND subject = 'C'`,
      );
      if (number === 4) expect(kept).toEqual(wasIn ? [] : ['C']);
    }
  });

  it('two people close again at once, and an entry races them: one close, one version, no lost entry', async () => {
    await reopenMonth(db, month(3));
    const decisions = await decideAll(db, month(3));
    const outcomes = await Promise.allSettled([
      recordDisbursements(db, staff, month(3), [payment('A', 1n)]),
      closeWith(db, approver, month(3), decisions),
      recordDisbursements(db, staff, month(3), [payment('A', 1n)]),
      closeWith(db, second, month(3), decisions),
      recordDisbursements(db, staff, month(3), [payment('A', 1n)]),
    ]);
    const closes = [outcomes[1], outcomes[3]];
    expect(closes.filter((outcome) => outcome?.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(['month-closed', 'month-already-closed']).toContain((outcome.reason as { code: string }).code);
    const booked = [0, 2, 4].filter((i) => outcomes[i]?.status === 'fulfilled').length;
    expect(
      await rows(
        db,
        "SELECT coalesce(sum(amount), 0) AS line FROM disbursement_entry WHERE month = 3 AND unit_code = 'A'",
      ),
    ).toEqual([String(booked)]);
    expect(
      await rows(
        db,
        'SELECT version AS line FROM reporting_month WHERE plan_year = 2024 AND month IN (3, 4) ORDER BY month',
      ),
    ).toEqual([2, 2]);
    const messages = await rows(
      db,
      `SELECT concat_ws(' ', payload ->> 'month', payload ->> 'monthVersion') AS line FROM outbox_message
       WHERE topic = 'month-closed' AND payload @> '{"monthVersion": 2}' ORDER BY 1`,
    );
    expect(messages).toEqual(['3 2', '4 2']);
  });
});

describe('two months reopened at once', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, stop } = await office());
    for (const number of [1, 2, 3, 4, 5]) {
      await bookMonth(db, number, { A: 6n, B: 14n, C: 10n, D: 10n });
      await closeMonth(db, approver, month(number));
    }
    await work(db);
  });
  afterAll(() => stop?.());

  it('closing the earlier takes the later ones up to the gap; closing the second takes the rest', async () => {
    await reopenMonth(db, month(2));
    await reopenMonth(db, month(4));
    await recordDisbursements(db, staff, month(2), [payment('A', 20n)]);
    await expect(closeMonth(db, approver, month(4))).rejects.toMatchObject({ code: 'month-out-of-order' });
    await closeMonth(db, approver, month(2));
    await work(db);
    const versions = (): Promise<string[]> =>
      rows(
        db,
        `SELECT concat_ws(' ', month, state, version) AS line FROM reporting_month WHERE month < 6 ORDER BY month`,
      );
    expect(await versions()).toEqual(['1 closed 1', '2 closed 2', '3 closed 2', '4 reopened 1', '5 closed 1']);
    // A's case of month 3 is gone; nothing says anything yet of 4 and 5.
    const open = (): Promise<string[]> =>
      rows(
        db,
        "SELECT concat_ws(' ', unit_code, opened_month) AS line FROM warning_case WHERE state = 'open' ORDER BY 1",
      );
    expect(await open()).toEqual([]);
    await closeMonth(db, approver, month(4));
    await work(db);
    expect(await versions()).toEqual(['1 closed 1', '2 closed 2', '3 closed 2', '4 closed 2', '5 closed 2']);
    expect(await open()).toEqual(['C 4', 'D 4']);
    expect(await dueEvaluations(db)).toEqual([]);
  });
});

describe('January, when two plan years are open', () => {
  let db: DataSource;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, stop } = await office());
    await openPlanYear(db, staff, 2025);
    await direct(db, "UPDATE instance_setting SET business_date = '2025-02-05'");
    for (let number = 1; number <= 12; number++) {
      await bookMonth(db, number, { A: 6n, B: 8n, C: 7n, D: 7n });
      await closeMonth(db, approver, month(number));
    }
    await work(db);
  });
  afterAll(() => stop?.());

  it('month 1 of 2025 closes before month 13 of 2024; each is evaluated by its own plan year', async () => {
    await closeMonth(db, approver, month(1, 2025));
    await work(db);
    await bookMonth(db, 13, { A: 6n, B: 8n, C: 7n, D: 7n });
    await closeMonth(db, approver, month(13));
    await work(db);
    expect(
      await rows(
        db,
        `SELECT concat_ws(' ', e.plan_year, e.month, count(l.unit_code), sum(l.streak), sum(l.disbursed)) AS line
         FROM evaluation AS e LEFT JOIN evaluation_line AS l ON l.evaluation_id = e.id AND l.month = e.month
         WHERE e.month = 13 OR e.plan_year = 2025 GROUP BY e.id ORDER BY e.plan_year`,
      ),
    ).toEqual(['2024 13 4 13 364', '2025 1 4 0 0']);
  });

  it('the sheets name each other, with the list of each', async () => {
    const thirteen = await closingSheet(db, month(13), DEADLINES);
    const first = await closingSheet(db, month(1, 2025), DEADLINES);
    expect([String(thirteen.beside?.month), thirteen.beside?.flagged]).toEqual(['2025-01', []]);
    expect([
      String(first.beside?.month),
      first.beside?.flagged?.map(({ unit, streak }) => [unit.code, streak]),
    ]).toEqual(['2024-13', [['A', 13]]]);
  });

  it('reopening month 12 leaves the next plan year alone', async () => {
    await reopenMonth(db, month(12));
    await closeMonth(db, approver, month(12));
    expect(
      await rows(
        db,
        `SELECT concat_ws(' ', plan_year, month, version) AS line FROM reporting_month
         WHERE month IN (12, 13) AND plan_year = 2024 OR plan_year = 2025 AND month = 1 ORDER BY plan_year, month`,
      ),
    ).toEqual(['2024 12 2', '2024 13 2', '2025 1 1']);
  });
});
