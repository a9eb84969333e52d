import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { Month, type RowOutcome } from '#libs/kernel';
import { recordDisbursements, submitReport } from '#libs/ledger';
import {
  acceptDifference,
  applyTreasuryRows,
  correctDifference,
  importStatement,
  listDifferences,
  reconciliationHistory,
  reconciliationState,
  signOffMonth,
  withdrawSignOff,
  type Difference,
  type TreasuryRow,
} from '#libs/reconciliation';
import { direct, DIRECT_EVENT } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase, type NamedDatabase } from '../harness/fresh-database.js';
import { actorFor, closeMonth } from '../harness/small-office.js';
import {
  entry,
  importBoth,
  line,
  OCTOBER,
  SEPTEMBER,
  SEPTEMBER_LINES,
  treasuryOffice,
} from '../harness/treasury-office.js';

const staff = actorFor('staff');
const reporterOfA = actorFor('reporter', 'reporter', ['A']);

let office: NamedDatabase;
let database: FreshDatabase;
let db: DataSource;
// Each test has an office of its own, a copy of one that was set up once.
beforeAll(async () => {
  office = await freshDatabase();
  const books = await openBooks(office.url);
  await treasuryOffice(books);
  await books.destroy();
});
beforeEach(async () => {
  database = await freshDatabase(office.name);
  db = await openBooks(database.url);
});
afterEach(async () => {
  await db?.destroy();
  await database?.drop();
});
afterAll(() => office?.drop());

const differences = (month = SEPTEMBER, actor = staff, show: 'all' | 'unresolved' | 'resolved' = 'all') =>
  listDifferences(db, actor, month, { show, limit: 200 });
const told = (found: readonly Difference[]): unknown[] =>
  found.map(({ project, sourceCode, books, treasury, suggestion, state }) => [
    `${project} ${sourceCode}`,
    Number(books),
    Number(treasury),
    suggestion.cause,
    state,
  ]);
const named = async (name: string, month = SEPTEMBER): Promise<Difference> => {
  const found = (await differences(month)).find(({ project, sourceCode }) => `${project} ${sourceCode}` === name);
  if (!found) throw new Error(`no difference ${name}`);
  return found;
};
const accept = async (name: string, note = 'Kho bạc xác nhận', month = SEPTEMBER): Promise<void> => {
  const seen = await named(name, month);
  await acceptDifference(db, staff, month, seen, { cause: seen.suggestion.cause, note });
};
const acceptAll = async (): Promise<void> => {
  for (const { project, sourceCode, state } of await differences())
    if (state === 'open' || state === 'lapsed') await accept(`${project} ${sourceCode}`);
};
const count = async (table: string): Promise<number> =>
  Number(((await db.query(`SELECT count(*) FROM ${table}`)) as { count: string }[])[0]?.count);
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'went through',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('books against the Treasury’s statement', () => {
  it('differ in six figures, the largest first, each with a suggested cause worked out by hand', async () => {
    await importBoth(db);
    expect(told(await differences())).toEqual([
      ['B1 NSDP', 7009, 5769, 'timing', 'open'], // 1,240 of it is in October's statement and not in October's books
      ['B2 NSDP', 0, 720, 'missing-entry', 'open'],
      ['A2 NSDP', 640, 0, 'wrong-source', 'open'],
      ['A2 NSTW', 0, 640, 'wrong-source', 'open'],
      ['KB:9999999 NSDP', 0, 55, 'unknown-code', 'open'],
      ['P-C NSDP', 10, 0, 'code-missing', 'open'],
    ]);
    // 100 + 640 + 7,009 + 30 + 20 + 10; 100 + 640 + 5,769 + 50 + 720 + 55; matched: A1 100 and W 50.
    expect(await reconciliationState(db, SEPTEMBER)).toMatchObject({
      statement: { version: 1, asOf: '2024-09-30', documentNo: '12/BK-KBNN' },
      cells: 8,
      matched: 2,
      differences: 6,
      open: 6,
      books: 7809n,
      treasury: 7334n,
      matchedAmount: 150n,
      signedOff: false,
    });
  });

  it('name the other cell that explains it', async () => {
    await importBoth(db);
    expect((await named('B1 NSDP')).suggestion.counterpart).toMatchObject({ month: 10, books: 0n, treasury: 1240n });
    expect((await named('A2 NSDP')).suggestion.counterpart).toMatchObject({ sourceCode: 'NSTW', treasury: 640n });
  });

  it('an advance’s recovery that the books lack, and money booked three months too late', async () => {
    await recordDisbursements(db, staff, OCTOBER, [entry('A', 'A1', 300n), entry('A', 'A2', 77n)]);
    await importStatement(db, staff, Month.of(2024, 7), {
      asOf: '2024-07-31',
      documentNo: null,
      lines: [line('9000002', 77n)],
    });
    await importStatement(db, staff, OCTOBER, {
      asOf: '2024-10-31',
      documentNo: null,
      lines: [line('9000001', 0n, { advanceRecovered: 300n })],
    });
    expect(told(await differences(OCTOBER))).toEqual([
      ['A1 NSDP', 300, 0, 'advance-recovery', 'open'],
      ['A2 NSDP', 77, 0, 'wrong-month', 'open'],
    ]);
  });

  it('carried-over capital is a series of its own', async () => {
    await importStatement(db, staff, SEPTEMBER, {
      asOf: '2024-09-30',
      documentNo: null,
      lines: [line('9000001', 100n, { carriedOver: true })],
    });
    const own = (await differences()).filter(({ project }) => project === 'A1');
    expect(own.map(({ carriedOver, books, treasury }) => [carriedOver, books, treasury])).toEqual([
      [false, 100n, 0n],
      [true, 0n, 100n],
    ]);
  });

  it('come in pages that together are the whole list', async () => {
    await importBoth(db);
    const seen: string[] = [];
    let after: Difference | undefined;
    for (;;) {
      const page: Difference[] = await listDifferences(db, staff, SEPTEMBER, {
        show: 'all',
        limit: 2,
        ...(after
          ? {
              after: {
                ...after,
                distance: after.books < after.treasury ? after.treasury - after.books : after.books - after.treasury,
              },
            }
          : {}),
      });
      seen.push(...page.map(({ project, sourceCode }) => `${project} ${sourceCode}`));
      after = page.at(-1);
      if (page.length < 2) break;
    }
    expect(seen).toEqual((await differences()).map(({ project, sourceCode }) => `${project} ${sourceCode}`));
  });

  it('a reporter sees, counts and sums the own units’ alone', async () => {
    await importBoth(db);
    expect(told(await differences(SEPTEMBER, reporterOfA))).toEqual([
      ['A2 NSDP', 640, 0, 'wrong-source', 'open'],
      ['A2 NSTW', 0, 640, 'wrong-source', 'open'],
    ]);
    expect(await reconciliationState(db, SEPTEMBER, reporterOfA)).toMatchObject({
      cells: 3,
      differences: 2,
      open: 2,
      books: 740n,
      treasury: 740n,
      matchedAmount: 100n,
    });
    await accept('A2 NSDP');
    await accept('B1 NSDP');
    const { resolutions } = await reconciliationHistory(db, reporterOfA, SEPTEMBER);
    expect(resolutions.map(({ project }) => project)).toEqual(['A2']);
    expect(
      await code(importStatement(db, reporterOfA, SEPTEMBER, { asOf: '2024-09-30', documentNo: null, lines: [] })),
    ).toBe('statement-by-department');
  });
});

describe('an imported statement', () => {
  const reports = (): Promise<unknown[]> =>
    db.query("SELECT unit_code || ' ' || via AS report FROM monthly_report WHERE month = 9 ORDER BY 1");
  const statement = { asOf: '2024-09-30', documentNo: '12/BK-KBNN', lines: SEPTEMBER_LINES };

  it('makes the month reported for the units whose projects it names; a unit’s own report still comes after it', async () => {
    const { reportedUnits } = await importStatement(db, staff, SEPTEMBER, statement);
    // A1, A2 of A; B1, B2 of B; W through its components of B and C. Nobody of D.
    expect(reportedUnits).toEqual(['A', 'B', 'C']);
    await submitReport(db, reporterOfA, SEPTEMBER, 'A');
    await submitReport(db, staff, SEPTEMBER, 'B');
    expect(await reports()).toEqual(
      ['A treasury', 'A unit', 'B staff', 'B treasury', 'C treasury'].map((report) => ({ report })),
    );
    expect(await code(submitReport(db, staff, SEPTEMBER, 'A'))).toBe('report-exists');
  });

  it('reports nothing into a closed month, and is kept all the same', async () => {
    for (let number = 1; number <= 9; number++) await closeMonth(db, actorFor('approver'), Month.of(2024, number));
    const { outcome, reportedUnits } = await importStatement(db, staff, SEPTEMBER, statement);
    expect([outcome, reportedUnits, await reports()]).toEqual(['new', [], []]);
    expect((await differences()).length).toBe(6);
  });

  it('twice changes nothing: neither rows nor audit', async () => {
    await importStatement(db, staff, SEPTEMBER, statement);
    const look = async (): Promise<unknown> => [
      await count('treasury_statement'),
      await count('treasury_line'),
      await count('monthly_report'),
      await count('audit_event'),
    ];
    const before = await look();
    const again = await importStatement(db, staff, SEPTEMBER, statement);
    expect([again.outcome, again.statement.version, await look()]).toEqual(['same', 1, before]);
  });

  it('that is newer replaces the older whole, which stays', async () => {
    await importStatement(db, staff, SEPTEMBER, statement);
    const second = await importStatement(db, staff, SEPTEMBER, {
      ...statement,
      asOf: '2024-10-05',
      lines: SEPTEMBER_LINES.slice(0, 3),
    });
    expect([second.outcome, second.statement.version]).toEqual(['replaced', 2]);
    expect(await count('treasury_line')).toBe(6 + 3);
    expect((await reconciliationState(db, SEPTEMBER)).treasury).toBe(6509n);
  });

  it('with a wrong line is refused whole, every problem told', async () => {
    const wrong = importStatement(db, staff, SEPTEMBER, {
      ...statement,
      lines: [
        line('900000', 1n),
        line('9000001', 1n, { sourceCode: 'NOPE', advance: -1n }),
        line('9000002', 1n, { unitCode: 'Z' }),
        line('9000003', 1n),
        line('9000003', 2n),
      ],
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'statement-refused',
      problems: [
        { pointer: '/lines/0/nationalCode', code: 'national-code-malformed' },
        { pointer: '/lines/1/sourceCode', code: 'source-unknown' },
        { pointer: '/lines/1/advance', code: 'advance-negative' },
        { pointer: '/lines/2/unitCode', code: 'unit-unknown' },
        { pointer: '/lines/4/nationalCode', code: 'statement-line-double', facts: { line: 5, first: 4 } },
      ],
    });
    expect(await count('treasury_statement')).toBe(0);
  });

  it('of a year that is not open is refused', async () => {
    expect(await code(importStatement(db, staff, Month.of(2030, 1), statement))).toBe('month-not-opened');
  });

  it('imported twice at once is one statement', async () => {
    const outcomes = await Promise.all([1, 2].map(() => importStatement(db, staff, SEPTEMBER, statement)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['new', 'same']);
    expect(await count('treasury_statement')).toBe(1);
  });
});

describe('rows of a treasury file', () => {
  const row = (more: Partial<TreasuryRow> = {}): TreasuryRow => ({
    plan_year: '2024',
    month: '9',
    national_code: '9000001',
    unit_code: '',
    project_name: 'Dự án A1',
    source_code: 'NSDP',
    carried_over: '',
    amount_vnd: '100',
    advance_vnd: '',
    advance_recovered_vnd: '',
    document_no: '',
    statement_date: '2024-09-30',
    ...more,
  });
  const apply = (rows: TreasuryRow[]): Promise<RowOutcome[]> =>
    auditedTransaction(db, staff, (tx, record) => applyTreasuryRows(tx, staff, rows, record));
  const short = (outcomes: RowOutcome[]): unknown[] =>
    outcomes.map(({ outcome, problems }) => [outcome, ...problems.map(({ pointer, code: of }) => `${pointer} ${of}`)]);

  it('of two months become two statements; again, nothing changes', async () => {
    const rows = [row(), row({ month: '10', national_code: '9000003' }), row({ national_code: '9000004' })];
    expect(short(await apply(rows))).toEqual([['new'], ['new'], ['new']]);
    expect(short(await apply(rows))).toEqual([['same'], ['same'], ['same']]);
    expect(await count('treasury_statement')).toBe(2);
  });

  it('newer: the row that changed shows what stood before', async () => {
    await apply([row(), row({ national_code: '9000003', amount_vnd: '7' })]);
    const [first, second, third] = await apply([
      row(),
      row({ national_code: '9000003', amount_vnd: '8' }),
      row({ national_code: '9000004' }),
    ]);
    expect([first?.outcome, second?.outcome, third?.outcome]).toEqual(['same', 'changed', 'new']);
    expect(second?.before).toMatchObject({ amount_vnd: '7', statement_date: '2024-09-30' });
  });

  it('with one wrong: the month waits whole, another month goes in', async () => {
    const outcomes = await apply([
      row(),
      row({ national_code: '9000002', amount_vnd: '12,5' }),
      row({ month: '10', national_code: '9000003' }),
    ]);
    expect(short(outcomes)).toEqual([
      ['rejected', '/national_code statement-has-wrong-lines'],
      ['rejected', '/amount_vnd whole-dong-expected'],
      ['new'],
    ]);
    expect(outcomes[0]?.problems[0]?.facts).toEqual({ month: '2024-09', row: 2 });
    expect(await count('treasury_statement')).toBe(1);
  });

  it('every defect at its cell', async () => {
    const outcomes = await apply([
      row({ plan_year: '24' }),
      row({ month: '14' }),
      row({ national_code: 'A' }),
      row({ carried_over: '2' }),
      row({ statement_date: '31/09/2024' }),
      row({ document_no: 'X', national_code: '9000002' }),
      row({ document_no: 'Y', national_code: '9000003', statement_date: '2024-10-01' }),
      row({ plan_year: '2031', national_code: '9000004' }),
      row({ month: '8', statement_date: '' }),
      row({ advance_vnd: '-5', national_code: '9000005' }),
    ]);
    expect(short(outcomes)).toEqual([
      ['rejected', '/plan_year plan-year-malformed'],
      ['rejected', '/month month-malformed'],
      ['rejected', '/national_code national-code-malformed'],
      ['rejected', '/carried_over carried-over-malformed'],
      // The same project, source and series as the row before it.
      ['rejected', '/statement_date statement-date-malformed', '/national_code statement-line-double'],
      ['rejected', '/national_code statement-has-wrong-lines'],
      ['rejected', '/statement_date statement-header-mixed', '/document_no statement-header-mixed'],
      ['rejected', '/month month-not-opened'],
      ['rejected', '/statement_date statement-date-missing'],
      ['rejected', '/advance_vnd advance-negative'],
    ]);
    expect(await count('treasury_statement')).toBe(0);
  });
});

describe('answering a difference', () => {
  beforeEach(() => importBoth(db));

  it('by a note: it is accepted until the figures change, then open again and says that it was answered', async () => {
    await accept('B1 NSDP', 'Chứng từ 30/9 hạch toán sang 1/10');
    const accepted = await named('B1 NSDP');
    expect([accepted.state, accepted.resolution?.note]).toEqual(['accepted', 'Chứng từ 30/9 hạch toán sang 1/10']);
    expect(await reconciliationState(db, SEPTEMBER)).toMatchObject({ differences: 6, open: 5, accepted: 1, lapsed: 0 });

    await recordDisbursements(db, staff, SEPTEMBER, [entry('B', 'B1', 1n)]);
    expect((await named('B1 NSDP')).state).toBe('lapsed');
    expect(await reconciliationState(db, SEPTEMBER)).toMatchObject({ open: 6, accepted: 0, lapsed: 1 });
    await accept('B1 NSDP', 'Xem lại');
    expect((await named('B1 NSDP')).state).toBe('accepted');
    expect((await reconciliationHistory(db, staff, SEPTEMBER)).resolutions.map(({ note }) => note)).toEqual([
      'Xem lại',
      'Chứng từ 30/9 hạch toán sang 1/10',
    ]);
  });

  it('falls away with a newer statement too', async () => {
    await accept('B2 NSDP');
    await importStatement(db, staff, SEPTEMBER, {
      asOf: '2024-10-05',
      documentNo: '12b/BK-KBNN',
      lines: SEPTEMBER_LINES.map((each) => (each.nationalCode === '9000004' ? { ...each, amount: 721n } : each)),
    });
    expect((await named('B2 NSDP')).state).toBe('lapsed');
    expect((await named('A2 NSDP')).state).toBe('open');
  });

  it('judged on figures that are no longer so is refused', async () => {
    const seen = await named('B2 NSDP');
    await recordDisbursements(db, staff, SEPTEMBER, [entry('B', 'B2', 20n)]);
    const answer = { cause: 'missing-entry' as const, note: 'x' };
    expect(await code(acceptDifference(db, staff, SEPTEMBER, seen, answer))).toBe('difference-changed');
    const gone = { ...seen, project: 'A1', sourceCode: 'NSDP' };
    expect(await code(acceptDifference(db, staff, SEPTEMBER, gone, answer))).toBe('difference-unknown');
  });

  it('by a correcting entry in the month itself: 720 paid for B2, with a reason that names the statement', async () => {
    const seen = await named('B2 NSDP');
    const [id] = await correctDifference(db, staff, SEPTEMBER, seen, {
      cause: 'missing-entry',
      note: 'Thiếu bút toán',
      entryMonth: SEPTEMBER,
      amount: null,
      withCounterpart: false,
    });
    expect(
      await db.query('SELECT kind, amount, unit_code, reason FROM disbursement_entry WHERE id = $1', [id]),
    ).toEqual([
      {
        kind: 'payment',
        amount: '720',
        unit_code: 'B',
        reason: 'Đối chiếu bảng kê Kho bạc 12/BK-KBNN đến ngày 30/09/2024 (bản 1), tháng 2024-09: Thiếu bút toán',
      },
    ]);
    const corrected = await named('B2 NSDP');
    expect([corrected.state, corrected.books, corrected.resolution?.entries]).toEqual([
      'corrected',
      720n,
      [{ id, month: 9, amount: 720n }],
    ]);
  });

  it('by two entries where the source was wrong: −640 and +640, the project’s total as before', async () => {
    const seen = await named('A2 NSDP');
    await correctDifference(db, staff, SEPTEMBER, seen, {
      cause: 'wrong-source',
      note: 'Ghi nhầm nguồn',
      entryMonth: SEPTEMBER,
      amount: null,
      withCounterpart: true,
    });
    expect(
      await db.query(
        `SELECT source_code, kind, amount::int, corrects IS NOT NULL AS names FROM disbursement_entry
         WHERE project_code = 'A2' ORDER BY id`,
      ),
    ).toEqual([
      { source_code: 'NSDP', kind: 'payment', amount: 640, names: false },
      { source_code: 'NSDP', kind: 'correction', amount: -640, names: true },
      { source_code: 'NSTW', kind: 'payment', amount: 640, names: false },
    ]);
    expect([(await named('A2 NSDP')).state, (await named('A2 NSTW')).state]).toEqual(['corrected', 'corrected']);
    expect(await reconciliationState(db, SEPTEMBER)).toMatchObject({ books: 7809n, open: 4, corrected: 2 });
  });

  it('in a later month, the month itself being closed: it counts where it corrects, and the later month is not off', async () => {
    for (let number = 1; number <= 9; number++) await closeMonth(db, actorFor('approver'), Month.of(2024, number));
    const seen = await named('B2 NSDP');
    const correction = {
      cause: 'missing-entry' as const,
      note: 'Thiếu bút toán',
      amount: null,
      withCounterpart: false,
    };
    expect(await code(correctDifference(db, staff, SEPTEMBER, seen, { ...correction, entryMonth: SEPTEMBER }))).toBe(
      'month-closed',
    );
    expect([await count('reconciliation_resolution'), await count('reconciliation_entry')]).toEqual([0, 0]);
    await correctDifference(db, staff, SEPTEMBER, seen, { ...correction, entryMonth: OCTOBER });
    expect((await named('B2 NSDP')).state).toBe('corrected');
    expect(told(await differences(OCTOBER))).toEqual([['B1 NSDP', 0, 1240, 'timing', 'open']]);
  });

  it('by a part of it: what is left stays open', async () => {
    await correctDifference(db, staff, SEPTEMBER, await named('B2 NSDP'), {
      cause: 'missing-entry',
      note: 'Một phần',
      entryMonth: SEPTEMBER,
      amount: 700n,
      withCounterpart: false,
    });
    const left = await named('B2 NSDP');
    expect([left.state, left.books, left.treasury]).toEqual(['open', 700n, 720n]);
  });

  it('of a code that no project has cannot be booked; with the code registered it can', async () => {
    const correction = {
      cause: 'unknown-code' as const,
      note: 'x',
      entryMonth: SEPTEMBER,
      amount: null,
      withCounterpart: false,
    };
    expect(await code(correctDifference(db, staff, SEPTEMBER, await named('KB:9999999 NSDP'), correction))).toBe(
      'correction-impossible',
    );
    await accept('KB:9999999 NSDP');
    await direct(db, "UPDATE project SET national_code = '9999999' WHERE code = 'P-D'");
    // Another difference now: D's, and not answered.
    expect(told(await differences()).slice(4)).toEqual([
      ['P-D NSDP', 0, 55, 'missing-entry', 'open'],
      ['P-C NSDP', 10, 0, 'code-missing', 'open'],
    ]);
  });
});

describe('signing a month off', () => {
  beforeEach(() => importBoth(db));
  const signed = async (): Promise<unknown> => {
    const { signOff } = await reconciliationState(db, SEPTEMBER);
    return [signOff.state, ...signOff.staleBecause];
  };

  it('waits for every difference, then stands until an entry makes it stale; signed again it stands again', async () => {
    await expect(signOffMonth(db, staff, SEPTEMBER)).rejects.toMatchObject({
      code: 'sign-off-unresolved',
      facts: { open: 6 },
    });
    await acceptAll();
    await signOffMonth(db, staff, SEPTEMBER);
    expect(await signed()).toEqual(['signed']);
    expect(await code(signOffMonth(db, staff, SEPTEMBER))).toBe('sign-off-exists');

    await recordDisbursements(db, staff, SEPTEMBER, [entry('D', 'P-D', 3n)]);
    expect(await signed()).toEqual(['stale', 'entries', 'differences']);
    await accept('P-D NSDP');
    expect(await signed()).toEqual(['stale', 'entries']);
    await signOffMonth(db, actorFor('approver'), SEPTEMBER);
    expect(await signed()).toEqual(['signed']);
  });

  it('an entry that nets to nothing makes it stale as well: the books are not those that were signed', async () => {
    await acceptAll();
    await signOffMonth(db, staff, SEPTEMBER);
    await recordDisbursements(db, staff, SEPTEMBER, [
      entry('A', 'A1', 5n),
      entry('A', 'A1', -5n, { reason: 'Ghi nhầm' }),
    ]);
    expect(await signed()).toEqual(['stale', 'entries']);
  });

  it('a newer statement makes it stale, whatever it says', async () => {
    await acceptAll();
    await signOffMonth(db, staff, SEPTEMBER);
    await importStatement(db, staff, SEPTEMBER, { asOf: '2024-10-05', documentNo: null, lines: SEPTEMBER_LINES });
    expect(await signed()).toEqual(['stale', 'statement']);
    await signOffMonth(db, staff, SEPTEMBER);
    expect(await signed()).toEqual(['signed']);
  });

  it('a correction booked in another month makes it stale', async () => {
    await acceptAll();
    await signOffMonth(db, staff, SEPTEMBER);
    await correctDifference(db, staff, SEPTEMBER, await named('B2 NSDP'), {
      cause: 'missing-entry',
      note: 'Bù',
      entryMonth: OCTOBER,
      amount: null,
      withCounterpart: false,
    });
    expect(await signed()).toEqual(['stale', 'entries']);
  });

  it('is withdrawn with a reason by a row of its own, once', async () => {
    expect(await code(withdrawSignOff(db, staff, SEPTEMBER, 'Chưa ký'))).toBe('sign-off-missing');
    await acceptAll();
    await signOffMonth(db, staff, SEPTEMBER);
    await withdrawSignOff(db, staff, SEPTEMBER, 'Kho bạc báo sai');
    expect(await signed()).toEqual(['none']);
    expect(await code(withdrawSignOff(db, staff, SEPTEMBER, 'Lại'))).toBe('sign-off-missing');
    const { signOffs } = await reconciliationHistory(db, staff, SEPTEMBER);
    expect(signOffs.map(({ action, reason }) => [action, reason])).toEqual([
      ['withdrawn', 'Kho bạc báo sai'],
      ['signed', null],
    ]);
  });

  it('without a statement is refused', async () => {
    expect(await code(signOffMonth(db, staff, Month.of(2024, 8)))).toBe('statement-missing');
  });

  it('while an entry is being booked waits for it, and finds it', async () => {
    await acceptAll();
    const other = db.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, basis, amount,
                                       recorded_at, recorded_by)
       VALUES (2024, 9, 'D', 'P-D', 'NSDP', 'payment', 'actual', 9, now(), 'staff')`,
    );
    await other.query(DIRECT_EVENT);
    const signing = code(signOffMonth(db, staff, SEPTEMBER));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await other.commitTransaction();
    await other.release();
    expect(await signing).toBe('sign-off-unresolved');
  });
});
