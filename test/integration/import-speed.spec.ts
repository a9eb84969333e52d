import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lastLine, measureImport } from '../bench/import.mjs';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';

/** `npm run bench -- import` with 2,000 rows: that it measures, and that so few are imported in no time. */
describe('a short sample of the import bench', () => {
  let database: FreshDatabase;
  beforeAll(async () => void (database = await freshDatabase()));
  afterAll(() => database?.drop());

  it('imports 2,000 rows through a real api and a real worker, beside COPY', async () => {
    const said: string[] = [];
    const { ratio, runs, worker } = await measureImport(database.url, {
      rows: 2000,
      rounds: 1,
      say: (line) => said.push(line),
    });
    expect(runs).toHaveLength(1);
    expect(runs[0]?.ms).toBeLessThan(20_000);
    expect(said[0]).toMatch(/^round 1: import [\d.]+ s \(upload .*\), COPY with \d+ foreign keys [\d.]+ s$/);
    expect(lastLine(ratio)).toMatch(/^import ratio \d+\.\d\d$/);
    if (worker !== undefined) expect(worker).toBeLessThan(350);
  }, 60_000);
});
