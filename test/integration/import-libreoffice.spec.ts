import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { importFile, told } from '../harness/imports.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

const HAS_LIBREOFFICE = spawnSync('soffice', ['--version']).status === 0;
const office = HAS_LIBREOFFICE ? it : it.skip;

/** The monthly table of an office: title rows, amounts in triệu đồng, groups by unit, totals. */
const TABLE = [
  ['BÁO CÁO GIẢI NGÂN THÁNG 9 NĂM 2024'],
  ['Đơn vị tính: Triệu đồng'],
  [],
  ['TT', 'Dự án', 'Mã dự án', 'Nguồn vốn', 'Năm kế hoạch', 'Tháng', 'Loại', 'Số liệu', 'Số tiền'],
  ['I', 'Đơn vị A'],
  [1, 'Dự án của A', 'P-A', 'NSDP', 2024, 9, 'Thanh toán', 'Thực chi', 0.000012],
  ['II', 'Đơn vị B'],
  [1, 'Dự án của B', 'P-B', 'NSDP', 2024, 9, 'Thanh toán', 'Thực chi', 1.5],
  ['', 'Tổng cộng', '', '', '', '', '', '', 1.500012],
];

describe('a workbook saved again by LibreOffice (left out where it is not installed)', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db, 10_000_000n);
    staff = await api.signIn('staff');
  });
  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  office(
    'imported a second time changes nothing',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tracker-office-'));
      try {
        const original = await writeXlsxFile(
          TABLE.map((row) =>
            row.map((value) =>
              value === '' ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String },
            ),
          ),
          { sheet: 'Tháng 9' },
        ).toBuffer();
        const first = await importFile(api.db, staff, original, { name: 'thang-9.xlsx' });
        expect(told(first)).toBe('new 2: 1500012');
        await staff.post(`/imports/${first.id}/commit`, {}).expect(200);
        writeFileSync(join(folder, 'thang-9.xlsx'), original);
        const { status } = spawnSync('soffice', [
          `-env:UserInstallation=file://${folder}/profile`,
          ...['--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', join(folder, 'saved')],
          join(folder, 'thang-9.xlsx'),
        ]);
        expect(status).toBe(0);
        const saved = readFileSync(join(folder, 'saved', 'thang-9.xlsx'));
        expect(saved.equals(original)).toBe(false);
        const second = await importFile(api.db, staff, saved, { name: 'thang-9.xlsx' });
        expect(told(second)).toBe('same 2: 0');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    90_000,
  );
});
