import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lastLine, measureAudit } from '../bench/audit.mjs';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';

/** `npm run bench -- audit` with 8 writers: that it measures, and that the chain is whole afterwards. */
describe('a short sample of the audit bench', () => {
  let chained: FreshDatabase;
  let plain: FreshDatabase;
  beforeAll(async () => {
    [chained, plain] = [await freshDatabase(), await freshDatabase()];
  });
  afterAll(async () => {
    await chained?.drop();
    await plain?.drop('broken on purpose');
  });

  it('writes with the chain and without it, turn by turn', async () => {
    const said: string[] = [];
    const { ratio, runs, isWhole, events } = await measureAudit(
      { chained: chained.url, plain: plain.url },
      { writers: 8, writes: 2, rounds: 1, say: (line) => said.push(line) },
    );
    expect([runs.length, isWhole]).toEqual([1, true]);
    expect(events).toBeGreaterThanOrEqual(24);
    expect(said[0]).toMatch(/^round 1: \d+ writes\/s with the chain, \d+ without, load [\d.]+$/);
    expect(lastLine(ratio)).toMatch(/^audit ratio \d+\.\d\d$/);
    // Far off would be a lock that is held too long.
    expect(ratio).toBeGreaterThan(0.1);
  }, 120_000);
});
