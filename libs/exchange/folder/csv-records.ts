/** One record of a csv text. Rows count from 1, blank ones included; a quoted cell may span lines of the file. */
export interface CsvRecord {
  row: number;
  cells: string[];
}

export interface CsvDefect {
  row: number;
  defect: 'unclosed-quote' | 'text-after-quote';
}

/**
 * Reads RFC 4180 text strictly, one record at a time; line ends may be CRLF, LF or CR. Our own because the
 * packages either stop at the first wrong quote or let it pass, and callers must hear of every wrong row.
 * Blank lines are counted and skipped. Cells are trimmed and brought to NFC.
 */
export function* csvRecords(text: string, onDefect: (defect: CsvDefect) => void): Generator<CsvRecord> {
  const end = text.length;
  let at = 0;
  let row = 0;
  while (at < end) {
    row++;
    const cells: string[] = [];
    let quoted = false;
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        quoted = true;
        const close = closingQuote(text, at + 1);
        if (close === -1) {
          onDefect({ row, defect: 'unclosed-quote' });
          return;
        }
        cells.push(tidy(text.slice(at + 1, close).replaceAll('""', '"')));
        at = close + 1;
        if (at < end && !endsCell(text.charCodeAt(at))) {
          onDefect({ row, defect: 'text-after-quote' });
          at = cellEnd(text, at);
        }
      } else {
        const stop = cellEnd(text, at);
        cells.push(tidy(text.slice(at, stop)));
        at = stop;
      }
      if (text.charCodeAt(at) !== COMMA) break;
      at++;
    }
    if (text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    at++;
    const blank = cells.length === 1 && cells[0] === '' && !quoted;
    if (!blank) yield { row, cells };
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function endsCell(code: number): boolean {
  return code === COMMA || code === LINE_FEED || code === CARRIAGE_RETURN;
}

function cellEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsCell(text.charCodeAt(at))) at++;
  return at;
}

/** Where the quoted cell that began before `from` closes; a doubled quote is a quote within it. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

/** NFC only where it can matter: plain ASCII, the bulk of a large file, is already in that form. */
function tidy(cell: string): string {
  const trimmed = cell.trim();
  return /^[\x00-\x7f]*$/.test(trimmed) ? trimmed : trimmed.normalize('NFC');
}
