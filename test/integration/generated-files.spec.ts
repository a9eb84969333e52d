import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { fromRoot, generatedFiles } from '../harness/generated-files.mjs';

describe('generated files are current (else: npm run generate)', () => {
  let database: FreshDatabase;
  let now: Record<string, string>;
  beforeAll(async () => {
    database = await freshDatabase();
    now = await generatedFiles(database.url);
  }, 180_000);
  afterAll(() => database?.drop());

  it.each(['apps/api/openapi.json', 'libs/platform/database/schema.md', 'apps/web/src/client/schema.gen.ts'])(
    '%s',
    async (path) => {
      expect(await readFile(fromRoot(path), 'utf8')).toBe(now[path]);
    },
  );
});
