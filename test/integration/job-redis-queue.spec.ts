import { describe } from '@jest/globals';
import { startRedis } from '../harness/redis-server.js';
import { jobExactlyOnce } from './job-exactly-once.js';

// test/run.mjs runs this file where there is a redis-server on the PATH or a TEST_REDIS_URL.
describe('the monthly job with BullMQ on Redis', () => {
  jobExactlyOnce(async () => {
    const redis = await startRedis();
    return {
      freshUrl: () => redis.freshUrl(),
      // The workers live on and find an empty server.
      loseAll: () => redis.loseAll(),
      stop: () => redis.stop(),
    };
  });
});
