import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { dataFolder, startProduct } from './product-process.js';

/** All suites of a run wait for the one that loads it: a machine that is busy with other things may take its time. */
export const LOADING_LIMIT_MS = 240_000;
const LOOK_AGAIN_MS = 200;

/**
 * A folder with the loaded demonstration, of the caller's own. The first caller of a run starts the program on an
 * empty folder as a person would and stops it in order; everybody copies that. So no suite sees what another wrote,
 * and the demonstration is loaded once.
 */
export async function demonstrationFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const master = await masterFolder(process.env['TEST_SHARED_FOLDER'] as string);
  const own = await dataFolder();
  // Owner and mode too: where the tests run as root, PostgreSQL runs as somebody else.
  await promisify(execFile)('cp', ['-a', `${master}/.`, own.path]);
  return own;
}

async function masterFolder(shared: string): Promise<string> {
  const ready = join(shared, 'demonstration');
  const failed = join(shared, 'demonstration-failed');
  if (await isFirst(join(shared, 'demonstration-claimed'))) {
    try {
      const making = join(shared, 'demonstration-in-the-making');
      await mkdir(making, { mode: 0o711 });
      const product = await startProduct(making, {}, LOADING_LIMIT_MS);
      await product.end('SIGTERM');
      await rename(making, ready);
    } catch (error) {
      await writeFile(failed, String(error));
      throw error;
    }
  }
  const until = Date.now() + LOADING_LIMIT_MS;
  while (!existsSync(ready)) {
    if (existsSync(failed) || Date.now() > until) throw new Error('the demonstration was not loaded for the tests');
    await pause(LOOK_AGAIN_MS);
  }
  return ready;
}

/** Making the folder is the claim, which stays for the whole run: of many workers one succeeds. */
async function isFirst(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch {
    return false;
  }
}
