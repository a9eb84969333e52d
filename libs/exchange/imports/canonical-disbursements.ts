import { isIsoDate } from '#libs/kernel';
import { copyText, type NamedCodes } from '#libs/ledger';
import { csvRecords } from '../folder/index.js';
import { MOST_CSV_ROWS } from './limits.js';
import { RepeatedKeys } from './repeated-keys.js';

/** The file is not the plain form of product.md in every cell: it is read again by the reader for all forms. */
export class NotCanonical extends Error {}

const REQUIRED = [
  'plan_year',
  'month',
  'unit_code',
  'project_code',
  'source_code',
  'kind',
  'carried_over',
  'basis',
  'amount_vnd',
];
const OPTIONAL = ['document_no', 'document_date', 'reason', 'corrects'];
/** In the order of the COPY. */
const FIELDS = [...REQUIRED, ...OPTIONAL];

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
const COPY_TEXT_BYTES = 128 * 1024;

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

/**
 * Reads disbursements.csv as product.md states it, streaming, into lines of COPY text for the staging table: the
 * quick way for large files from programs. Whatever is not clean throws NotCanonical, and the reader that knows how to
 * say what is wrong with a cell begins anew. `write` takes text and resolves when more may come.
 */
export async function copyCanonicalDisbursements(
  batchId: number,
  pieces: AsyncIterable<Buffer>,
  write: (text: string) => Promise<void>,
  onProgress: (rows: number, bytes: number) => void,
): Promise<CanonicalReading> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reading: CanonicalReading = {
    rows: 0,
    bytes: 0,
    vouchers: false,
    columns: {},
    header: [],
    mayRepeat: false,
    codes: emptyCodes(),
  };
  const cells = new RepeatedKeys();
  let lineNumber = 0;
  let rest = '';
  let places: number[] | undefined;
  let out = '';

  const take = (raw: string): void => {
    lineNumber++;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (places) {
      if (line === '' || line.trim() === '') return;
      out += copyLine(batchId, lineNumber, cellsOf(line, reading.header.length), places, reading, cells);
      return;
    }
    reading.header = line.split(',').map((name) => name.trim());
    places = placesOf(reading.header);
    for (const [i, field] of FIELDS.entries()) if (places[i] !== -1) reading.columns[field] = places[i] as number;
  };

  for await (const piece of pieces) {
    reading.bytes += piece.length;
    const text = rest + decoded(decoder, piece);
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      take(text.slice(from, end));
      from = end + 1;
      if (out.length >= COPY_TEXT_BYTES) {
        await write(out);
        out = '';
      }
    }
    rest = text.slice(from);
    onProgress(reading.rows, reading.bytes);
  }
  rest += decoded(decoder, undefined);
  if (rest !== '') take(rest);
  if (reading.rows === 0) throw new NotCanonical();
  if (out !== '') await write(out);
  reading.mayRepeat = cells.found;
  return reading;
}

function decoded(decoder: InstanceType<typeof TextDecoder>, piece: Buffer | undefined): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw new NotCanonical();
  }
}

function placesOf(header: readonly string[]): number[] {
  const isKnown = header.every((name, i) => FIELDS.includes(name) && header.indexOf(name) === i);
  if (!isKnown || REQUIRED.some((name) => !header.includes(name))) throw new NotCanonical();
  return FIELDS.map((name) => header.indexOf(name));
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

function copyLine(
  batchId: number,
  row: number,
  cells: string[],
  places: readonly number[],
  reading: CanonicalReading,
  seen: RepeatedKeys,
): string {
  const at = (field: number): string => {
    const place = places[field] as number;
    return place === -1 ? '' : (cells[place] as string);
  };
  const ordinal = ++reading.rows;
  if (ordinal > MOST_CSV_ROWS) throw new NotCanonical();
  const documentNo = text(at(9));
  if (documentNo !== '\\N') reading.vouchers = true;
  const cell =
    `${known(YEARS, at(0), yearOf)}\t${known(MONTHS, at(1), monthOf)}\t${code(at(2))}\t${code(at(3))}\t${code(at(4))}\t` +
    `${chosen(KINDS, at(5))}\t${chosen(FLAGS, at(6))}\t${chosen(BASES, at(7))}`;
  seen.add(cell);
  gather(reading.codes, cell);
  if (documentNo === '\\N') reading.codes.lacksDocument = true;
  return (
    `${batchId}\t${ordinal}\t${row}\t${cell}\t${amount(at(8))}\t${documentNo}\t${known(DAYS, at(10), dayOf)}\t${text(at(11))}\t` +
    `${correctedId(at(12), reading.codes)}\t0\tnew\n`
  );
}

function correctedId(cell: string, codes: NamedCodes): string {
  const id = known(IDS, cell, idOf);
  if (id !== '\\N') codes.namesEntries = true;
  return id;
}

function emptyCodes(): NamedCodes {
  return { periods: new Set(), pairs: new Set(), sources: new Set(), lacksDocument: false, namesEntries: false };
}

/** Of the cell's text: year, month, unit, project, source, … */
function gather(codes: NamedCodes, cell: string): void {
  const [afterYear, afterMonth] = [cell.indexOf('\t'), cell.indexOf('\t', 6)];
  const afterProject = cell.indexOf('\t', cell.indexOf('\t', afterMonth + 1) + 1);
  const afterSource = cell.indexOf('\t', afterProject + 1);
  if (afterYear !== 4) fail();
  codes.periods.add(cell.slice(0, afterMonth));
  codes.sources.add(cell.slice(afterProject + 1, afterSource));
  if (codes.pairs && codes.pairs.add(cell.slice(afterMonth + 1, afterProject)).size > MOST_PAIRS)
    codes.pairs = undefined;
}

/** Values that repeat are judged once; the memory of them is bounded. */
const YEARS = new Map<string, string>();
const MONTHS = new Map<string, string>();
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
