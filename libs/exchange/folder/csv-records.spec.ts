import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRecords, type CsvDefect, type CsvRecord } from './csv-records.js';

function read(text: string): { records: CsvRecord[]; defects: CsvDefect[] } {
  const defects: CsvDefect[] = [];
  const records = [...csvRecords(text, (defect) => defects.push(defect))];
  return { records, defects };
}
const cells = (text: string): string[][] => {
  const { records, defects } = read(text);
  expect(defects).toEqual([]);
  return records.map((record) => record.cells);
};

describe('csv records', () => {
  it.each([
    ['LF', 'a,b\nc,d\n'],
    ['CRLF', 'a,b\r\nc,d\r\n'],
    ['CR', 'a,b\rc,d\r'],
    ['no end of the last line', 'a,b\nc,d'],
  ])('end with %s', (_, text) => {
    expect(cells(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('count blank lines and skip them: c stands in row 4', () => {
    const { records } = read('a\n\n  \t\nc\n\n');
    expect(records).toEqual([
      { row: 1, cells: ['a'] },
      { row: 4, cells: ['c'] },
    ]);
  });

  it('count CRLF as one line end, and CR alone as one too', () => {
    expect(read('a\r\nb\r\n\r\nc').records.map(({ row }) => row)).toEqual([1, 2, 4]);
    expect(read('a\rb\r\rc').records.map(({ row }) => row)).toEqual([1, 2, 4]);
  });

  it('of commas alone, or of an empty quoted cell, are not blank', () => {
    expect(cells(',\n""\n')).toEqual([['', ''], ['']]);
  });

  it('keep empty cells at the beginning, in the middle and at the end', () => {
    expect(cells(',a,,b,')).toEqual([['', 'a', '', 'b', '']]);
  });

  it('hold commas, doubled quotes and line ends inside quotes; such a record is one row', () => {
    const { records } = read('"Ban ""A"", huyện Lộc Bình","1\r\n2"\nb');
    expect(records).toEqual([
      { row: 1, cells: ['Ban "A", huyện Lộc Bình', '1\r\n2'] },
      { row: 2, cells: ['b'] },
    ]);
  });

  it('have their cells trimmed, quoted ones too', () => {
    expect(cells(' a ,"  b  ",\u00a0c\u00a0')).toEqual([['a', 'b', 'c']]);
  });

  it('have their cells in NFC: e + U+0301 becomes é', () => {
    expect(cells('e\u0301,"Ba\u0300 Ro\u0323\u0302c"')).toEqual([['\u00e9', 'B\u00e0 R\u1ed9c']]);
  });

  it('take a quote inside a cell that does not begin with one as it is', () => {
    expect(cells('Ban "A",5"')).toEqual([['Ban "A"', '5"']]);
  });

  it('of no text are none', () => {
    expect(cells('')).toEqual([]);
  });
});

describe('wrong quotes', () => {
  it('text after a closing quote is reported by its row, and reading goes on', () => {
    const { records, defects } = read('a\n"b"x,c\n"d" \ne');
    expect(defects).toEqual([
      { row: 2, defect: 'text-after-quote' },
      { row: 3, defect: 'text-after-quote' },
    ]);
    expect(records.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
  });

  it('a quote never closed is reported by the row in which it opens; the rest of the file is inside it', () => {
    const { records, defects } = read('a\nb,"c\nd,e\n');
    expect(defects).toEqual([{ row: 2, defect: 'unclosed-quote' }]);
    expect(records).toEqual([{ row: 1, cells: ['a'] }]);
    expect(read('"').defects).toEqual([{ row: 1, defect: 'unclosed-quote' }]);
    expect(read('"a""').defects).toEqual([{ row: 1, defect: 'unclosed-quote' }]);
  });
});

describe('any table', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', 'Đ', '"', ',', '\n', '\r', ' ', '\u{1F600}', '7'),
    maxLength: 6,
  });

  it('written with every cell quoted comes back, trimmed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (table, lineEnd) => {
          const text = table.map((row) => row.map((of) => `"${of.replaceAll('"', '""')}"`).join()).join(lineEnd);
          expect(cells(text)).toEqual(table.map((row) => row.map((of) => of.trim())));
        },
      ),
    );
  });

  it('any text at all is read to its end without an exception, rows counted upwards', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') }), (text) => {
        const rowsRead = read(text).records.map(({ row }) => row);
        expect(rowsRead).toEqual([...new Set(rowsRead)].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});
