import { DomainError } from '#libs/kernel';
import { CsvRecords, inBatches, type CsvSeparator } from './csv-records-stream.js';
import type { SheetErrorCode } from './errors.js';
import { legacyTextIn } from './legacy-text.js';
import type { OpenedSheet, SheetRow } from './sheet.js';

/** Rows by which separator and script are judged. */
const SAMPLE_ROWS = 300;
const SAMPLE_LENGTH = 200_000;

/**
 * Opens csv text: `pieces` are bytes, the first of which holds enough of the file to judge its separator by.
 * Throws `file-not-utf-8`, `file-legacy-font`, `file-garbled`, `file-sheet-empty`; the reading throws what comes later.
 */
export function openCsv(first: Buffer, later: AsyncIterable<Buffer>, fileName: string): OpenedSheet {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const start = decode(decoder, first, 0, fileName);
  // Old Macintosh line ends are a carriage return alone.
  const alone = start.includes('\r') && !start.includes('\n');
  const lines = (text: string): string => (alone ? text.replaceAll('\r', '\n') : text);
  const text = lines(start);
  const told = /^sep=(.)\r?\n/.exec(text)?.[1];
  const separator = told === ',' || told === ';' || told === '\t' ? told : likelySeparator(text);
  const sample = sampleRows(text, separator);
  if (text.length < SAMPLE_LENGTH && /^[\s;,]*$/.test(text))
    throw new DomainError<SheetErrorCode>('file-sheet-empty', { sheet: fileName });
  const legacy = legacyTextIn(sample.flatMap(({ cells }) => cells));
  if (legacy) throw new DomainError<SheetErrorCode>(`file-${legacy}`);

  async function* pieces(): AsyncGenerator<SheetRow[]> {
    const records = new CsvRecords(separator);
    // "sep=;" is a word to Excel, not a row of the table; it stays a row so that rows count as people see them.
    yield told ? blanked(records.take(text)) : records.take(text);
    let bytes = first.length;
    for await (const piece of later) {
      yield records.take(lines(decode(decoder, piece, bytes, fileName)));
      bytes += piece.length;
    }
    decode(decoder, undefined, bytes, fileName);
    yield records.take('', true);
  }
  const batches = inBatches(pieces());
  return {
    name: fileName.replace(/\.[^.]*$/, '') || fileName,
    format: 'csv',
    batches,
    rows: cellsOf(batches),
    merges: [],
    separator,
    hiddenRows: 0,
  };
}

/** The rows of batches, one at a time. */
export async function* cellsOf(batches: AsyncIterable<SheetRow[]>): AsyncGenerator<string[]> {
  for await (const rows of batches) for (const { cells } of rows) yield cells;
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Buffer | undefined,
  at: number,
  fileName: string,
): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new DomainError<SheetErrorCode>('file-not-utf-8', { file: fileName, byte: at });
  }
}

function blanked([first, ...others]: SheetRow[]): SheetRow[] {
  return first ? [{ ...first, cells: [] }, ...others] : [];
}

function sampleRows(text: string, separator: CsvSeparator): SheetRow[] {
  try {
    return new CsvRecords(separator)
      .take(text.slice(0, SAMPLE_LENGTH), text.length < SAMPLE_LENGTH)
      .slice(0, SAMPLE_ROWS);
  } catch {
    return [];
  }
}

/**
 * The separator by which most rows come out equally wide. Titles have none and decimals have commas, so the width that
 * most rows share decides; where two agree, the one that decimals do not use.
 */
function likelySeparator(text: string): CsvSeparator {
  const sample = text.slice(0, 65_536);
  const ended = sample.endsWith('\n') ? sample : `${sample}\n`;
  let best: CsvSeparator = ',';
  let bestRows = 0;
  for (const separator of ['\t', ';', ','] as const) {
    const rows = sampleRows(ended, separator);
    const widths = new Map<number, number>();
    for (const { cells } of rows) if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    const shared = Math.max(0, ...widths.values());
    if (shared > bestRows) {
      best = separator;
      bestRows = shared;
    }
  }
  return best;
}
