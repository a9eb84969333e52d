import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How notices reach people and programs: addresses, webhooks, and each delivery with its attempts.
 *   PT001 append_only  a delivery that was sent, or what one says, was to be changed; a row was to be removed
 */
export class Delivery1732600001000 implements MigrationInterface {
  name = 'Delivery1732600001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
ALTER TABLE account ADD COLUMN email text,
  ADD CONSTRAINT account_email_check CHECK (email ~ '^[^<>@[:space:]]+@[^<>@[:space:]]+$' AND length(email) <= 254)`);
    await db.query(`
CREATE TABLE webhook (
  id integer GENERATED ALWAYS AS IDENTITY,
  url text NOT NULL,
  topics text[] NOT NULL,
  sealed_secret text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  ended_at timestamptz,
  ended_by text,
  CONSTRAINT webhook_pk PRIMARY KEY (id),
  CONSTRAINT webhook_topics_check CHECK (cardinality(topics) > 0),
  CONSTRAINT webhook_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL))
)`);
    await db.query(`
CREATE TABLE delivery (
  id integer GENERATED ALWAYS AS IDENTITY,
  subject text NOT NULL,
  notice_id integer,
  channel text NOT NULL,
  address text NOT NULL,
  account_id integer,
  webhook_id integer,
  title text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  answer text,
  read_at timestamptz,
  CONSTRAINT delivery_pk PRIMARY KEY (id),
  CONSTRAINT delivery_channel_check CHECK (channel IN ('in-app', 'mail', 'webhook')),
  CONSTRAINT delivery_state_check CHECK (state IN ('pending', 'sent', 'dead')),
  CONSTRAINT delivery_sent_check CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CONSTRAINT delivery_attempts_check CHECK (attempts >= 0),
  CONSTRAINT delivery_receiver_check CHECK ((channel = 'webhook') = (webhook_id IS NOT NULL) AND (channel = 'webhook') = (account_id IS NULL)),
  CONSTRAINT delivery_notice_id_fk FOREIGN KEY (notice_id) REFERENCES notice(id),
  CONSTRAINT delivery_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT delivery_webhook_id_fk FOREIGN KEY (webhook_id) REFERENCES webhook(id)
)`);
    await db.query('CREATE UNIQUE INDEX delivery_once_unique ON delivery (subject, channel, address)');
    await db.query("CREATE INDEX delivery_due_index ON delivery (next_attempt_at) WHERE state = 'pending'");
    await db.query("CREATE INDEX delivery_account_index ON delivery (account_id, id) WHERE channel = 'in-app'");
    await db.query('CREATE INDEX delivery_notice_id_index ON delivery (notice_id)');
    await db.query(`
CREATE FUNCTION guard_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.subject, NEW.notice_id, NEW.channel, NEW.address, NEW.account_id, NEW.webhook_id, NEW.title, NEW.body, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.subject, OLD.notice_id, OLD.channel, OLD.address, OLD.account_id, OLD.webhook_id, OLD.title, OLD.body, OLD.created_at)
     OR (OLD.state = 'sent' AND (NEW.state, NEW.sent_at, NEW.attempts, NEW.answer)
         IS DISTINCT FROM (OLD.state, OLD.sent_at, OLD.attempts, OLD.answer)) THEN
    RAISE EXCEPTION 'delivery % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'delivery';
  END IF;
  RETURN NEW;
END $$`);
    await db.query(
      'CREATE TRIGGER guard_delivery BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION guard_delivery()',
    );
    for (const table of ['delivery', 'webhook'])
      await db.query(`CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE delivery, webhook');
    await db.query('DROP FUNCTION guard_delivery');
    await db.query('ALTER TABLE account DROP COLUMN email');
  }
}
