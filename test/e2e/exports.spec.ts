import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { EXPORTABLE_LISTS, MOST_EXPORTED_ROWS } from '#libs/exchange';
import { planInspection, recordDifficulty, sendAnswer } from '#libs/followup';
import { Month, systemActor } from '#libs/kernel';
import { recordDisbursements, setMediumTermPlan } from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { recordProgress } from '#libs/projects';
import { importStatement } from '#libs/reconciliation';
import { direct } from '../harness/direct-sql.js';
import { binaryBody } from '../harness/binary-body.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { entry, line } from '../harness/treasury-office.js';
import { actorFor, allocate, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

/** Fifteen digits is what Excel keeps of a number; this one has sixteen and must arrive whole. */
const SIXTEEN_DIGITS = 1_234_567_890_123_457n;

const NO_PROGRESS = {
  volume: null,
  physicalPercent: null,
  implemented: null,
  implementedPlan: null,
  done: '',
  unfinished: '',
  nextSteps: '',
};
const MEDIUM_TERM = { periodStart: 2021, decisionNo: null, decisionDate: null };

/** Lists of which this office has nothing; documents and meetings have them in their own suites. */
const EMPTY_HERE = ['key-projects', 'document-register', 'meeting-decisions'];

type Cell = string | number | boolean | Date | null;

describe('every list as a workbook', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let reporter: Caller;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    const job = systemActor('job');
    await smallOffice(api.db);
    await allocate(api.db, '02/QĐ', '2024-01-03', [['C', SIXTEEN_DIGITS]]);
    for (const month of [1, 2, 3]) {
      await recordProgress(api.db, actorFor('staff'), Month.of(2024, month), 'P-B', { ...NO_PROGRESS, volume: 70n }, 0);
      await recordProgress(api.db, actorFor('staff'), Month.of(2024, month), 'P-A', { ...NO_PROGRESS, volume: 7n }, 0);
      await bookMonth(api.db, month, { A: 1n, B: 20n, C: 300_000_000_000_000n, D: 30n });
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, month));
      const evaluation = await evaluateMonth(api.db, job, { planYear: 2024, month, monthVersion: 1 });
      await issueNotices(api.db, job, (evaluation as { id: number }).id);
    }
    const of = actorFor('staff');
    for (const unitCode of ['A', 'B'])
      await recordDifficulty(api.db, of, {
        unitCode,
        categoryCode: 'materials',
        title: `Thiếu đất đắp ${unitCode}`,
        description: '',
        blocked: 7n,
        owner: 'Nhà thầu',
        decider: 'Sở',
        dueDate: null,
      });
    await importStatement(api.db, of, Month.of(2024, 3), {
      asOf: '2024-03-31',
      documentNo: '3/BK',
      lines: [line('9999999', 4n)],
    });
    for (const project of ['P-A', 'P-B'])
      await setMediumTermPlan(
        api.db,
        of,
        project,
        { ...MEDIUM_TERM, lines: [{ sourceCode: 'NSDP', amount: 900n, allocatedBefore: 0n }] },
        0,
      );
    await recordDisbursements(api.db, of, Month.of(2024, 4), [
      entry('A', 'P-A', 150n, { kind: 'advance', reason: 'Ứng trước kế hoạch' }),
      entry('B', 'P-B', 160n, { kind: 'advance' }),
    ]);
    for (const unitCode of ['A', 'B'])
      await planInspection(api.db, of, {
        teamCode: 'T1',
        kind: 'routine',
        subject: 'unit',
        unitCode,
        projectCode: null,
        programme: null,
        planYear: null,
        noticeId: null,
        follows: null,
        purpose: `Tiến độ ${unitCode}`,
        plannedOn: '2024-12-31',
        place: 'Trụ sở',
        members: ['Nguyễn Văn An'],
      });
    const [letter]: { id: number }[] = await api.db.query(
      "SELECT id FROM warning_case WHERE unit_code = 'A' ORDER BY id LIMIT 1",
    );
    await sendAnswer(
      api.db,
      { ...actorFor('reporter'), units: ['A'] },
      { noticeId: null, caseId: letter?.id ?? 0, kind: 'explanation', contested: null, text: 'Mưa lũ', fileIds: [] },
      { objectionDeadlineWorkingDays: 5, smtpUrl: undefined, publicUrl: undefined },
    );
    staff = await api.signIn('staff');
    reporter = await api.signIn('reporter');
  });
  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  const download = async (caller: Caller, path: string): Promise<Buffer> => {
    const answer = await caller.get(`/exports/${path}`).buffer(true).parse(binaryBody).expect(200);
    expect(answer.headers['content-type']).toContain('spreadsheetml');
    return answer.body as Buffer;
  };
  const read = async (caller: Caller, path: string): Promise<Cell[][]> => {
    const rows = (await readSheet(await download(caller, path))) as Cell[][];
    // Head lines, an empty row, the titles.
    return rows.slice(rows.findIndex((row) => row.filter((cell) => cell !== null).length > 1));
  };

  it.each(EXPORTABLE_LISTS.map((list) => [list]))('%s: titles, and the rows of the screen', async (list) => {
    const [titles, ...rows] = await read(staff, `${list}?month=${list === 'warnings' ? '2024-04' : '2024-03'}`);
    expect((titles as Cell[]).every((title) => typeof title === 'string' && title !== '')).toBe(true);
    if (!EMPTY_HERE.includes(list)) expect(rows.length).toBeGreaterThan(0);
  });

  it('inspections and answers: those of one’s own units', async () => {
    const column = async (caller: Caller, path: string, title: string): Promise<Cell[]> => {
      const [titles, ...rows] = await read(caller, path);
      return rows.map((row) => row[(titles as Cell[]).indexOf(title)] ?? null).sort();
    };
    expect(await column(staff, 'inspections', 'Đơn vị')).toEqual(['Đơn vị A', 'Đơn vị B']);
    expect(await column(staff, 'answers', 'Nội dung')).toEqual(['Mưa lũ']);
    expect(await column(reporter, 'answers', 'Nội dung')).toEqual(['Mưa lũ']);
  });

  it('entries of a month, to the đồng, as numbers', async () => {
    const [titles, ...rows] = await read(staff, 'disbursements?month=2024-03');
    const at = (title: string): number => (titles as Cell[]).indexOf(title);
    expect(rows.map((row) => [row[at('Mã đơn vị')], row[at('Số tiền (đồng)')]]).sort()).toEqual([
      ['A', 1],
      ['B', 20],
      ['C', 300_000_000_000_000],
      ['D', 30],
    ]);
  });

  it('progress, differences with the Treasury, medium-term plans, advances and warnings, to the đồng', async () => {
    const told = async (caller: Caller, path: string, ...wanted: string[]): Promise<Cell[][]> => {
      const [titles, ...rows] = await read(caller, path);
      return rows.map((row) => wanted.map((title) => row[(titles as Cell[]).indexOf(title)] ?? null));
    };
    expect(await told(staff, 'progress?month=2024-03', 'Mã dự án', 'Giá trị khối lượng từ đầu năm (đồng)')).toEqual([
      ['P-A', 7],
      ['P-B', 70],
    ]);
    const compared = ['Mã dự án', 'Mã số quốc gia', 'Theo sổ (đồng)', 'Theo Kho bạc (đồng)', 'Chênh lệch (đồng)'];
    expect(await told(staff, 'reconciliation-differences?month=2024-03', ...compared, 'Nguyên nhân gợi ý')).toEqual([
      ['P-C', null, 300_000_000_000_000, 0, 300_000_000_000_000, 'Dự án chưa có mã quốc gia'],
      ['P-D', null, 30, 0, 30, 'Dự án chưa có mã quốc gia'],
      ['P-B', null, 20, 0, 20, 'Dự án chưa có mã quốc gia'],
      [null, '9999999', 0, 4, -4, 'Mã không có trong danh mục'],
      ['P-A', null, 1, 0, 1, 'Dự án chưa có mã quốc gia'],
    ]);
    expect(await told(reporter, 'reconciliation-differences?month=2024-03&unit=B', ...compared)).toEqual([]);
    expect(await told(staff, 'medium-term-plans?planYear=2024', 'Mã dự án', 'Kế hoạch trung hạn (đồng)')).toEqual([
      ['P-A', 900],
      ['P-B', 900],
    ]);
    expect(await told(staff, 'advances', 'Mã dự án', 'Còn phải thu hồi (đồng)', 'Tạm ứng từ')).toEqual([
      ['P-A', 150, 'tháng 4, năm 2024'],
      ['P-B', 160, 'tháng 4, năm 2024'],
    ]);
    // A paid 3 of its plan of 100 before, B 60.
    const unusual = ['Mã dự án', 'Bất thường', 'Tìm thấy (đồng)', 'So với (đồng)', 'Lý do'];
    expect(
      (await told(staff, 'warnings?month=2024-04', ...unusual)).filter(([, what]) => what === 'Vượt kế hoạch'),
    ).toEqual([
      ['P-B', 'Vượt kế hoạch', 220, 100, 'Chưa giải trình'],
      ['P-A', 'Vượt kế hoạch', 153, 100, 'Ứng trước kế hoạch'],
    ]);
  });

  it('an amount of sixteen digits as text, for Excel would lose its last đồng', async () => {
    const [titles, ...rows] = await read(staff, 'allocation-lines?planYear=2024');
    const amounts = rows.map((row) => row[(titles as Cell[]).indexOf('Số vốn (đồng)')]);
    expect(amounts).toContain(SIXTEEN_DIGITS.toString());
  });

  it('the name of the file says what and when; without the plan year the list cannot be made', async () => {
    const { headers } = await staff.get('/exports/results?month=2024-03').expect(200);
    expect(headers['content-disposition']).toBe('attachment; filename="ket-qua_2024-03.xlsx"');
    const year = await staff.get('/exports/disbursements').expect(400);
    expect(year.body).toMatchObject({ code: 'export-needs-plan-year' });
    const month = await staff.get('/exports/results').expect(400);
    expect(month.body).toMatchObject({ code: 'export-needs-month' });
    await staff.get('/exports/passwords').expect(404);
  });

  it('a reporter receives the rows of their own unit only', async () => {
    for (const list of EXPORTABLE_LISTS) {
      const month = list === 'warnings' ? '2024-04' : '2024-03';
      const cells = (await read(reporter, `${list}?month=${month}`)).flat().filter((cell) => typeof cell === 'string');
      expect(cells.filter((cell) => /^(Đơn vị [BCD]|P-[BCD]|[BCD])$/.test(cell))).toEqual([]);
    }
    const [, ...rows] = await read(reporter, 'disbursements?planYear=2024');
    expect(rows).toHaveLength(4);
  });

  it(`more than ${MOST_EXPORTED_ROWS} rows: filter first, and nothing is cut off in silence`, async () => {
    await direct(
      api.db,
      `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, basis, amount,
                                       recorded_at, recorded_by)
       SELECT 2024, 4, 'B', 'P-B', 'NSDP', 'payment', 'actual', 1, now(), 'staff'
       FROM generate_series(1, ${MOST_EXPORTED_ROWS})`,
    );
    const { body } = await staff.get('/exports/disbursements?planYear=2024').expect(422);
    expect(body).toMatchObject({ code: 'export-too-large' });
    await staff.get('/exports/disbursements?month=2024-03').expect(200);
  });

  it('the demonstration marks every file in its first line and its name', async () => {
    // The mark is for ever in a real database; here one office is looked at both ways.
    await api.db.query('ALTER TABLE instance_setting DISABLE TRIGGER guard_instance_setting');
    await direct(api.db, 'UPDATE instance_setting SET illustrative = true');
    const { headers } = await staff.get('/exports/units').expect(200);
    expect(headers['content-disposition']).toContain('so-lieu-minh-hoa_don-vi.xlsx');
    const [first] = (await readSheet(await download(staff, 'units'))) as Cell[][];
    expect(first?.[0]).toBe('SỐ LIỆU MINH HOẠ, KHÔNG PHẢI SỐ CÔNG BỐ');
    await direct(api.db, 'UPDATE instance_setting SET illustrative = false');
  });

  it('the monthly form: units with their projects, sums, rates on both bases, and "không giao" where there is no plan', async () => {
    const answer = await staff.get('/exports/monthly-form?month=2024-03').buffer(true).parse(binaryBody).expect(200);
    const rows = (await readSheet(answer.body as Buffer)) as Cell[][];
    const titles = rows.findIndex(([first]) => first === 'STT');
    const [upper, lower, total, ...body] = rows.slice(titles) as [Cell[], Cell[], Cell[], ...Cell[][]];
    const at = (group: string, title?: string): number =>
      title === undefined ? upper.indexOf(group) : lower.indexOf(title, upper.indexOf(group));
    const plan = at('Kế hoạch vốn năm 2024 (tỉnh giao)', 'Tổng số');
    const ofMonth = at('Giải ngân trong tháng 3', 'Tổng số');
    const cumulative = at('Luỹ kế giải ngân từ đầu năm', 'Số tiền');
    // A paid 1 đồng in each of three months of its plan of 100; the province sums projects, never rates.
    const ofA = body.find((row) => row[1] === 'Dự án của A') as Cell[];
    expect([ofA[plan], ofA[ofMonth], ofA[cumulative], ofA[cumulative + 1], ofA[cumulative + 2]]).toEqual([
      100,
      1,
      3,
      3,
      'không giao ở cấp này',
    ]);
    expect(body.filter(([ordinal]) => /^[IVX]+$/.test(String(ordinal))).map((row) => row[1])).toEqual([
      'Đơn vị A',
      'Đơn vị B',
      'Đơn vị C',
      'Đơn vị D',
    ]);
    expect([total[1], total[ofMonth]]).toEqual(['TỔNG CỘNG', 300_000_000_000_051]);
    const own = await reporter.get('/exports/monthly-form?month=2024-03').buffer(true).parse(binaryBody).expect(200);
    const seen = ((await readSheet(own.body as Buffer)) as Cell[][]).flat();
    expect([seen.includes('Dự án của A'), seen.includes('Dự án của B')]).toEqual([true, false]);
  });

  const office = spawnSync('soffice', ['--version']).status === 0 ? it : it.skip;
  office(
    'LibreOffice opens each file and sees the same cells (left out where it is not installed)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tracker-export-'));
      try {
        for (const list of ['results', 'disbursements'] as const)
          writeFileSync(join(folder, `${list}.xlsx`), await download(staff, `${list}?month=2024-03`));
        writeFileSync(join(folder, 'form.xlsx'), await download(staff, 'monthly-form?month=2024-03'));
        const { status, stderr } = spawnSync(
          'soffice',
          [
            `-env:UserInstallation=file://${folder}/profile`,
            ...['--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir', folder],
            ...['results', 'disbursements', 'form'].map((list) => join(folder, `${list}.xlsx`)),
          ],
          { encoding: 'utf8', timeout: 60_000 },
        );
        expect([status, stderr]).toEqual([0, expect.not.stringMatching(/error/i)]);
        expect(readFileSync(join(folder, 'disbursements.csv'), 'utf8')).toContain('"300,000,000,000,000"');
        expect(readFileSync(join(folder, 'form.csv'), 'utf8')).toContain('BIỂU TÌNH HÌNH THỰC HIỆN');
        expect(readFileSync(join(folder, 'results.csv'), 'utf8')).toContain('Đơn vị A');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    90_000,
  );
});
