import { describe } from '@jest/globals';
import { rateLimits } from './rate-limits.js';

describe('rate limits of two api processes that count in PostgreSQL', () => {
  rateLimits(() =>
    Promise.resolve({
      freshUrl: () => Promise.resolve(undefined),
      // The counts alone: without its database the program answers nothing anyway.
      lose: async (db) => void (await db.query('DROP TABLE rate_limit')),
      stop: () => Promise.resolve(),
    }),
  );
});
