import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET_KEY } from './secret-key.js';
import { WITHOUT_RATE_LIMITS } from './without-rate-limits.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 90_000;

export interface ApiProcess {
  /** Up to the paths of the interface: http://127.0.0.1:…/api/v1 */
  address: string;
  /** All that it printed so far, on both outputs. */
  printed(): string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** `npm run start:api` without its first step: the built HTTP server as a process of its own; it serves. */
export async function startApi(databaseUrl: string, env: Record<string, string> = {}): Promise<ApiProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/apps/api/main.js'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      NO_COLOR: '1',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: '5',
      REDIS_URL: '',
      SECRET_KEY: TEST_SECRET_KEY,
      PORT: String(port),
      ...WITHOUT_RATE_LIMITS,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = `http://127.0.0.1:${port}/api/v1`;
  const limit = Date.now() + START_LIMIT_MS;
  while (
    !(await fetch(`${address}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > limit) throw new Error(`the api does not serve:\n${printed}`);
    await delay(50);
  }
  return {
    address,
    printed: () => printed,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
