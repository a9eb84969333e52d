import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The chain grows at the commit, and no commit without it:
 *
 * 1. What is inserted into `audit_event` waits in `audit_waiting` until its transaction commits. Only then is the head
 *    of the chain taken, so nobody holds it while the program still works or its answer travels; everything else a
 *    transaction locks it has by then, so the head closes no circle of waiting. What the hash covers stays as it was.
 *    Columns that say something else than the body are refused with PT011 `audit_body`.
 * 2. A statement that writes a guarded table (audited-tables.ts) notes its transaction once in `audit_transaction`; at
 *    the commit a transaction that is noted and has no event is refused with PT010 `unaudited`. The note bears the
 *    number of the whole transaction, and notes and waiting events follow a savepoint that is rolled back.
 *
 * Both tables are empty between transactions and need no log: a crash leaves only what was committed.
 * Where the owner is a superuser, a trigger keeps the chain's tables, columns and triggers from being dropped; a
 * migration that has to must drop `keep_audit_chain` first and make it anew.
 */
export class AuditGuard1732501000000 implements MigrationInterface {
  name = 'AuditGuard1732501000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(CHAIN_AT_COMMIT);
    await db.query(INDEXES);
    await db.query(NO_DROP);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP EVENT TRIGGER IF EXISTS keep_audit_chain');
    await db.query(
      'DROP FUNCTION refuse_drop_of_audit_chain, note_audited_transaction, chain_at_commit, queue_audit_event CASCADE',
    );
    await db.query('DROP TABLE audit_waiting, audit_transaction');
    await db.query(
      'DROP INDEX audit_event_at_seq_index, audit_event_actor_at_seq_index, audit_event_action_at_seq_index',
    );
    await db.query(
      'CREATE TRIGGER chain_audit_event BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION chain_audit_event()',
    );
  }
}

const CHAIN_AT_COMMIT = `
CREATE UNLOGGED TABLE audit_transaction (
  id xid8 NOT NULL,
  wrote text,
  CONSTRAINT audit_transaction_pk PRIMARY KEY (id)
);
CREATE UNLOGGED TABLE audit_waiting (
  transaction_id xid8 NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  body text NOT NULL,
  CONSTRAINT audit_waiting_pk PRIMARY KEY (transaction_id, ordinal)
);

CREATE FUNCTION queue_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told jsonb := NEW.body::jsonb;
BEGIN
  -- From the function that chains: as it is.
  IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  IF (NEW.actor, NEW.action, NEW.object_type, NEW.object_id, NEW.at) IS DISTINCT FROM
     (told #>> '{actor,username}', told ->> 'action', told #>> '{object,type}', told #>> '{object,id}',
      (told ->> 'at')::timestamptz) THEN
    RAISE EXCEPTION 'the columns of an audit event say what its body says'
      USING ERRCODE = 'PT011', CONSTRAINT = 'audit_body', TABLE = 'audit_event';
  END IF;
  INSERT INTO audit_waiting (transaction_id, at, actor, action, object_type, object_id, body)
    VALUES (pg_current_xact_id(), NEW.at, NEW.actor, NEW.action, NEW.object_type, NEW.object_id, NEW.body);
  INSERT INTO audit_transaction (id) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
DROP TRIGGER chain_audit_event ON audit_event;
CREATE TRIGGER queue_audit_event BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION queue_audit_event();

CREATE FUNCTION chain_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_head%ROWTYPE;
  previous text;
  event audit_waiting%ROWTYPE;
BEGIN
  IF NOT EXISTS (SELECT FROM audit_waiting WHERE transaction_id = NEW.id) THEN
    RAISE EXCEPTION 'a transaction that wrote % leaves no audit event', NEW.wrote
      USING ERRCODE = 'PT010', CONSTRAINT = 'unaudited', TABLE = NEW.wrote;
  END IF;
  -- Held until the commit, which is now: events are chained in the order in which their transactions commit.
  SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
  FOR event IN SELECT * FROM audit_waiting WHERE transaction_id = NEW.id ORDER BY ordinal LOOP
    previous := head.hash;
    head.seq := head.seq + 1;
    head.hash := encode(sha256(convert_to(head.seq || E'\\n' || previous || E'\\n' || event.body, 'UTF8')), 'hex');
    INSERT INTO audit_event (seq, at, actor, action, object_type, object_id, body, previous_hash, hash)
      VALUES (head.seq, event.at, event.actor, event.action, event.object_type, event.object_id, event.body, previous,
              head.hash);
  END LOOP;
  UPDATE audit_head SET seq = head.seq, hash = head.hash;
  DELETE FROM audit_waiting WHERE transaction_id = NEW.id;
  DELETE FROM audit_transaction WHERE id = NEW.id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER chain_at_commit AFTER INSERT ON audit_transaction DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION chain_at_commit();

CREATE FUNCTION note_audited_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_transaction (id, wrote) VALUES (pg_current_xact_id(), TG_TABLE_NAME) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
`;

// For the audit view: the newest first, by actor, by action, by day.
const INDEXES = `
CREATE INDEX audit_event_at_seq_index ON audit_event (at, seq);
CREATE INDEX audit_event_actor_at_seq_index ON audit_event (actor, at, seq);
CREATE INDEX audit_event_action_at_seq_index ON audit_event (action, at, seq);
`;

// An owner who is no superuser may not make event triggers: there the role's rights keep the table (README).
const NO_DROP = `
CREATE FUNCTION refuse_drop_of_audit_chain() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
  dropped text;
BEGIN
  SELECT object_identity INTO dropped FROM pg_event_trigger_dropped_objects()
    WHERE object_identity IN ('public.audit_event', 'public.audit_head')
       OR object_identity ~ '(^| on )public\\.audit_(event|head)(\\.|$)' LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% belongs to the audit chain and stays', dropped
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only';
  END IF;
END $$;
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    CREATE EVENT TRIGGER keep_audit_chain ON sql_drop EXECUTE FUNCTION refuse_drop_of_audit_chain();
  END IF;
END $$;
`;
