import { once } from 'node:events';
import { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import type { Config } from '../config.js';

/** So many in each window of so many seconds. */
export interface RateLimitRule {
  most: number;
  seconds: number;
}

/** Counts in Redis where REDIS_URL names one, else in PostgreSQL: one count for all api processes. */
export interface RateLimiter<Kind extends string> {
  /** Counts one request; the seconds to wait where it is one too many, else undefined. */
  count(kind: Kind, who: string): Promise<number | undefined>;
  /** Resolves once the store answers, or has not done so in the time it is given: then counting goes on without it. */
  ready(): Promise<void>;
  close(): void;
}

/**
 * A store that is slow must not hold up the request that it only counts; but a process that was busy itself must not
 * take the answer that waits in its socket for a store that is away.
 */
const STORE_LIMIT_MS = 3000;

/**
 * Opens the counters. While the store is away each process counts for itself, so nobody is locked out and nobody gets
 * more than the limit from one process. A limit of 0 is no limit. `onStoreLost` hears of each lost connection once.
 */
export function openRateLimiter<Kind extends string>(
  config: Pick<Config, 'redisUrl'>,
  db: DataSource,
  rules: Record<Kind, RateLimitRule>,
  onStoreLost: (reason: string) => void,
): RateLimiter<Kind> {
  const redis = config.redisUrl ? connect(config.redisUrl, onStoreLost) : undefined;
  const limiters = new Map<string, RateLimiterAbstract>();
  for (const [kind, { most, seconds }] of Object.entries<RateLimitRule>(rules)) {
    if (most === 0) continue;
    const limits = { keyPrefix: kind, points: most, duration: seconds };
    const shared = { ...limits, insuranceLimiter: new RateLimiterMemory(limits) };
    limiters.set(
      kind,
      redis
        ? new RateLimiterRedis({
            ...shared,
            keyPrefix: `tracker:rate:${kind}`,
            storeClient: redis,
            rejectIfRedisNotReady: true,
          })
        : new RateLimiterPostgres({
            ...shared,
            storeClient: db,
            storeType: 'typeorm',
            tableName: 'rate_limit',
            // Made by our migration: the program's database user need not own a table.
            tableCreated: true,
          }),
    );
  }
  return {
    async count(kind, who) {
      try {
        await limiters.get(kind)?.consume(who);
        return undefined;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    },
    async ready() {
      if (!redis || redis.status === 'ready') return;
      await once(redis, 'ready', { signal: AbortSignal.timeout(STORE_LIMIT_MS) }).catch(() => undefined);
    },
    close: () => redis?.disconnect(),
  };
}

function connect(url: string, onStoreLost: (reason: string) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: STORE_LIMIT_MS,
    connectTimeout: STORE_LIMIT_MS,
  });
  let isLost = false;
  redis.on('ready', () => (isLost = false));
  redis.on('error', (error) => {
    if (!isLost) onStoreLost(error.message);
    isLost = true;
  });
  return redis;
}
