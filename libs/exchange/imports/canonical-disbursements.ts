import type { NamedCodes } from '#libs/ledger';
import { CanonicalLines, NotCanonical, type CanonicalReading } from './canonical-lines.js';

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

const COPY_TEXT_BYTES = 128 * 1024;

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
  let lineNumber = 0;
  let rest = '';
  let lines: CanonicalLines | undefined;
  let out = '';

  const take = (raw: string): void => {
    lineNumber++;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (lines) {
      if (line === '' || line.trim() === '') return;
      out += lines.copied(line, lineNumber);
      return;
    }
    reading.header = line.split(',').map((name) => name.trim());
    const places = placesOf(reading.header);
    lines = new CanonicalLines(batchId, reading, places);
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
  reading.mayRepeat = lines?.cells.found ?? false;
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

function emptyCodes(): NamedCodes {
  return {
    periods: new Set(),
    pairs: new Set(),
    sources: new Set(),
    lacksDocument: false,
    namesEntries: false,
    hasZero: false,
    hasCorrections: false,
  };
}
