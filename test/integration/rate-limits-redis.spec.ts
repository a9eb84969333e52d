import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe } from '@jest/globals';
import { startRedis } from '../harness/redis-server.js';
import { rateLimits } from './rate-limits.js';

/** A line to Redis that can be cut, whoever's server it is. */
async function cuttableLine(url: URL): Promise<{ url: string; cut(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const line: Server = createServer((near) => {
    const far = connect(Number(url.port || 6379), url.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.host = `127.0.0.1:${(line.address() as AddressInfo).port}`;
  return {
    url: through.href,
    cut: async () => {
      const closed = new Promise((resolve) => line.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

// test/run.mjs runs this file where there is a redis-server on the PATH or a TEST_REDIS_URL.
describe('rate limits of two api processes that count in Redis', () => {
  rateLimits(async () => {
    const redis = await startRedis();
    const line = await cuttableLine(new URL(await redis.freshUrl()));
    return { freshUrl: () => Promise.resolve(line.url), lose: () => line.cut(), stop: () => redis.stop() };
  });
});
