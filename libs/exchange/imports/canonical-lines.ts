import { isIsoDate } from '#libs/kernel';
import { copyText, type NamedCodes } from '#libs/ledger';
import { csvRecords } from '../folder/index.js';
import { MOST_CSV_ROWS } from './limits.js';
import { keyPart, RepeatedKeys, type KeyPart } from './repeated-keys.js';

/** The file is not the plain form of product.md in every cell: it is read again by the reader for all forms. */
export class NotCanonical extends Error {}

const KINDS = new Map(
  ['payment', 'advance', 'advance-recovery', 'refund', 'correction', 'transfer'].map((kind) => [kind, kind]),
).set('advance_recovery', 'advance-recovery');
const FLAGS = new Map([
  ['0', 'f'],
  ['1', 't'],
]);
const BASES = new Map([
  ['actual', 'actual'],
  ['estimate', 'estimate'],
]);
const MOST_LETTERS = 200;
const PLAIN = /^[\x20-\x7e]*$/;
// Letters of Vietnamese beside ASCII; what old fonts (TCVN3) leave behind is not among them.
const VIETNAMESE = /^[\x20-\x7eÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—“”‘’…]*$/;

export interface CanonicalReading {
  rows: number;
  bytes: number;
  vouchers: boolean;
  /** Field → column. */
  columns: Record<string, number>;
  header: string[];
  /** Two rows may speak of one cell; false: surely none do. */
  mayRepeat: boolean;
  /** What the rows name, each once. */
  codes: NamedCodes;
}

/** More pairs of unit and project than this are not gathered: the database looks at each row. */
const MOST_PAIRS = 50_000;

/** The six columns of a series, judged once: the lines of a file share few of them. */
interface Judged {
  /** As COPY takes it. */
  text: string;
  key: KeyPart;
}

/** Where the columns begin as FIELDS does: year and month, then the series in six columns, then the amount. */
const PERIOD_FIELDS = 2;
const SERIES_FIELDS = 8;
const MOST_SERIES = 1 << 15;

/** Lines of the file into lines of COPY, and what they name on the way. */
export class CanonicalLines {
  /** Unit, project, source, kind, carried over or not, and basis in a month: two lines of one cell are added up. */
  readonly cells = new RepeatedKeys();
  private readonly series = new Map<string, Judged>();
  private readonly periods = new Map<string, { text: string; number: number }>();

  private readonly isUsual: boolean;

  constructor(
    private readonly batchId: number,
    private readonly reading: CanonicalReading,
    private readonly places: readonly number[],
  ) {
    this.isUsual = places.every((place, i) => i > SERIES_FIELDS || place === i);
  }

  copied(line: string, row: number): string {
    const { places } = this;
    const width = this.reading.header.length;
    if (!this.isUsual || line.includes('"')) {
      const cells = cellsOf(line, width);
      const at = (field: number): string => cellAt(cells, places[field] as number);
      const [period, series] = [[0, 1].map(at), [2, 3, 4, 5, 6, 7].map(at)];
      return this.written(row, this.periodOf(period.join(','), period), this.judged(series), at);
    }
    const periodEnd = commaAfter(line, -1, PERIOD_FIELDS);
    const seriesEnd = commaAfter(line, periodEnd, SERIES_FIELDS - PERIOD_FIELDS);
    const cells = line.slice(seriesEnd + 1).split(',');
    if (seriesEnd === -1 || cells.length !== width - SERIES_FIELDS) throw new NotCanonical();
    const period = line.slice(0, periodEnd);
    const series = line.slice(periodEnd + 1, seriesEnd);
    return this.written(
      row,
      this.periods.get(period) ?? this.periodOf(period, period.split(',')),
      this.series.get(series) ?? this.remembered(series),
      (field) => cellAt(cells, (places[field] as number) - SERIES_FIELDS),
    );
  }

  private written(
    row: number,
    period: { text: string; number: number },
    series: Judged,
    at: (field: number) => string,
  ): string {
    const { reading } = this;
    const ordinal = ++reading.rows;
    if (ordinal > MOST_CSV_ROWS) throw new NotCanonical();
    const documentNo = text(at(9));
    if (documentNo === '\\N') reading.codes.lacksDocument = true;
    else reading.vouchers = true;
    const dong = amount(at(8));
    if (!reading.codes.hasZero && Number(dong) <= 0) reading.codes.hasZero = true;
    this.cells.add(series.key, period.number);
    return (
      `${this.batchId}\t${ordinal}\t${row}\t${period.text}\t${series.text}\t${dong}\t${documentNo}\t` +
      `${known(DAYS, at(10), dayOf)}\t${text(at(11))}\t${correctedId(at(12), reading.codes)}\t0\tnew\n`
    );
  }

  private periodOf(cell: string, [year = '', month = '']: string[]): { text: string; number: number } {
    const judged = [yearOf(year.trim()), monthOf(month.trim())] as const;
    const period = { text: judged.join('\t'), number: Number(judged[0]) * 16 + Number(judged[1]) };
    this.reading.codes.periods.add(period.text);
    if (this.periods.size < MOST_SERIES) this.periods.set(cell, period);
    return period;
  }

  private remembered(series: string): Judged {
    const cells = series.split(',');
    const judged = this.judged(cells);
    if (this.series.size >= MOST_SERIES) this.series.clear();
    // A text of its own: a slice would keep the whole piece of the file that it was cut from.
    this.series.set(cells.join(','), judged);
    return judged;
  }

  private judged([unit = '', project = '', source = '', kind = '', flag = '', basis = '']: string[]): Judged {
    const { codes } = this.reading;
    const [unitCode, projectCode, sourceCode] = [code(unit), code(project), code(source)];
    codes.sources.add(sourceCode);
    if (codes.pairs && codes.pairs.add(`${unitCode}\t${projectCode}`).size > MOST_PAIRS) codes.pairs = undefined;
    const judgedKind = chosen(KINDS, kind);
    if (judgedKind !== 'payment' && judgedKind !== 'transfer') codes.hasCorrections = true;
    const judged = `${unitCode}\t${projectCode}\t${sourceCode}\t${judgedKind}\t${chosen(FLAGS, flag)}\t${chosen(BASES, basis)}`;
    return { text: judged, key: keyPart(judged) };
  }
}

function cellAt(cells: readonly string[], place: number): string {
  return place < 0 ? '' : (cells[place] as string);
}

/** Place of the n-th comma after `from`; -1 where there are fewer. */
function commaAfter(line: string, from: number, n: number): number {
  let at = from;
  for (let i = 0; i < n; i++) {
    at = line.indexOf(',', at + 1);
    if (at === -1) return -1;
  }
  return at;
}

function correctedId(cell: string, codes: NamedCodes): string {
  const id = known(IDS, cell, idOf);
  if (id !== '\\N') codes.namesEntries = codes.hasCorrections = true;
  return id;
}

function cellsOf(line: string, width: number): string[] {
  let cells: string[];
  if (line.includes('"')) {
    // A quoted cell that goes on in the next line ends in a defect here.
    const records = [...csvRecords(line, () => fail())];
    cells = records[0]?.cells ?? [];
  } else cells = line.split(',');
  if (cells.length !== width) throw new NotCanonical();
  return cells;
}

/** Values that repeat are judged once; the memory of them is bounded. */
const DAYS = new Map<string, string>();
const IDS = new Map<string, string>();
const CODES = new Map<string, string>();
const MOST_REMEMBERED = 20_000;

function known(memory: Map<string, string>, cell: string, judge: (cell: string) => string): string {
  const before = memory.get(cell);
  if (before !== undefined) return before;
  const value = judge(cell.trim());
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  memory.set(cell, value);
  return value;
}

const code = (cell: string): string => known(CODES, cell, codeOf);

function codeOf(cell: string): string {
  return cell === '' ? fail() : text(cell);
}
function yearOf(cell: string): string {
  return /^[1-9][0-9]{3}$/.test(cell) ? cell : fail();
}
function monthOf(cell: string): string {
  return /^(0?[1-9]|1[0-3])$/.test(cell) ? String(Number(cell)) : fail();
}
function dayOf(cell: string): string {
  return cell === '' ? '\\N' : isIsoDate(cell) ? cell : fail();
}
function idOf(cell: string): string {
  return cell === '' ? '\\N' : /^[1-9][0-9]{0,8}$/.test(cell) ? cell : fail();
}
function chosen(choices: ReadonlyMap<string, string>, cell: string): string {
  return choices.get(cell) ?? choices.get(cell.trim()) ?? fail();
}
function amount(cell: string): string {
  const digits = /^-?[0-9]{1,16}$/.test(cell) ? cell : cell.trim();
  return /^-?[0-9]{1,16}$/.test(digits) && Number.isSafeInteger(Number(digits)) ? digits : fail();
}
function text(cell: string): string {
  const trimmed = cell.trim();
  if (trimmed === '') return '\\N';
  // Formulas, old fonts and long texts have sentences of their own.
  if (/^[=+\-@]/.test(trimmed) || trimmed.length > MOST_LETTERS) return fail();
  if (PLAIN.test(trimmed)) return copyText(trimmed);
  const composed = trimmed.normalize('NFC');
  return VIETNAMESE.test(composed) ? copyText(composed) : fail();
}
function fail(): never {
  throw new NotCanonical();
}
