import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links with which people set their password; an invited account has none until then. */
export class OneTimeLinks1732502000000 implements MigrationInterface {
  name = 'OneTimeLinks1732502000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE account ALTER COLUMN password_hash DROP NOT NULL');
    await db.query(`
CREATE TABLE one_time_link (
  secret_hash text NOT NULL,
  account_id integer NOT NULL,
  purpose text NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  redeemed_at timestamptz,
  voided_at timestamptz,
  CONSTRAINT one_time_link_pk PRIMARY KEY (secret_hash),
  CONSTRAINT one_time_link_purpose_check CHECK (purpose IN ('invitation', 'reset')),
  CONSTRAINT one_time_link_expiry_check CHECK (expires_at > issued_at),
  CONSTRAINT one_time_link_end_check CHECK (num_nonnulls(redeemed_at, voided_at) <= 1),
  CONSTRAINT one_time_link_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
)`);
    await db.query(`CREATE UNIQUE INDEX one_time_link_account_id_index ON one_time_link (account_id)
  WHERE redeemed_at IS NULL AND voided_at IS NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE one_time_link');
    // An account that nobody can sign in to keeps that property: '!' is no hash of any password.
    await db.query("ALTER TABLE account ALTER COLUMN password_hash TYPE text USING coalesce(password_hash, '!')");
    await db.query('ALTER TABLE account ALTER COLUMN password_hash SET NOT NULL');
  }
}
