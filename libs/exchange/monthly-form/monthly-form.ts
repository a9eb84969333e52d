import type { DataSource } from 'typeorm';
import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { chainHead } from '#libs/audit';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import { evaluationSeals } from '#libs/monitoring';
import { businessDate, instanceSetting } from '#libs/platform';
import type { ExportErrorCode } from '../errors.js';
import { dayWords, ILLUSTRATIVE_LINE, MOST_EXPORTED_ROWS, type ExportedFile } from '../lists/index.js';
import { cellOf, OFFICE_FONT, ruled, titleCell } from '../workbook/index.js';
import { formColumns, type FormColumn } from './form-columns.js';
import { monthlyFormRows, type MonthlyFormRow } from './monthly-form-rows.js';

/**
 * The monthly form (biểu tình hình thực hiện và giải ngân) as provinces keep it: projects under their units, each
 * unit and the whole summed, plan and payments by source, both rates. Amounts in đồng.
 */
export async function exportMonthlyForm(
  db: DataSource,
  actor: Actor,
  month: Month,
  unitCode?: string,
): Promise<ExportedFile> {
  const rows = await monthlyFormRows(db, actor, month, unitCode, MOST_EXPORTED_ROWS + 1);
  if (rows.length > MOST_EXPORTED_ROWS)
    throw new DomainError<ExportErrorCode>('export-too-large', { rows: rows.length, most: MOST_EXPORTED_ROWS });
  const { illustrative, provinceName } = await instanceSetting(db);
  const columns = formColumns(month, await sourcesOf(db, rows));
  const seal = await sealLine(db, month);
  const head = [
    ...(illustrative ? [ILLUSTRATIVE_LINE] : []),
    `BIỂU TÌNH HÌNH THỰC HIỆN VÀ GIẢI NGÂN KẾ HOẠCH VỐN ĐẦU TƯ CÔNG, ${monthWords(month)}`,
    `Tỉnh ${provinceName}, lập ngày ${dayWords(await businessDate(db))}`,
    'Đơn vị tính: đồng. Giải ngân là số thực chi; vốn kéo dài ghi riêng, không tính vào tỷ lệ.',
    seal,
  ];
  const content = await writeXlsxFile(
    [
      ...head.map((line, i): Row => [
        { value: line, type: String, fontWeight: i < head.length - 3 ? 'bold' : undefined },
      ]),
      [],
      ...titleRows(columns),
      ...bodyRows(columns, rows),
    ],
    {
      sheet: `Tháng ${month.number}-${month.planYear}`,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: head.length + 3,
      stickyColumnsCount: 2,
      orientation: 'landscape',
    },
    OFFICE_FONT,
  ).toBuffer();
  const parts = [illustrative ? 'so-lieu-minh-hoa' : '', 'bieu-thang', month.toString(), unitCode ?? ''];
  return {
    fileName: `${parts
      .filter((part) => part !== '')
      .join('_')
      .replace(/[^\w.-]/g, '-')}.xlsx`,
    content,
  };
}

/**
 * Where the audit chain stands behind the form: the event that froze the month's result, or of a month without one the
 * newest event as the form was made. `npm run -s verify -- FILE --head HASH` finds it in any later export.
 */
async function sealLine(db: DataSource, month: Month): Promise<string> {
  const seals = await evaluationSeals(db, month);
  const { planYear, number } = month;
  const kept = await db.manager.findOneBy(ReportingMonth, { planYear, month: number });
  const seal = kept?.state === 'closed' ? seals.get(kept.version) : undefined;
  if (seal) return `Nhật ký: kết quả tháng chốt ở sự kiện số ${seal.seq}, mã ${seal.hash}`;
  const { seq, hash } = await chainHead(db);
  return `Nhật ký: lúc lập biểu (tháng chưa chốt kết quả) ở sự kiện số ${seq}, mã ${hash}`;
}

/** The funding sources that the rows use, by code, with their names. */
async function sourcesOf(db: DataSource, rows: readonly MonthlyFormRow[]): Promise<{ code: string; name: string }[]> {
  const used = new Set(
    rows.flatMap(({ planBySource, disbursedOfMonthBySource }) => [
      ...planBySource.keys(),
      ...disbursedOfMonthBySource.keys(),
    ]),
  );
  return db.query('SELECT code, name FROM funding_source WHERE code = ANY($1) ORDER BY code', [[...used]]);
}

/** Two rows: what several columns have in common stands merged above them. */
function titleRows(columns: readonly FormColumn[]): Row[] {
  const upper = columns.map(({ title, group }, i): CellObject | null => {
    if (group === undefined) return { ...titleCell(title), rowSpan: 2 } as CellObject;
    if (columns[i - 1]?.group === group) return null;
    const span = columns.filter((column) => column.group === group).length;
    return { ...titleCell(group), align: 'center', columnSpan: span } as CellObject;
  });
  const lower = columns.map(({ title, group }) => (group === undefined ? null : titleCell(title)));
  return [upper, lower];
}

function bodyRows(columns: readonly FormColumn[], rows: readonly MonthlyFormRow[]): Row[] {
  const units = new Map<string, MonthlyFormRow[]>();
  for (const row of rows) units.set(row.unitCode, [...(units.get(row.unitCode) ?? []), row]);
  const sumRow = (label: string, ordinal: string, summed: readonly MonthlyFormRow[]): Row =>
    ruled(
      columns,
      columns.map((column, i) => ({
        ...(i === 0 ? cellOf('text', ordinal) : i === 1 ? cellOf('text', label) : sumCell(column, summed)),
        fontWeight: 'bold',
        backgroundColor: '#f5f6f7',
      })) as CellObject[],
    );
  const body: Row[] = [];
  let unitNumber = 0;
  for (const ofUnit of units.values()) {
    body.push(sumRow(ofUnit[0]?.unitName ?? '', roman(++unitNumber), ofUnit));
    ofUnit.forEach((row, i) =>
      body.push(
        ruled(
          columns,
          columns.map((column, at) => (at === 0 ? cellOf('text', String(i + 1)) : valueCell(column, [row]))),
        ),
      ),
    );
  }
  return [sumRow('TỔNG CỘNG', '', rows), ...body];
}

/** Texts and project facts have no sum; rates of a sum are rates of the summed amounts, never means of rates. */
function sumCell(column: FormColumn, rows: readonly MonthlyFormRow[]): CellObject | null {
  return column.format === 'text' ? null : valueCell(column, rows);
}

/** Where no plan of a basis was assigned there is no rate to give, and the cell says so. */
function valueCell({ format, value }: FormColumn, rows: readonly MonthlyFormRow[]): CellObject | null {
  const found = value(rows);
  const isNoRate = format === 'percent' && found === null;
  return isNoRate ? cellOf('text', 'không giao ở cấp này') : cellOf(format, found);
}

function monthWords(month: Month): string {
  return `THÁNG ${month.number} NĂM KẾ HOẠCH ${month.planYear}`;
}

const ROMAN: [number, string][] = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(value: number): string {
  let rest = value;
  let text = '';
  for (const [amount, sign] of ROMAN) for (; rest >= amount; rest -= amount) text += sign;
  return text;
}
