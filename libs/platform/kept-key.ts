import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import { ReadableFailure } from './process/readable-failure.js';

const KEY_FILE = 'secret-key';

/**
 * The key that seals what must be readable again (second factors): SECRET_KEY, or outside production one made once
 * and kept in `folder`, beside the database's password. All processes on one folder get the same.
 */
export function secretKeyOf(config: Pick<Config, 'secretKey' | 'environment'>, folder: string): string {
  if (config.secretKey) return config.secretKey;
  if (config.environment === 'production')
    throw new ReadableFailure(
      'NODE_ENV=production needs SECRET_KEY or SECRET_KEY_FILE: make one with `openssl rand -base64 32` and keep it with the backups.',
    );
  return keptKey(folder);
}

function keptKey(folder: string): string {
  const path = join(folder, KEY_FILE);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    // Written whole under another name and then linked: of two starters one wins, and nobody reads half a key.
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true });
    try {
      linkSync(fresh, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  return readFileSync(path, 'utf8').trim();
}
