import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts of requests for all api processes where there is no Redis. Unlogged: a crash may forget them. */
export class RateLimits1732505000000 implements MigrationInterface {
  name = 'RateLimits1732505000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
CREATE UNLOGGED TABLE rate_limit (
  key text NOT NULL,
  points integer NOT NULL DEFAULT 0,
  expire bigint,
  CONSTRAINT rate_limit_pk PRIMARY KEY (key)
)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE rate_limit');
  }
}
