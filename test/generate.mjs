// `npm run generate`: writes openapi.json, the schema diagram and the web client's types.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbeddedPostgres } from '#libs/platform';
import { fromRoot, generatedFiles } from './harness/generated-files.mjs';

const folder = await mkdtemp(join(tmpdir(), 'tracker-generate-'));
// PostgreSQL refuses root and runs as another user, who must be able to enter.
await chmod(folder, 0o711);
const postgres = await startEmbeddedPostgres({ dataDir: folder, database: 'tracker', durable: false });
try {
  await migrate(postgres.url);
  for (const [path, content] of Object.entries(await generatedFiles(postgres.url))) {
    await writeFile(fromRoot(path), content);
    process.stdout.write(`${path}\n`);
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
