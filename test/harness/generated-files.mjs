// The files that are made from the program: what they must contain now.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const LARGEST_OUTPUT = 16 * 1024 * 1024;

export const GENERATED = {
  openapi: 'apps/api/openapi.json',
  schema: 'libs/platform/database/schema.md',
  client: 'apps/web/src/client/schema.gen.ts',
};

/** Content by path, made with the built command line on a migrated database. */
export async function generatedFiles(databaseUrl) {
  const cli = async (command) => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'dist/apps/cli/main.js'), command], {
      env: { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: '', NODE_ENV: '' },
      maxBuffer: LARGEST_OUTPUT,
    });
    return stdout;
  };
  const openapi = await cli('openapi');
  const schema = await cli('schema');
  const folder = await mkdtemp(join(tmpdir(), 'tracker-generated-'));
  try {
    await writeFile(join(folder, 'openapi.json'), openapi);
    await run(process.execPath, [
      join(ROOT, 'node_modules/openapi-typescript/bin/cli.js'),
      join(folder, 'openapi.json'),
      '--output',
      join(folder, 'client.ts'),
    ]);
    const client = await readFile(join(folder, 'client.ts'), 'utf8');
    return { [GENERATED.openapi]: openapi, [GENERATED.schema]: schema, [GENERATED.client]: client };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function fromRoot(path) {
  return join(ROOT, path);
}
