import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { receiveImport } from '#libs/exchange';
import { Month } from '#libs/kernel';
import { batchHash, recordDisbursements } from '#libs/ledger';
import { direct } from '../harness/direct-sql.js';
import { binaryBody } from '../harness/binary-body.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { disbursementCsv, importFile, readWaiting, told, type SentImport, type SentRow } from '../harness/imports.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { hold } from '../harness/worker-process.js';
import { actorFor, closeMonth, smallOffice } from '../harness/small-office.js';

const DOCUMENTS = ',document_no,document_date,reason,corrects';
const row = (month: number, unit: string, amount: number | string): string =>
  `2024,${month},${unit},P-${unit},NSDP,payment,0,actual,${amount}`;
const paper = (month: number, unit: string, amount: number, document: string, reason = ''): string =>
  `${row(month, unit, amount)},${document},,${reason},`;

/** The first bytes of an .xls, with the name of its stream. */
const OLD_WORKBOOK = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(600),
  Buffer.from('Workbook', 'utf16le'),
  Buffer.alloc(600),
]);

/** The small office of hand-worked figures; every test begins with empty books. */
describe('a file of disbursements', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let db: DataSource;
  let staff: Caller;
  let reporter: Caller;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    db = api.db;
    await smallOffice(db);
    staff = await api.signIn('staff');
    reporter = await api.signIn('reporter');
  });
  beforeEach(() => emptyBooks(database.url));
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const send = (lines: readonly string[], more = '', fields: Record<string, string> = {}): Promise<SentImport> =>
    importFile(db, staff, disbursementCsv(lines, more), { fields });
  const commit = (id: number, body: object = {}) => staff.post(`/imports/${id}/commit`, body);
  const rowsOf = async (id: number, outcome = ''): Promise<SentRow[]> =>
    (
      (await staff.get(`/imports/${id}/rows${outcome && `?outcome=${outcome}`}`).expect(200)).body as {
        items: SentRow[];
      }
    ).items;
  /** `1 A 10` a line: month, unit, đồng, and why if it says. */
  const entries = async (): Promise<string[]> =>
    (
      (await db.query('SELECT month, unit_code, amount, reason FROM disbursement_entry ORDER BY id')) as {
        month: number;
        unit_code: string;
        amount: string;
        reason: string | null;
      }[]
    ).map(({ month, unit_code: unit, amount, reason }) => [month, unit, amount, reason].filter(Boolean).join(' '));
  const book = (month: number, unit: string, amount: bigint): Promise<unknown> =>
    recordDisbursements(db, actorFor('staff'), Month.of(2024, month), [
      {
        unitCode: unit,
        projectCode: `P-${unit}`,
        sourceCode: 'NSDP',
        kind: 'payment',
        carriedOver: false,
        basis: 'actual',
        amount,
        documentNo: null,
        documentDate: null,
        reason: null,
        corrects: null,
      },
    ]);

  describe('states the total of each cell', () => {
    it('equal keys are added up; what is new is written', async () => {
      const sent = await send([row(1, 'A', 10), row(1, 'B', 20), row(1, 'A', 5)]);
      expect([sent.state, sent.reading?.mode, told(sent)]).toEqual(['ready', 'totals', 'new 2: 35']);
      expect(await rowsOf(sent.id)).toMatchObject([
        { row: 2, rows: 2, outcome: 'new', dong: 15, differenceDong: 15, before: null },
        { row: 3, rows: 1, outcome: 'new', dong: 20, differenceDong: 20, before: null },
      ]);
      expect(await entries()).toEqual([]);
      const { body } = await commit(sent.id).expect(200);
      expect(body).toMatchObject({ state: 'committed', entries: 2, committedBy: 'staff' });
      expect(await entries()).toEqual(['1 A 15', '1 B 20']);
    });

    it('only the difference to the books is written, and names the entry it corrects; other cells stay', async () => {
      await book(1, 'A', 10n);
      await book(1, 'B', 7n);
      const sent = await send([row(1, 'A', 25)]);
      expect(told(sent)).toBe('changed 1: 15');
      expect(await rowsOf(sent.id, 'changed')).toMatchObject([
        { dong: 25, before: { amount_vnd: '10' }, differenceDong: 15, needsReason: false },
      ]);
      await commit(sent.id).expect(200);
      expect(await entries()).toEqual(['1 A 10', '1 B 7', '1 A 15']);
      expect(await db.query('SELECT corrects FROM disbursement_entry WHERE amount = 15')).toEqual([{ corrects: 1 }]);
    });

    it('a figure that falls needs a reason: its own, or one for the file', async () => {
      await book(1, 'A', 10n);
      await book(1, 'B', 10n);
      const sent = await send([`${row(1, 'A', 4)},,,Kho bạc trả lại,`, `${row(1, 'B', 3)},,,,`], DOCUMENTS);
      expect(sent.difference.withoutReason).toBe(1);
      expect((await rowsOf(sent.id)).map(({ needsReason }) => needsReason)).toEqual([false, true]);
      const refused = await commit(sent.id).expect(422);
      expect(refused.body).toMatchObject({
        code: 'import-reason-missing',
        detail: 'Có 1 số giảm mà tệp không ghi lý do. Nhập một lý do chung rồi ghi sổ.',
      });
      await commit(sent.id, { reason: 'Đối chiếu tháng 1' }).expect(200);
      expect((await entries()).slice(2)).toEqual(['1 A -6 Kho bạc trả lại', '1 B -7 Đối chiếu tháng 1']);
    });

    it('a stated zero where the books have nothing writes nothing', async () => {
      const sent = await send([row(1, 'A', 0)]);
      expect(told(sent)).toBe('same 1: 0');
      expect((await commit(sent.id).expect(200)).body).toMatchObject({ entries: 0 });
      expect(await entries()).toEqual([]);
    });
  });

  describe('the same figures twice change nothing (I8)', () => {
    const lines = [row(1, 'A', 10), row(2, 'B', 20)];

    it('the same bytes: it says when they went in, and that all is the same', async () => {
      const first = await send(lines);
      await commit(first.id).expect(200);
      const again = await send(lines);
      expect(again.repeatOf).toMatchObject({ id: first.id, committedBy: 'staff' });
      expect(told(again)).toBe('same 2: 0');
      expect((await commit(again.id).expect(200)).body).toMatchObject({ state: 'committed', entries: 0 });
      expect(await entries()).toEqual(['1 A 10', '2 B 20']);
    });

    it('saved again with other rows first, quotes and line ends', async () => {
      await commit((await send(lines)).id).expect(200);
      const saved = disbursementCsv([...lines].reverse().map((line) => line.replace('P-A', '"P-A"'))).replaceAll(
        '\n',
        '\r\n',
      );
      const again = await importFile(db, staff, `\ufeff${saved}`);
      expect([again.repeatOf, told(again)]).toEqual([null, 'same 2: 0']);
    });

    it('sent twice before it is committed, also at once: one import', async () => {
      const upload = () =>
        staff.upload('/imports?kind=disbursements', { name: 'a.csv', content: disbursementCsv(lines) });
      const ids = (await Promise.all([upload(), upload(), upload()])).map(({ body }) => (body as SentImport).id);
      expect(new Set(ids).size).toBe(1);
      expect(await db.query("SELECT count(*)::int AS n FROM import_batch WHERE state <> 'discarded'")).toEqual([
        { n: 1 },
      ]);
      expect(await db.query('SELECT DISTINCT batch_id FROM import_file_chunk')).toEqual([{ batch_id: ids[0] }]);
    });

    it('committed twice, also at once: one effect', async () => {
      const { id } = await send(lines);
      const answers = await Promise.all([commit(id), commit(id), commit(id)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await entries()).toHaveLength(2);
    });
  });

  describe('with document numbers appends (voucher mode)', () => {
    const lines = [paper(1, 'A', 10, 'KB-1'), paper(1, 'A', 5, 'KB-1'), paper(1, 'A', 7, 'KB-2')];

    it('each line is an entry; again, in another order, nothing', async () => {
      await book(1, 'A', 100n);
      const sent = await send(lines, DOCUMENTS);
      expect([sent.reading?.mode, told(sent)]).toEqual(['vouchers', 'new 2: 22']);
      await commit(sent.id).expect(200);
      expect(await entries()).toEqual(['1 A 100', '1 A 10', '1 A 5', '1 A 7']);
      expect(told(await send([...lines].reverse(), DOCUMENTS))).toBe('same 2: 0');
    });

    it('a document with one more line, or with another amount: the difference under the same document', async () => {
      await commit((await send(lines, DOCUMENTS)).id).expect(200);
      const more = await send([...lines, paper(1, 'A', 1, 'KB-2')], DOCUMENTS);
      expect(told(more)).toBe('same 1: 0, changed 1: 1'.split(', ').reverse().join(', '));
      await commit(more.id).expect(200);
      expect(await db.query("SELECT amount FROM disbursement_entry WHERE document_no = 'KB-2' ORDER BY id")).toEqual([
        { amount: '7' },
        { amount: '1' },
      ]);
      expect(told(await send([...lines, paper(1, 'A', 1, 'KB-2')], DOCUMENTS))).toBe('same 2: 0');
    });

    it('a row without a document among others is rejected', async () => {
      const sent = await send([...lines, `${row(2, 'B', 3)},,,,`], DOCUMENTS);
      expect(await rowsOf(sent.id, 'rejected')).toMatchObject([
        { row: 5, problems: [{ field: 'document_no', code: 'document-missing' }] },
      ]);
    });

    it('cannot be cumulative', async () => {
      const sent = await send(lines, DOCUMENTS, { cumulative: 'true' });
      expect(sent).toMatchObject({ state: 'failed', failure: { code: 'import-vouchers-cumulative' } });
      await commit(sent.id).expect(409);
    });
  });

  describe('of cumulative amounts', () => {
    it('books each month what it adds: books 10 in month 1; the file says 30 to month 2 and 45 to month 4', async () => {
      await book(1, 'A', 10n);
      const sent = await send([row(4, 'A', 45), row(2, 'A', 30)], '', { cumulative: 'true' });
      expect(told(sent)).toBe('new 2: 35');
      await commit(sent.id).expect(200);
      expect(await entries()).toEqual(['1 A 10', '4 A 15', '2 A 20']);
      expect(told(await send([row(4, 'A', 45), row(2, 'A', 30), row(1, 'A', 10)], '', { cumulative: 'true' }))).toBe(
        'same 3: 0',
      );
    });

    it('an earlier month that rises leaves the later cumulative figure: month 2 becomes 40 of 50', async () => {
      await book(2, 'A', 30n);
      await book(3, 'A', 20n);
      const sent = await send([row(2, 'A', 40), row(3, 'A', 50)], '', { cumulative: 'true' });
      expect(await rowsOf(sent.id)).toMatchObject([
        { dong: 40, before: { amount_vnd: '30' }, differenceDong: 10, outcome: 'changed' },
        { dong: 50, before: { amount_vnd: '60' }, differenceDong: -10, outcome: 'changed', needsReason: true },
      ]);
      await commit(sent.id, { reason: 'Ghi lại theo tháng' }).expect(200);
      expect(told(await send([row(2, 'A', 40), row(3, 'A', 50)], '', { cumulative: 'true' }))).toBe('same 2: 0');
    });
  });

  describe('with wrong rows', () => {
    beforeEach(async () => {
      await direct(db, "UPDATE unit SET valid_to = '2024-03-31' WHERE code = 'B'");
      await book(1, 'A', 1n);
      await closeMonth(db, actorFor('approver'), Month.of(2024, 1));
    });

    it.each([
      ['an unknown unit', '2024,2,Z,P-A,NSDP,payment,0,actual,1', 'unit_code', 'Không có đơn vị mã Z.'],
      [
        'a unit that has ended',
        row(4, 'B', 1),
        'unit_code',
        'Đơn vị B không còn hoặc chưa có hiệu lực ngày 30/04/2024.',
      ],
      ['an unknown project', '2024,2,A,P-Z,NSDP,payment,0,actual,1', 'project_code', 'Không có dự án mã P-Z.'],
      [
        'a project of another unit',
        '2024,2,A,P-C,NSDP,payment,0,actual,1',
        'project_code',
        'Dự án P-C không do đơn vị A quản lý trong tháng này.',
      ],
      ['an unknown source', '2024,2,A,P-A,ODA,payment,0,actual,1', 'source_code', 'Không có nguồn vốn mã ODA.'],
      [
        'a closed month',
        row(1, 'A', 9),
        'month',
        'Tháng 2024-01 đã đóng, sổ không nhận thêm. Ghi vào tháng đang mở hoặc xin mở lại tháng.',
      ],
      [
        'a plan year that is not open',
        '2031,2,A,P-A,NSDP,payment,0,actual,1',
        'month',
        'Năm kế hoạch của tháng 2031-02 chưa được mở.',
      ],
    ])('%s', async (_, line, field, detail) => {
      const sent = await send([line, row(3, 'C', 8)]);
      expect(told(sent)).toBe('new 1: 8, rejected 1: 0');
      expect(await rowsOf(sent.id, 'rejected')).toMatchObject([{ row: 2, problems: [{ field, detail }] }]);
      const refused = await commit(sent.id).expect(409);
      expect(refused.body).toMatchObject({ code: 'import-has-rejected' });
      expect(await entries()).toEqual(['1 A 1']);
      await commit(sent.id, { withoutRejected: true }).expect(200);
      expect(await entries()).toEqual(['1 A 1', '3 C 8']);
    });

    it('a malformed amount takes the other row of its cell along: half a total would be booked', async () => {
      const sent = await send([row(2, 'A', 7), row(2, 'A', '7x'), row(3, 'C', 8)]);
      expect(told(sent)).toBe('new 1: 8, rejected 2: 0');
      expect(
        (await rowsOf(sent.id, 'rejected')).map(({ row: at, problems }) => [at, problems.map(({ code }) => code)]),
      ).toEqual([
        [2, ['cell-incomplete']],
        [3, ['amount-malformed']],
      ]);
    });

    it('a closed month stated as the books have it is the same: people send the whole year each month', async () => {
      const sent = await send([row(1, 'A', 1), row(2, 'A', 3)]);
      expect(told(sent)).toBe('new 1: 3, same 1: 0');
      await commit(sent.id).expect(200);
    });

    it.each([
      ['a recovery beyond what was advanced', 'advance-recovery', -5, 'amount_vnd', 'advance-exceeded'],
      ['a correction that names no entry', 'correction', 2, 'corrects', 'corrects-missing'],
      ['a refund that names none, of a series with payments', 'refund', -1, 'corrects', 'corrects-missing'],
    ])('%s, as an entry typed in', async (_, kind, amount, field, code) => {
      const sent = await send([`2024,2,A,P-A,NSDP,${kind},0,actual,${amount},,,Kiểm tra,`], DOCUMENTS);
      expect(await rowsOf(sent.id, 'rejected')).toMatchObject([{ row: 2, problems: [{ field, code }] }]);
    });

    it('come back marked in a workbook of the same rows', async () => {
      const sent = await send([row(2, 'A', 7), '2024,2,Z,P-A,NSDP,payment,0,actual,1']);
      const answer = await staff.get(`/imports/${sent.id}/marked-file`).buffer(true).parse(binaryBody).expect(200);
      expect(answer.headers['content-type']).toContain('spreadsheetml');
      expect((answer.body as Buffer).subarray(0, 2).toString()).toBe('PK');
    });
  });

  describe('of a reporter', () => {
    it('holds rows of its own units; others are unknown, as are projects of others', async () => {
      const sent = await importFile(db, reporter, disbursementCsv([row(1, 'A', 5), row(1, 'C', 6)]));
      expect(told(sent)).toBe('new 1: 5, rejected 1: 0');
      const { body } = await reporter.get(`/imports/${sent.id}/rows?outcome=rejected`).expect(200);
      expect((body as { items: SentRow[] }).items[0]?.problems.map(({ detail }) => detail)).toEqual([
        'Không có đơn vị mã C.',
        'Không có dự án mã P-C.',
      ]);
    });

    it('is seen by the department; an import of the department looks as unknown as none', async () => {
      const own = await importFile(db, reporter, disbursementCsv([row(1, 'A', 5)]));
      const theirs = await send([row(1, 'C', 6)]);
      await staff.get(`/imports/${own.id}`).expect(200);
      for (const path of [
        `/imports/${theirs.id}`,
        `/imports/${theirs.id}/rows`,
        `/imports/${theirs.id}/marked-file`,
        '/imports/999',
      ])
        expect((await reporter.get(path).expect(404)).body).toMatchObject({ code: 'import-unknown' });
      await reporter.post(`/imports/${theirs.id}/commit`, {}).expect(404);
      await reporter.delete(`/imports/${theirs.id}`).expect(404);
      const list = (await reporter.get('/imports').expect(200)).body as { total: number; items: SentImport[] };
      expect([list.total, list.items.map(({ id }) => id)]).toEqual([1, [own.id]]);
    });

    it('may not be units', async () => {
      const { body } = await reporter
        .upload('/imports?kind=units', { name: 'u.csv', content: 'code,kind,name_vi\nA,investor,A\n' })
        .expect(403);
      expect(body).toMatchObject({ code: 'import-kind-not-yours' });
    });
  });

  describe('whose books moved after it was shown', () => {
    it('books nothing and shows the new difference; then it can be committed', async () => {
      const sent = await send([row(1, 'A', 25)]);
      await book(1, 'A', 10n);
      const refused = await commit(sent.id).expect(409);
      expect(refused.body).toMatchObject({ code: 'import-moved' });
      expect(await entries()).toEqual(['1 A 10']);
      expect(told((await staff.get(`/imports/${sent.id}`)).body as SentImport)).toBe('changed 1: 15');
      await commit(sent.id).expect(200);
      expect(await entries()).toEqual(['1 A 10', '1 A 15']);
    });

    it('in cells it does not state: it is committed as shown', async () => {
      const sent = await send([row(1, 'A', 25)]);
      await book(1, 'B', 10n);
      await commit(sent.id).expect(200);
    });

    it('by the close of its month: nothing is booked', async () => {
      const sent = await send([row(1, 'A', 25)]);
      await closeMonth(db, actorFor('approver'), Month.of(2024, 1));
      await commit(sent.id).expect(409);
      expect(told((await staff.get(`/imports/${sent.id}`)).body as SentImport)).toBe('rejected 1: 0');
      expect(await entries()).toEqual([]);
    });

    it('and the month grid take turns: who states totals of a unit waits for the other', async () => {
      const sent = await send([row(1, 'A', 25)]);
      const grid = await hold(database.url, "SELECT FROM unit WHERE code = 'A' FOR NO KEY UPDATE");
      let isDone = false;
      const committing = commit(sent.id).then(({ status }) => {
        isDone = true;
        return status;
      });
      await delay(300);
      expect(isDone).toBe(false);
      await grid.release();
      expect(await committing).toBe(200);
    });

    it('two files of the same cells at once: one is booked, the other is told', async () => {
      const one = await send([row(1, 'A', 25)]);
      const other = await send([row(1, 'A', 40)]);
      const answers = await Promise.all([commit(one.id), commit(other.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await entries()).toHaveLength(1);
    });

    it('whose staged rows a crash of the server lost is read again', async () => {
      const sent = await send([row(1, 'A', 25)]);
      await db.query('TRUNCATE staged_disbursement');
      await commit(sent.id).expect(409);
      await readWaiting(db);
      await commit(sent.id).expect(200);
      expect(await entries()).toEqual(['1 A 25']);
    });
  });

  it('keeps the warnings of unusual entries: A has a plan of 100', async () => {
    const sent = await send([row(1, 'A', 130), row(1, 'B', 10)]);
    await commit(sent.id).expect(200);
    expect(
      await db.query(
        `SELECT e.unit_code AS unit, w.code, w.found, w.compared_with AS "comparedWith"
         FROM disbursement_warning AS w JOIN disbursement_entry AS e ON e.id = w.entry_id`,
      ),
    ).toEqual([{ unit: 'A', code: 'over-plan', found: '130', comparedWith: '100' }]);
  });

  it('leaves an audit event with a hash over its entries that anybody can recompute', async () => {
    const sent = await send([`${row(1, 'A', 10)},,,,`, `${row(2, 'B', 20)},,,"Bổ sung\tđợt 2",`], DOCUMENTS);
    const { body } = (await commit(sent.id).expect(200)) as { body: SentImport };
    // Worked out by hand from the books, as the documentation of batchHash says.
    const lines = [
      '1\t2024\t1\tA\tP-A\tNSDP\tpayment\t0\tactual\t10\t\t\t\t',
      '2\t2024\t2\tB\tP-B\tNSDP\tpayment\t0\tactual\t20\t\t\tBổ sung đợt 2\t',
    ];
    const [second]: { reason: string }[] = await db.query('SELECT reason FROM disbursement_entry WHERE id = 2');
    const text = lines
      .map((line) => `${line.replace('Bổ sung đợt 2', String(second?.reason).replaceAll('\t', '\\t'))}\n`)
      .join('');
    const expected = createHash('sha256').update(text).digest('hex');
    expect(body.rowsHash).toBe(expected);
    expect(await batchHash(db.manager, { importId: sent.id, firstEntryId: 1, lastEntryId: 2 })).toBe(expected);
    const [event]: { body: string }[] = await db.query(
      "SELECT body FROM audit_event WHERE action = 'import.commit' ORDER BY seq DESC LIMIT 1",
    );
    expect(JSON.parse(event?.body ?? '{}')).toMatchObject({
      actor: { username: 'staff' },
      object: { type: 'import', id: String(sent.id) },
      after: { entries: 2, firstEntryId: 1, lastEntryId: 2, rowsHash: expected },
    });
    await expect(db.query(`UPDATE import_batch SET rows_hash = '0' WHERE id = ${sent.id}`)).rejects.toThrow(
      'committed',
    );
    await expect(db.query(`DELETE FROM import_batch WHERE id = ${sent.id}`)).rejects.toThrow('committed');
  });

  describe('whose layout nobody understands', () => {
    const foreign = (amount: number): string => `Ma CT,Nguoi nhap,Cot A\nP-A,Hà,${amount}\n`;
    const choices = {
      constants: { plan_year: '2024', month: '2', unit_code: 'A' },
      mapping: { 0: 'project_code', 1: '', 2: 'amount_vnd;source_code=NSDP' },
    };
    const choose = (caller: Caller, id: number, body: object) => caller.put(`/imports/${id}/choices`, body);

    it('is read again as its sender says, from the kept file; the next one of the same layout by itself', async () => {
      const sent = await importFile(db, staff, foreign(7));
      expect([sent.state, sent.difference]).toEqual(['failed', null]);
      expect((await choose(staff, sent.id, choices).expect(202)).body).toMatchObject({
        state: 'waiting',
        failure: null,
        choices: { constants: choices.constants, mapping: choices.mapping },
      });
      await choose(staff, sent.id, choices).expect(409);
      await readWaiting(db);
      const read = (await staff.get(`/imports/${sent.id}`).expect(200)).body as SentImport;
      expect([read.state, told(read)]).toEqual(['ready', 'new 1: 7']);
      await commit(sent.id).expect(200);
      expect(await entries()).toEqual(['2 A 7']);
      const next = await importFile(db, staff, foreign(9), {
        fields: { constants: JSON.stringify(choices.constants) },
      });
      expect(told(next)).toBe('changed 1: 2');
    });

    it('what was said of one layout is not said of another: its columns stand elsewhere', async () => {
      const sent = await importFile(db, staff, foreign(7));
      await choose(staff, sent.id, choices).expect(202);
      await readWaiting(db);
      const titles = 'Mã dự án,Giải ngân,Nguồn vốn,Năm kế hoạch,Tháng,Mã đơn vị';
      const known = await importFile(db, staff, `${titles}\nP-A,5,NSDP,2024,3,A\n`);
      expect(told(known)).toBe('new 1: 5');
      const moved = await importFile(db, staff, 'Ma CT,Cot A,Nguoi nhap\nP-A,9,Hà\n', {
        fields: { constants: JSON.stringify(choices.constants) },
      });
      expect(moved.state).toBe('failed');
    });

    it('a file that was read can be read in another unit; what was shown goes', async () => {
      const sent = await importFile(
        db,
        staff,
        'Năm kế hoạch,Tháng,Mã đơn vị,Mã dự án,Nguồn vốn,Giải ngân\n2024,2,A,P-A,NSDP,7\n',
      );
      expect(told(sent)).toBe('new 1: 7');
      await choose(staff, sent.id, { amountUnit: 'trieu-dong' }).expect(202);
      await readWaiting(db);
      expect(told((await staff.get(`/imports/${sent.id}`)).body as SentImport)).toBe('new 1: 7000000');
    });

    it('not of others, not after the commit, and not into the choices of another import of the same file', async () => {
      const sent = await send([row(2, 'A', 7)]);
      await choose(reporter, sent.id, {}).expect(404);
      const other = await send([row(2, 'A', 7)], '', { amountUnit: 'trieu-dong' });
      const refused = await choose(staff, other.id, {}).expect(409);
      expect(refused.body).toMatchObject({ code: 'import-waits-already' });
      await choose(staff, other.id, { mapping: { x: 'month' } }).expect(400);
      await commit(sent.id).expect(200);
      expect((await choose(staff, sent.id, {}).expect(409)).body).toMatchObject({ code: 'import-committed' });
    });
  });

  it('what each may send is said with the fields and limits', async () => {
    const { body } = await reporter.get('/imports/kinds').expect(200);
    expect(body).toMatchObject({ maxBytes: 100_000_000, maxWorkbookRows: 50_000, maxCsvRows: 500_000 });
    const { kinds } = body as { kinds: { kind: string; fields: { name: string; title: string }[] }[] };
    expect(kinds.map(({ kind }) => kind)).toEqual(['disbursements', 'reports', 'progress']);
    expect(kinds[0]?.fields).toContainEqual({ name: 'amount_vnd', title: 'Số tiền', required: true });
  });

  it('given up leaves no file and no rows, and cannot be committed; a committed one stays', async () => {
    const sent = await send([row(1, 'A', 10)]);
    await staff.delete(`/imports/${sent.id}`).expect(204);
    await commit(sent.id).expect(409);
    expect(await db.query('SELECT FROM import_file_chunk UNION ALL SELECT FROM staged_disbursement')).toEqual([]);
    const again = await send([row(1, 'A', 10)]);
    await commit(again.id).expect(200);
    const { body } = await staff.delete(`/imports/${again.id}`).expect(409);
    expect(body).toMatchObject({ code: 'import-committed' });
  });

  describe('is refused at the door', () => {
    it('of 100 MB and over, with what to do', async () => {
      const piece = Buffer.alloc(50_000_000);
      const sending = receiveImport(db, actorFor('staff'), {
        kind: 'disbursements',
        fileName: () => 'lon.csv',
        bytes: (async function* () {
          yield piece;
          yield piece;
        })(),
        choices: () => ({}),
      });
      await expect(sending).rejects.toMatchObject({ code: 'import-file-too-big', facts: { megabytes: 100 } });
      expect(await db.query('SELECT FROM import_batch')).toEqual([]);
    });

    it.each([
      ['no file', 'import-file-missing', 400],
      ['an empty file', 'import-file-empty', 422],
    ])('%s', async (what, code, status) => {
      const answer =
        what === 'no file'
          ? await staff.post('/imports?kind=disbursements', {})
          : await staff.upload('/imports?kind=disbursements', { name: 'a.csv', content: '' });
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
      expect(await db.query('SELECT FROM import_batch')).toEqual([]);
    });

    it.each([
      ['an old .xls', 'a.xls', OLD_WORKBOOK, 'file-old-xls'],
      ['a pdf', 'a.xlsx', Buffer.from('%PDF-1.7 …'), 'file-pdf'],
    ])('or by the job: %s', async (_, name, content, code) => {
      const sent = await importFile(db, staff, content, { name });
      expect([sent.state, sent.failure?.code]).toEqual(['failed', code]);
      expect(sent.failure?.detail.length).toBeGreaterThan(20);
    });

    it('without the columns that say what it is', async () => {
      const sent = await importFile(db, staff, 'a,b\n1,2\n');
      expect(sent.state).toBe('failed');
      expect(sent.failure?.code).toMatch(/^(header|column)-/);
    });
  });

  it('in the words of an office (titles, semicolons, triệu đồng, names) goes in as it is', async () => {
    const content = [
      'BÁO CÁO GIẢI NGÂN THÁNG 2 NĂM 2024;;;',
      'Đơn vị tính: triệu đồng;;;',
      'Mã đơn vị;Mã dự án;Nguồn vốn;Giải ngân trong tháng',
      'A;P-A;NSĐP cân đối;1.234,5',
      'C;P-C;NSDP;2',
      'Tổng cộng;;;1.236,5',
    ].join('\r\n');
    const sent = await importFile(db, staff, content);
    expect(sent.failure).toBeNull();
    expect([sent.reading?.amountUnit, told(sent)]).toEqual(['trieu-dong', 'new 2: 1236500000']);
    await commit(sent.id).expect(200);
    expect(await entries()).toEqual(['2 A 1234500000', '2 C 2000000']);
  });

  it('any sequence of files leaves the cells as the last file that states them says (I2, I8)', async () => {
    const cell = fc.record({
      month: fc.integer({ min: 1, max: 3 }),
      unit: fc.constantFrom('A', 'B'),
      amount: fc.integer({ min: -50, max: 50 }),
    });
    const file = fc.uniqueArray(cell, {
      minLength: 1,
      maxLength: 4,
      selector: ({ month, unit }) => `${month} ${unit}`,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
        const expected = new Map<string, number>();
        for (const cells of files) {
          const sent = await send(cells.map(({ month, unit, amount }) => row(month, unit, amount)));
          await commit(sent.id, { reason: 'Thử' }).expect(200);
          for (const { month, unit, amount } of cells) expected.set(`${month} ${unit}`, amount);
          const again = await send(cells.map(({ month, unit, amount }) => row(month, unit, amount)));
          expect([again.difference.new.cells, again.difference.changed.cells]).toEqual([0, 0]);
        }
        for (const [key, amount] of expected) {
          const [month, unit] = key.split(' ');
          const [found]: { entries: string; total: string }[] = await db.query(
            `SELECT coalesce((SELECT sum(amount) FROM disbursement_entry WHERE month = $1 AND unit_code = $2), 0)::text AS entries,
                    coalesce((SELECT sum(amount) FROM disbursement_total WHERE month = $1 AND unit_code = $2), 0)::text AS total`,
            [month, unit],
          );
          expect(found).toEqual({ entries: String(amount), total: String(amount) });
        }
      }),
      { numRuns: 5 },
    );
  });
});

describe('files of other kinds', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    staff = await api.signIn('staff');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it('units: added and changed by their code, the kind fixed, crossed dates refused', async () => {
    const content = [
      'code,kind,group,name_vi,valid_from,valid_to',
      'A,investor,provincial,Đơn vị A,,',
      'B,investor,provincial,Ban B,2024-01-01,',
      'X1,commune,,Xã Một,2025-07-01,',
      'C,district,district,Đơn vị C,,',
      'X2,commune,,Xã Hai,2025-07-01,2025-01-01',
    ].join('\n');
    const sent = await importFile(api.db, staff, `${content}\n`, { kind: 'units', name: 'units.csv' });
    expect(told(sent)).toBe('new 1: 0, changed 1: 0, same 1: 0, rejected 2: 0');
    const { body } = await staff.get(`/imports/${sent.id}/rows`).expect(200);
    expect(
      (body as { items: SentRow[] }).items.map(({ row: at, outcome, problems }) => [at, outcome, problems[0]?.code]),
    ).toEqual([
      [2, 'same', undefined],
      [3, 'changed', undefined],
      [4, 'new', undefined],
      [5, 'rejected', 'unit-kind-fixed'],
      [6, 'rejected', 'unit-dates-crossed'],
    ]);
    expect(await api.db.query("SELECT FROM unit WHERE code = 'X1'")).toEqual([]);
    await staff.post(`/imports/${sent.id}/commit`, { withoutRejected: true }).expect(200);
    expect(await api.db.query("SELECT code, unit_group, name FROM unit WHERE code IN ('X1', 'B') ORDER BY 1")).toEqual([
      { code: 'B', unit_group: 'provincial', name: 'Ban B' },
      { code: 'X1', unit_group: 'district', name: 'Xã Một' },
    ]);
  });

  it('reports: a row says that the unit reported its month', async () => {
    const content = 'plan_year,month,unit_code\n2024,1,A\n2024,1,B\n';
    const sent = await importFile(api.db, staff, content, { kind: 'reports', name: 'reports.csv' });
    expect(told(sent)).toBe('new 2: 0');
    await staff.post(`/imports/${sent.id}/commit`, {}).expect(200);
    expect(told(await importFile(api.db, staff, content, { kind: 'reports', name: 'reports.csv' }))).toBe('same 2: 0');
  });

  it.each(['units', 'disbursements', 'allocations', 'treasury'])('a template for %s can be had', async (kind) => {
    const answer = await staff.get(`/imports/templates/${kind}`).buffer(true).parse(binaryBody).expect(200);
    expect((answer.body as Buffer).subarray(0, 2).toString()).toBe('PK');
  });
});

/** Back to the books that the office began with: a copy of the database for each test would take longer. */
async function emptyBooks(url: string): Promise<void> {
  const sql = new Client({ connectionString: url });
  await sql.connect();
  await sql.query(`
    SET session_replication_role = replica;
    TRUNCATE disbursement_entry, disbursement_total, import_batch, staged_disbursement, import_mapping, outbox_message,
             month_closing, month_reopening, month_decision
      RESTART IDENTITY CASCADE;
    UPDATE reporting_month SET state = 'open', version = 0, closed_on = NULL, closed_at = NULL, closed_by = NULL;
    UPDATE unit SET valid_to = NULL;`);
  await sql.end();
}
