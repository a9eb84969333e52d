import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { KIND_SPECS, openSheet, readRows, type AmountUnit, type CellProblem, type ReadingChoices } from './index.js';

/** One figure: what any way of writing the table must give back. */
interface Figure {
  unit: string;
  project: string;
  source: string;
  dong: bigint;
}

interface Style {
  format: 'csv' | 'xlsx';
  separator: ',' | ';' | '\t';
  decimal: ',' | '.';
  grouped: boolean;
  unit: AmountUnit;
  /** A column for every source, or one for the source. */
  wide: boolean;
  /** The unit's name once above its projects, or in a column. */
  groups: boolean;
  /** Codes, or names to be looked up. */
  names: boolean;
  titles: boolean;
  totals: 'above' | 'below' | 'none';
  lineEnd: '\n' | '\r\n';
  mark: boolean;
}

const UNITS = [
  { code: '181', name: 'Huyện Bình Gia' },
  { code: '06463', name: 'Xã Chi Lăng' },
  { code: 'BQLDA', name: 'Ban Quản lý dự án tỉnh' },
];
const PROJECTS = ['Đường tỉnh 226', 'Cống hộp Km5', 'Cầu, kè "Na Sầm"', 'Tổng kho; giai đoạn 2'].map((name, i) => ({
  code: `0${i}-DA`,
  name,
}));
const SOURCES = [
  { code: 'NSTW', name: 'Ngân sách trung ương' },
  { code: 'ODA', name: 'Vốn nước ngoài' },
  { code: 'CD', name: 'Cân đối ngân sách địa phương' },
];
const LISTS = { units: UNITS, projects: PROJECTS, sources: SOURCES };
const EXPONENTS: Record<AmountUnit, number> = { dong: 0, 'nghin-dong': 3, 'trieu-dong': 6, 'ty-dong': 9 };
const WORDS: Record<AmountUnit, string> = {
  dong: 'đồng',
  'nghin-dong': 'nghìn đồng',
  'trieu-dong': 'triệu đồng',
  'ty-dong': 'tỷ đồng',
};

const codesOf = (list: readonly { code: string }[]) => fc.constantFrom(...list.map(({ code }) => code));

/** Amounts whose sum a cell of Excel still holds exactly: 15 digits. */
const figures = fc.uniqueArray(
  fc.record({
    unit: codesOf(UNITS),
    project: codesOf(PROJECTS),
    source: codesOf(SOURCES),
    dong: fc.bigInt({ min: -999_999_999_999n, max: 9_999_999_999_999n }),
  }),
  { minLength: 1, maxLength: 12, selector: ({ unit, project, source }) => `${unit} ${project} ${source}` },
);

const styles: fc.Arbitrary<Style> = fc.record({
  format: fc.constantFrom('csv', 'xlsx'),
  separator: fc.constantFrom(',', ';', '\t'),
  decimal: fc.constantFrom(',', '.'),
  grouped: fc.boolean(),
  unit: fc.constantFrom('dong', 'nghin-dong', 'trieu-dong', 'ty-dong'),
  wide: fc.boolean(),
  groups: fc.boolean(),
  names: fc.boolean(),
  titles: fc.boolean(),
  totals: fc.constantFrom('above', 'below', 'none'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.boolean(),
});

describe('any table in any style', () => {
  it('reads back to the same canonical rows', async () => {
    await fc.assert(
      fc.asyncProperty(figures, styles, async (written, style) => {
        const { rows, problems } = await readBack(await file(table(written, style), style), style);
        expect(problems).toEqual([]);
        expect(rows.sort()).toEqual(written.map(shown).sort());
      }),
      { numRuns: 100 },
    );
  });

  it('and says so when one figure is changed under a total', async () => {
    await fc.assert(
      fc.asyncProperty(figures, styles, fc.bigInt({ min: 1n, max: 999n }), async (written, style, by) => {
        const changed = { ...style, totals: style.totals === 'none' ? 'below' : style.totals, groups: false } as const;
        const [first, ...others] = written as [Figure, ...Figure[]];
        const cells = table([first, ...others], changed, { ...first, dong: first.dong + by });
        const { problems } = await readBack(await file(cells, changed), changed);
        expect(problems.map(({ code }) => code)).toContain('total-mismatch');
      }),
      { numRuns: 50 },
    );
  });
});

const shown = ({ unit, project, source, dong }: Figure): string => `${unit} ${project} ${source} ${dong}`;

type TableCell = string | { dong: bigint };

/** The table as rows of cells; `instead`: the first figure as the lines have it, while totals keep the old one. */
function table(written: readonly Figure[], style: Style, instead?: Figure): TableCell[][] {
  const lines = instead ? [instead, ...written.slice(1)] : written;
  const named = (list: readonly { code: string; name: string }[], code: string): string =>
    style.names ? (list.find((one) => one.code === code)?.name as string) : code;
  const project = style.names ? 'Tên dự án' : 'Mã dự án';
  const unit = style.groups ? [] : [style.names ? 'Chủ đầu tư' : 'Mã đơn vị'];
  const header = [
    'STT',
    project,
    ...unit,
    ...(style.wide ? SOURCES.map(({ name }) => name) : ['Nguồn vốn', 'Số tiền']),
  ];
  const sums = style.wide ? SOURCES.map(({ code }) => of(written, code)) : [of(written)];
  const total = [
    ['', 'TỔNG CỘNG', ...unit.map(() => ''), ...(style.wide ? [] : ['']), ...sums.map((dong) => ({ dong }))],
  ];
  const rows: TableCell[][] = [];
  let number = 0;
  for (const [at, { code, name }] of UNITS.entries()) {
    const own = lines.filter((figure) => figure.unit === code);
    if (style.groups && own.length > 0)
      rows.push([['I', 'II', 'III'][at] as string, name, ...header.slice(2).map(() => '')]);
    const line = (figure: Figure): TableCell[] => [
      String(++number),
      named(PROJECTS, figure.project),
      ...unit.map(() => named(UNITS, code)),
    ];
    if (!style.wide) rows.push(...own.map((one) => [...line(one), named(SOURCES, one.source), { dong: one.dong }]));
    else
      for (const { code: project } of PROJECTS) {
        const across = own.filter((figure) => figure.project === project);
        if (across.length === 0) continue;
        const amounts = SOURCES.map(({ code: source }) => across.find((one) => one.source === source));
        rows.push([...line(across[0] as Figure), ...amounts.map((one) => (one ? { dong: one.dong } : ''))]);
      }
  }
  const stated = style.unit === 'dong' && !style.titles ? [] : [['', `Đơn vị tính: ${WORDS[style.unit]}`]];
  return [
    ...(style.titles ? [['BÁO CÁO GIẢI NGÂN VỐN ĐẦU TƯ CÔNG'], []] : []),
    ...stated,
    header,
    ...(style.totals === 'above' ? total : []),
    ...rows,
    ...(style.totals === 'below' ? total : []),
    ...(style.titles ? [[], ['', 'Người lập biểu']] : []),
  ];
}

const of = (figures: readonly Figure[], source?: string): bigint =>
  figures.reduce((sum, one) => (source === undefined || one.source === source ? sum + one.dong : sum), 0n);

async function file(rows: readonly TableCell[][], style: Style): Promise<Buffer> {
  const exponent = EXPONENTS[style.unit];
  if (style.format === 'csv') {
    const lines = rows.map((cells) =>
      cells.map((cell) => quoted(text(cell, exponent, style), style)).join(style.separator),
    );
    return Buffer.from((style.mark ? '\ufeff' : '') + lines.join(style.lineEnd));
  }
  const plain = { ...style, decimal: '.', grouped: false } as const;
  const data: SheetData = rows.map((cells) =>
    cells.map((cell) =>
      typeof cell === 'string'
        ? { value: cell, type: String }
        : { value: Number(text(cell, exponent, plain)), type: Number },
    ),
  );
  return await writeXlsxFile(data, { sheet: 'Giải ngân' }).toBuffer();
}

function text(cell: TableCell, exponent: number, { decimal, grouped }: Pick<Style, 'decimal' | 'grouped'>): string {
  if (typeof cell === 'string') return cell;
  const digits = (cell.dong < 0n ? -cell.dong : cell.dong).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent).replace(/0+$/, '');
  const shownWhole = grouped ? whole.replaceAll(/\B(?=(?:\d{3})+$)/g, decimal === ',' ? '.' : ',') : whole;
  return `${cell.dong < 0n ? '-' : ''}${shownWhole}${fraction === '' ? '' : decimal + fraction}`;
}

const quoted = (cell: string, { separator }: Style): string =>
  cell.includes(separator) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

async function readBack(bytes: Buffer, style: Style): Promise<{ rows: string[]; problems: CellProblem[] }> {
  const rows: string[] = [];
  const problems: CellProblem[] = [];
  const choices: ReadingChoices = {
    constants: { plan_year: '2024', month: '9' },
    lists: LISTS,
    // The sender says it where the file leaves it open.
    ...(style.format === 'csv' ? { decimal: style.decimal } : {}),
  };
  async function* once(): AsyncGenerator<Buffer> {
    yield bytes;
  }
  const opened = await openSheet(once(), `x.${style.format}`);
  for await (const batch of readRows(opened, KIND_SPECS.disbursements, choices)) {
    problems.push(...batch.problems);
    for (const { values } of batch.rows)
      rows.push(`${values.unit_code} ${values.project_code} ${values.source_code} ${values.amount_vnd}`);
  }
  return { rows, problems };
}
