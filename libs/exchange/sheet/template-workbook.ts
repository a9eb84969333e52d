import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';
import { columnLetters } from './sheet-rows.js';
import { KIND_SPECS } from './kind-specs.js';
import type { FieldSpec, ImportKind, ListedName, ListName } from './sheet.js';
import { sheetFeatures, type ColumnValidation } from './sheet-features.js';

/** Lists for the template's drop-downs: only what the person who downloads it may see. */
export type TemplateLists = Partial<Record<ListName, readonly ListedName[]>>;

const LISTS_SHEET = 'Danh mục';
/** Drop-downs and formats reach this far down. */
const LAST_ROW = 50_000;

const HEAD = {
  fontWeight: 'bold',
  backgroundColor: '#E8EDF3',
  wrap: true,
  alignVertical: 'center',
  height: 34,
} as const;

/**
 * An empty workbook for one kind of file: Vietnamese titles, a line that says how to fill it, drop-downs for codes and
 * choices (kept on a second sheet with their names), codes as text so that zeros in front stay, frozen header.
 */
export async function templateWorkbook(kind: ImportKind, lists: TemplateLists): Promise<Buffer> {
  const { title, fields } = KIND_SPECS[kind];
  const columns = fields.map((field) => ({ field, allowed: allowedValues(field, lists) }));
  const lists2 = columns.filter(({ allowed }) => allowed.length > 0);
  const header = fields.map((field): Cell => ({ value: heading(field), ...HEAD }));
  const data: SheetData = [
    [{ value: title.toUpperCase(), fontWeight: 'bold', fontSize: 14, height: 24 }],
    [{ value: INSTRUCTION, fontStyle: 'italic' }],
    [{ value: fields.some(({ type }) => type === 'amount') ? 'Đơn vị tính: đồng' : '' }],
    header,
    // One empty row carries the formats that the whole columns take.
    fields.map(emptyCell),
  ];
  const firstRow = data.length;
  const validations = columns.flatMap(({ field }, column): ColumnValidation[] => {
    const range = `${columnLetters(column)}${firstRow}:${columnLetters(column)}${LAST_ROW}`;
    const at = lists2.findIndex((one) => one.field === field);
    if (at === -1) return numberValidation(field, range);
    const letter = columnLetters(2 * at);
    const last = (lists2[at] as (typeof lists2)[number]).allowed.length + 1;
    const formula = `'${LISTS_SHEET}'!$${letter}$2:$${letter}$${last}`;
    // A new code is known to the books before it is known to this file: a warning, not a wall.
    return [{ range, type: 'list', formula, isStrict: field.list === undefined }];
  });
  return await writeXlsxFile(
    [
      {
        data,
        sheet: title,
        columns: fields.map(({ type }) => ({ width: WIDTHS[type] })),
        stickyRowsCount: firstRow - 1,
        orientation: 'landscape',
      },
      ...(lists2.length > 0
        ? [{ data: listRows(lists2), sheet: LISTS_SHEET, columns: listWidths(lists2.length) }]
        : []),
    ],
    { fontFamily: 'Times New Roman', fontSize: 12, features: [sheetFeatures([validations, []], firstRow)] },
  ).toBuffer();
}

const INSTRUCTION =
  'Điền từ dòng dưới tiêu đề, mỗi dòng một số liệu; cột có dấu * bắt buộc; không gộp ô, không đổi tên cột; mã xem trang "Danh mục".';

function heading({ titles, required, assumed }: FieldSpec): string {
  return `${titles[0]}${required && assumed === undefined ? ' *' : ''}`;
}

const WIDTHS: Readonly<Record<FieldSpec['type'], number>> = {
  text: 36,
  code: 18,
  amount: 22,
  date: 14,
  month: 9,
  year: 11,
  flag: 16,
  percent: 12,
  choice: 22,
  count: 9,
};

const FORMATS: Partial<Record<FieldSpec['type'], string>> = { amount: '#,##0', date: 'dd/mm/yyyy' };

function emptyCell({ type }: FieldSpec): Cell {
  if (type === 'amount') return { type: Number, format: FORMATS.amount as string, align: 'right' };
  if (type === 'date') return { type: Date, format: FORMATS.date as string };
  return type === 'text' || type === 'code' ? { type: String, format: '@' } : { type: String, align: 'left' };
}

interface Allowed {
  value: string;
  name: string;
}

function allowedValues(field: FieldSpec, lists: TemplateLists): Allowed[] {
  if (field.choices) return field.choices.map(({ value, titles }) => ({ value: titles[0] ?? value, name: value }));
  return field.list ? (lists[field.list] ?? []).map(({ code, name }) => ({ value: code, name })) : [];
}

function listRows(lists: readonly { field: FieldSpec; allowed: readonly Allowed[] }[]): SheetData {
  const length = Math.max(...lists.map(({ allowed }) => allowed.length));
  const rows: SheetData = [
    lists.flatMap(({ field }): Cell[] => [
      { value: field.titles[0] as string, ...HEAD },
      { value: field.choices ? 'Mã' : 'Tên', ...HEAD },
    ]),
  ];
  for (let row = 0; row < length; row++)
    rows.push(
      lists.flatMap(({ allowed }): Cell[] => {
        const one = allowed[row];
        return one
          ? [
              { value: one.value, type: String, format: '@' },
              { value: one.name, type: String },
            ]
          : [null, null];
      }),
    );
  return rows;
}

const listWidths = (lists: number): { width: number }[] =>
  Array.from({ length: 2 * lists }, (_, i) => ({ width: i % 2 === 0 ? 22 : 44 }));

function numberValidation({ type }: FieldSpec, range: string): ColumnValidation[] {
  if (type === 'month') return [{ range, type: 'whole', formula: '1', formula2: '13', isStrict: true }];
  if (type === 'year') return [{ range, type: 'whole', formula: '2000', formula2: '2100', isStrict: true }];
  return [];
}
