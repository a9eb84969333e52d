import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** Modules whose words are spread into one table: a code of two modules would take the words of the later one. */
describe('words of refusals', () => {
  it('each code has one sentence', async () => {
    const folder = new URL('.', import.meta.url);
    const files = readdirSync(folder).filter((name) => !/^(index|refusal-words)\.ts$|\.spec\.ts$/.test(name));
    expect(files.length).toBeGreaterThan(10);
    // A module may take words over from another whole; then it is the same object.
    const words = new Map<string, Set<unknown>>();
    for (const file of files) {
      const module = (await import(new URL(file, folder).href)) as Record<string, object>;
      for (const [, table] of Object.entries(module).filter(([name]) => name.endsWith('_WORDS')))
        for (const [code, refusal] of Object.entries(table))
          words.set(code, (words.get(code) ?? new Set<unknown>()).add(refusal));
    }
    expect([...words].filter(([, refusals]) => refusals.size > 1).map(([code]) => code)).toEqual([]);
  });
});
