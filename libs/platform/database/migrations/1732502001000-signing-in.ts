import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors, failed attempts, identities at a provider, and sessions that are listed. Everybody signs in again. */
export class SigningIn1732502001000 implements MigrationInterface {
  name = 'SigningIn1732502001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE session');
    await db.query(`
CREATE TABLE session (
  id integer GENERATED ALWAYS AS IDENTITY,
  secret_hash text NOT NULL,
  account_id integer NOT NULL,
  csrf_token text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  stage text NOT NULL,
  proof text NOT NULL,
  address text NOT NULL,
  user_agent text NOT NULL,
  CONSTRAINT session_pk PRIMARY KEY (id),
  CONSTRAINT session_secret_hash_unique UNIQUE (secret_hash),
  CONSTRAINT session_stage_check CHECK (stage IN ('complete', 'second-factor', 'setup')),
  CONSTRAINT session_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
)`);
    await db.query('CREATE INDEX session_account_id_index ON session (account_id)');
    await db.query(`
CREATE TABLE second_factor (
  account_id integer NOT NULL,
  sealed_secret text,
  confirmed_at timestamptz,
  last_step integer NOT NULL DEFAULT 0,
  sealed_offer text,
  offered_at timestamptz,
  CONSTRAINT second_factor_pk PRIMARY KEY (account_id),
  CONSTRAINT second_factor_confirmed_check CHECK ((sealed_secret IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT second_factor_offered_check CHECK ((sealed_offer IS NULL) = (offered_at IS NULL)),
  CONSTRAINT second_factor_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
)`);
    await db.query(`
CREATE TABLE recovery_code (
  id integer GENERATED ALWAYS AS IDENTITY,
  account_id integer NOT NULL,
  code_hash text NOT NULL,
  used_at timestamptz,
  CONSTRAINT recovery_code_pk PRIMARY KEY (id),
  CONSTRAINT recovery_code_code_hash_unique UNIQUE (code_hash),
  CONSTRAINT recovery_code_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
)`);
    await db.query('CREATE INDEX recovery_code_account_id_index ON recovery_code (account_id)');
    await db.query(`
CREATE TABLE sign_in_throttle (
  subject text NOT NULL,
  failures integer NOT NULL,
  failed_at timestamptz NOT NULL,
  blocked_until timestamptz,
  CONSTRAINT sign_in_throttle_pk PRIMARY KEY (subject),
  CONSTRAINT sign_in_throttle_failures_check CHECK (failures >= 0)
)`);
    await db.query(`
CREATE TABLE account_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  account_id integer NOT NULL,
  bound_at timestamptz NOT NULL,
  CONSTRAINT account_identity_pk PRIMARY KEY (issuer, subject),
  CONSTRAINT account_identity_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
)`);
    await db.query(
      'CREATE UNIQUE INDEX account_identity_one_an_issuer_unique ON account_identity (account_id, issuer)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE account_identity, sign_in_throttle, recovery_code, second_factor, session');
    await db.query(`
CREATE TABLE session (
  secret_hash text NOT NULL,
  account_id integer NOT NULL,
  csrf_token text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT session_pk PRIMARY KEY (secret_hash),
  CONSTRAINT session_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id)
)`);
    await db.query('CREATE INDEX session_account_id_index ON session (account_id)');
  }
}
