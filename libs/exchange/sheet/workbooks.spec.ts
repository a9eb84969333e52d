import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import {
  IMPORT_KINDS,
  KIND_SPECS,
  markedWorkbook,
  openSheet,
  readRows,
  REASON_TITLE,
  templateWorkbook,
  type CellProblem,
  type ImportKind,
  type OpenedSheet,
  type ReadingChoices,
  type ReadingSummary,
  type SheetRow,
} from './index.js';

const LISTS = {
  units: [
    { code: '181', name: 'Huyện Bình Gia' },
    { code: '06463', name: 'Xã Chi Lăng' },
  ],
  projects: [{ code: 'DA-01', name: 'Đường tỉnh 226 <đoạn "A" & B>' }],
  sources: [{ code: 'NSTW', name: 'Ngân sách trung ương' }],
};

async function* once(bytes: Buffer | string): AsyncGenerator<Buffer> {
  yield Buffer.from(bytes);
}

interface Reading {
  rows: { row: number; values: Record<string, string> }[];
  problems: CellProblem[];
  summary: ReadingSummary;
}

async function read(opened: OpenedSheet, kind: ImportKind, choices: ReadingChoices): Promise<Reading> {
  const rows: Reading['rows'] = [];
  const problems: CellProblem[] = [];
  let summary: ReadingSummary | undefined;
  for await (const batch of readRows(opened, KIND_SPECS[kind], choices)) {
    rows.push(...batch.rows.map(({ row, values }) => ({ row, values })));
    problems.push(...batch.problems);
    summary = batch.summary ?? summary;
  }
  return { rows, problems, summary: summary as ReadingSummary };
}

async function rowsOf(bytes: Buffer): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of (await openSheet(once(bytes), 'x.xlsx')).batches) rows.push(...batch);
  return rows;
}

describe('a template', () => {
  it.each(IMPORT_KINDS)('of %s is read with every column known, and holds no row', async (kind) => {
    const bytes = await templateWorkbook(kind, LISTS);
    const { rows, problems, summary } = await read(await openSheet(once(bytes), 'x.xlsx'), kind, { lists: LISTS });
    expect({ rows, problems }).toEqual({ rows: [], problems: [] });
    const fields = summary.columns.map(({ field }) => field);
    expect(fields.sort()).toEqual(KIND_SPECS[kind].fields.map(({ name }) => name).sort());
    expect(summary.unknownColumns).toEqual([]);
    expect(summary.amountUnit).toBe('dong');
  });

  it('has drop-downs on a second sheet, codes as text, dates as dates, a frozen header', async () => {
    const parts = unzipped(await templateWorkbook('disbursements', LISTS));
    const sheet = parts.get('xl/worksheets/sheet1.xml') as string;
    const validations = [...sheet.matchAll(/<dataValidation [^>]*sqref="([^"]+)"[^>]*><formula1>([^<]*)</g)];
    expect(validations.map(([, range, formula]) => `${range} ${formula}`)).toEqual([
      'A5:A50000 2000',
      'B5:B50000 1',
      "C5:C50000 'Danh mục'!$A$2:$A$3",
      "D5:D50000 'Danh mục'!$C$2:$C$2",
      "E5:E50000 'Danh mục'!$E$2:$E$2",
      "F5:F50000 'Danh mục'!$G$2:$G$7",
      "G5:G50000 'Danh mục'!$I$2:$I$3",
      "H5:H50000 'Danh mục'!$K$2:$K$3",
    ]);
    // Order of elements that Excel insists on.
    expect(sheet.indexOf('</sheetData>')).toBeLessThan(sheet.indexOf('<dataValidations'));
    expect(sheet).toMatch(/<pane [^>]*ySplit="4"/);
    expect(sheet.match(/<col [^>]* style="\d+"/g)).toHaveLength(13);
    expect(parts.get('xl/styles.xml')).toContain('dd/mm/yyyy');
    expect([...parts.values()].join('')).toContain('Đường tỉnh 226 &lt;đoạn');
  });
});

describe('the sender’s own sheet back', () => {
  const sent = `;;;Đơn vị tính: triệu đồng
Mã dự án;Nguồn vốn;Số tiền;Ghi chú
DA-01;NSTW;1.234,5;giữ nguyên
DA-09;NSTW;nhiều;=1+1
Tổng cộng;;1.234,5;
`;
  const choices = { constants: { plan_year: '2024', month: '9', unit_code: '181' }, lists: LISTS };
  const words = ({ code }: CellProblem): string => `vì ${code}`;

  it('has the same rows and columns, values as sent, the wrong cells marked and a column of reasons', async () => {
    const first = await read(await openSheet(once(sent), 'thang 9.csv'), 'disbursements', choices);
    expect(first.problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual(['4 2 amount-malformed']);
    const back = await markedWorkbook(await openSheet(once(sent), 'thang 9.csv'), first.problems, words, first.summary);
    expect((await rowsOf(back)).map(({ cells }) => cells)).toEqual([
      ['', '', '', 'Đơn vị tính: triệu đồng'],
      ['Mã dự án', 'Nguồn vốn', 'Số tiền', 'Ghi chú', REASON_TITLE],
      ['DA-01', 'NSTW', '1.234,5', 'giữ nguyên'],
      ['DA-09', 'NSTW', 'nhiều', '=1+1', 'vì amount-malformed'],
      ['Tổng cộng', '', '1.234,5'],
    ]);
    const xml = unzipped(back).get('xl/worksheets/sheet1.xml') as string;
    // Only the wrong cell has the style of the mark; what looks like a formula stays a text.
    const style = (cell: string): string | undefined => new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`).exec(xml)?.[1];
    expect(style('C4')).not.toBe(style('C3'));
    expect(style('B4')).toBe(style('B3'));
    expect(xml).not.toContain('<f>');
  });

  it('goes in again as it is: the reasons are passed over, the same row is wrong for the same cause', async () => {
    const first = await read(await openSheet(once(sent), 'x.csv'), 'disbursements', choices);
    const back = await markedWorkbook(await openSheet(once(sent), 'x.csv'), first.problems, words, first.summary);
    const again = await read(await openSheet(once(back), 'x.xlsx'), 'disbursements', choices);
    expect(again.rows).toEqual(first.rows);
    expect(again.problems).toEqual(first.problems);
    expect(again.summary.passedOverColumns.map(({ title }) => title)).toContain(REASON_TITLE);
  });

  it('of more rows than a workbook should have brings back the wrong ones', async () => {
    const { problems, summary } = await read(await openSheet(once(sent), 'x.csv'), 'disbursements', choices);
    const opened = await openSheet(once(sent), 'x.csv');
    const back = await markedWorkbook(opened, problems, words, { header: summary.header, rows: 'wrong' });
    expect((await rowsOf(back)).map(({ cells }) => cells[0])).toEqual(['', 'Mã dự án', 'DA-09']);
  });

  it('of a workbook keeps numbers, dates and merged cells what they were', async () => {
    const template = await templateWorkbook('treasury', LISTS);
    const opened = await openSheet(once(template), 'x.xlsx');
    const back = await openSheet(
      once(await markedWorkbook(opened, [], words, { header: { first: 4, last: 4 } })),
      'x.xlsx',
    );
    expect(back.name).toBe('Số liệu Kho bạc');
    expect(back.merges).toEqual(opened.merges);
  });
});

/** Parts of a zip that was written without a data descriptor or with one: the central directory tells. */
function unzipped(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    parts.set(name, (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
