import { describe } from '@jest/globals';
import { jobExactlyOnce } from './job-exactly-once.js';

describe('the monthly job with BullMQ on PostgreSQL', () => {
  jobExactlyOnce(() =>
    Promise.resolve({
      freshUrl: () => Promise.resolve(undefined),
      // The queue's schema is lost, as after a restore without it; the workers on it end with it.
      loseAll: async (office) => {
        for (const worker of office.workers) await worker.kill();
        await office.db.query('DROP SCHEMA bullmq CASCADE');
        await office.reopenQueues();
      },
      stop: () => Promise.resolve(),
    }),
  );
});
