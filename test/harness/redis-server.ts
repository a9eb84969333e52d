import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const START_LIMIT_MS = 10_000;
const DATABASES = 256;
const CLAIM = 'tracker-test-claim';

export interface RedisServer {
  /** The address of a database number that nobody uses yet. */
  freshUrl(): Promise<string>;
  /** All that the queue kept is gone: kill -9, and an empty server at the same address. */
  loseAll(): Promise<void>;
  /** Stops the server, or leaves a given one as it was found. */
  stop(): Promise<void>;
}

/**
 * A `redis-server` from the PATH on a free port of 127.0.0.1 that keeps nothing on disk; with TEST_REDIS_URL that
 * server instead: unused database numbers of it, from which only what was put there is removed.
 */
export async function startRedis(): Promise<RedisServer> {
  const given = process.env['TEST_REDIS_URL'];
  return given ? shared(given) : own();
}

async function own(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-redis-'));
  const port = await freePort();
  let server = await launch(folder, port);
  let next = 0;
  return {
    freshUrl: () => Promise.resolve(`redis://127.0.0.1:${port}/${next++}`),
    loseAll: async () => {
      await end(server, 'SIGKILL');
      server = await launch(folder, port);
    },
    stop: async () => {
      await end(server, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', [...settings, '--dir', folder, '--databases', String(DATABASES)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`redis-server ${why}\n${printed}`));
    const limit = setTimeout(() => fail(`is not ready after ${START_LIMIT_MS} ms`), START_LIMIT_MS);
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (!printed.includes('Ready to accept connections')) return;
        clearTimeout(limit);
        resolve();
      });
    server.once('error', (error) => fail(`does not run: ${error.message}`));
    server.once('exit', (code) => fail(`ended with ${code}`));
  });
  return server;
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.kill(signal);
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function shared(given: string): RedisServer {
  const claimed: string[] = [];
  const on = async <T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url, { maxRetriesPerRequest: 3 });
    redis.on('error', () => undefined);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };
  // The database was empty when it was claimed: all in it but the claim is the suite's own.
  const clear = (url: string): Promise<void> =>
    on(url, async (redis) => {
      for await (const keys of redis.scanStream({ count: 1000 })) {
        const ours = (keys as string[]).filter((key) => key !== CLAIM);
        if (ours.length > 0) await redis.unlink(ours);
      }
    });
  return {
    freshUrl: async () => {
      const url = new URL(given);
      for (let number = 1; number < DATABASES; number++) {
        url.pathname = `/${number}`;
        // SELECT on its own: in an address, a number that the server does not have would end in database 0.
        const isOurs = await on(given, async (redis) => {
          await redis.select(number);
          if ((await redis.dbsize()) > 0) return false;
          return (await redis.set(CLAIM, String(process.pid), 'NX')) === 'OK' && (await redis.dbsize()) === 1;
        });
        if (!isOurs) continue;
        claimed.push(url.href);
        return url.href;
      }
      throw new Error('TEST_REDIS_URL has no empty database number left');
    },
    loseAll: async () => {
      for (const url of claimed) await clear(url);
    },
    stop: async () => {
      for (const url of claimed) {
        await clear(url);
        await on(url, (redis) => redis.unlink(CLAIM));
      }
    },
  };
}
