import { describe, expect, it } from '@jest/globals';
import { MAX_CSV_BYTES, MAX_CSV_ROWS, MAX_XLSX_ROWS, ROWS_BESIDE } from './file-limits.js';
import { KIND_SPECS, openSheet, readRows } from './index.js';
import { xlsx } from '../../../test/fixtures/import/made-by/workbook.mjs';

const HEADER = 'plan_year,month,unit_code\n';
const LINE = '2024,9,181\n';

/** A file as it streams in, counted: what a refusal did not take was never read. */
function upload(pieces: number, piece: string): { bytes: AsyncGenerator<Buffer>; taken: () => number } {
  let taken = 0;
  async function* bytes(): AsyncGenerator<Buffer> {
    yield Buffer.from(HEADER);
    const each = Buffer.from(piece);
    for (let at = 0; at < pieces; at++) {
      taken += each.length;
      yield each;
    }
  }
  return { bytes: bytes(), taken: () => taken };
}

async function count(bytes: AsyncIterable<Buffer>, name: string): Promise<number> {
  let rows = 0;
  for await (const batch of readRows(await openSheet(bytes, name), KIND_SPECS.reports)) {
    rows += batch.rows.length;
    expect(batch.rows.length).toBeLessThanOrEqual(2_000);
  }
  return rows;
}

describe('large files', () => {
  it('half a million rows of csv pass', async () => {
    const { bytes } = upload(500, LINE.repeat(1_000));
    expect(await count(bytes, 'x.csv')).toBe(MAX_CSV_ROWS);
  });

  it('more rows are refused where they begin', async () => {
    const { bytes } = upload(600, LINE.repeat(1_000));
    await expect(count(bytes, 'x.csv')).rejects.toMatchObject({
      code: 'file-too-many-rows',
      facts: { limit: 500_000 },
    });
  });

  it('a file of 100 MB is refused at the limit, the rest never read', async () => {
    const line = `2024,9,181${' '.repeat(990)}\n`;
    const { bytes, taken } = upload(1_600, line.repeat(65));
    await expect(count(bytes, 'x.csv')).rejects.toMatchObject({ code: 'file-too-large', facts: { limit: 80 } });
    expect(taken()).toBeLessThan(MAX_CSV_BYTES + 1_000_000);
  });

  it('a workbook of 100 MB is refused before it is opened', async () => {
    async function* bytes(): AsyncGenerator<Buffer> {
      yield Buffer.from('PK\x03\x04', 'latin1');
      for (let at = 0; at < 100; at++) yield Buffer.alloc(1024 * 1024);
    }
    await expect(count(bytes(), 'x.xlsx')).rejects.toMatchObject({ code: 'file-too-large', facts: { limit: 30 } });
  });

  it('a workbook of too many rows is refused', async () => {
    const rows = Array.from({ length: MAX_XLSX_ROWS + ROWS_BESIDE + 1 }, () => [2024, 9, 181]);
    async function* bytes(): AsyncGenerator<Buffer> {
      yield xlsx([['plan_year', 'month', 'unit_code'], ...rows]);
    }
    await expect(count(bytes(), 'x.xlsx')).rejects.toMatchObject({
      code: 'file-too-many-rows',
      facts: { limit: 50_000 },
    });
  });
});
