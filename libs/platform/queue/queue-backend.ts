import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { Config } from '../config.js';

/** The queues of product.md "Jobs". */
export const QUEUES = {
  monitoring: 'monitoring',
  notices: 'notices',
  exchange: 'exchange',
  delivery: 'delivery',
} as const;
export type QueueName = (typeof QUEUES)[keyof typeof QUEUES];

export function queueBackend(config: Pick<Config, 'redisUrl'>): 'redis' | 'postgres' {
  return config.redisUrl ? 'redis' : 'postgres';
}

/**
 * Chooses where BullMQ keeps its jobs, once for the process (the library's backend is process-wide) and before any
 * queue exists, and returns the connection for it.
 */
export function connectQueues(config: Pick<Config, 'redisUrl' | 'databaseUrl'>): ConnectionOptions {
  if (config.redisUrl) {
    setDefaultBackendFactory(undefined);
    // Workers block on Redis without an end; the library demands that no request is given up meanwhile.
    return { url: config.redisUrl, maxRetriesPerRequest: null };
  }
  setDefaultBackendFactory(createPostgresBackend);
  // The library types the connection for Redis; its PostgreSQL backend reads these fields.
  return {
    connectionString: config.databaseUrl,
    schema: 'bullmq',
    migrate: true,
    max: 3,
  } as unknown as ConnectionOptions;
}

/** Fails at once where Redis is named and does not answer; later losses are waited out, a wrong address is not. */
export async function requireQueueServer({ redisUrl }: Pick<Config, 'redisUrl'>): Promise<void> {
  if (!redisUrl) return;
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let cause: unknown;
  redis.on('error', (error) => (cause = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw cause ?? error;
  } finally {
    redis.disconnect();
  }
}
