import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The administration of accounts. Refused by the database itself (SQLSTATE PT051):
 *   account_two_people    a request carried out by somebody who may not, asked by somebody who no longer may, or by one
 *                         person alone while there is a second
 *   account_role          a role that no request of two people gave
 *   account_last_admin    the last administrator is disabled or becomes something else
 *   account_username      a name that the books know changes
 *   token_fixed           a token changes its owner, its permissions or its time, or works again after it was revoked
 *   demonstration_account a demonstration account outside a demonstration, or a real one in it
 *   demonstration_mark    a database that holds an office becomes a demonstration, or a demonstration an office
 *   demonstration_year    a second plan year in a demonstration, which would be somebody's real one
 */
export class Accounts1732503000000 implements MigrationInterface {
  name = 'Accounts1732503000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(TOKENS);
    await db.query(TWO_PEOPLE);
    await db.query(ACCOUNTS);
    await db.query(DEMONSTRATION);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION guard_account_request, guard_account, guard_api_token, refuse_foreign_demonstration,
      guard_instance_setting, refuse_second_demonstration_year CASCADE`);
    await db.query('ALTER TABLE account DROP COLUMN role_request_id, DROP COLUMN updated_at');
    await db.query('DROP TABLE account_request');
    await db.query(`ALTER TABLE api_token DROP COLUMN permissions, DROP COLUMN prefix, DROP COLUMN last_used_at,
      DROP COLUMN revoked_by, DROP CONSTRAINT api_token_days_check`);
  }
}

const TABLES = `
CREATE TABLE account_request (
  id integer GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  account_id integer,
  username text NOT NULL,
  display_name text NOT NULL,
  role text NOT NULL,
  unit_codes text[] NOT NULL,
  team_codes text[] NOT NULL,
  note text NOT NULL,
  state text NOT NULL DEFAULT 'requested',
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  is_alone boolean NOT NULL DEFAULT false,
  CONSTRAINT account_request_pk PRIMARY KEY (id),
  CONSTRAINT account_request_kind_check CHECK (kind IN ('invite', 'change', 'enable', 'reset')),
  CONSTRAINT account_request_state_check CHECK (state IN ('requested', 'carried-out', 'withdrawn', 'expired')),
  CONSTRAINT account_request_decided_check CHECK ((state = 'requested') = (decided_at IS NULL) AND (state IN ('carried-out', 'withdrawn')) = (decided_by IS NOT NULL)),
  CONSTRAINT account_request_two_people_check CHECK (state <> 'carried-out' OR (decided_by = requested_by) = is_alone AND decided_by <> username),
  CONSTRAINT account_request_account_check CHECK (account_id IS NOT NULL OR (kind = 'invite' AND state <> 'carried-out')),
  CONSTRAINT account_request_in_time_check CHECK (state <> 'carried-out' OR decided_at <= expires_at)
);
CREATE UNIQUE INDEX account_request_one_pending_index ON account_request (username) WHERE state = 'requested';
CREATE INDEX account_request_account_id_index ON account_request (account_id);
ALTER TABLE account_request ADD CONSTRAINT account_request_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id);
ALTER TABLE account ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(), ADD COLUMN role_request_id integer;
ALTER TABLE account ADD CONSTRAINT account_role_request_id_fk FOREIGN KEY (role_request_id) REFERENCES account_request(id);
`;

/** What a token could do so far: all of its owner's, but never the owner's own affairs or other people's accounts. */
const EARLIER_PERMISSIONS = [
  'books.read',
  'province.read',
  'audit.read',
  'business-day.move',
  'calendar.edit',
  'cells.comment',
  'decisions.record',
  'disbursements.record',
  'imports.send',
  'medium-term.record',
  'months.close',
  'months.reopen-request',
  'months.reopen',
  'national-average.record',
  'notices.acknowledge',
  'announcements.release',
  'plan-years.open',
  'progress.record',
  'projects.edit',
  'reconciliation.answer',
  'reconciliation.correct',
  'reconciliation.sign',
  'reorganisations.prepare',
  'reorganisations.confirm',
  'reports.submit',
  'treasury.import',
  'units.edit',
];

const TOKENS = `
ALTER TABLE api_token ADD COLUMN permissions text[], ADD COLUMN prefix text NOT NULL DEFAULT '',
  ADD COLUMN last_used_at timestamptz, ADD COLUMN revoked_by text;
UPDATE api_token SET permissions = '{${EARLIER_PERMISSIONS.join(',')}}',
  expires_at = least(expires_at, created_at + interval '366 days');
ALTER TABLE api_token ALTER COLUMN permissions SET NOT NULL,
  ADD CONSTRAINT api_token_permissions_check CHECK (cardinality(permissions) > 0 AND array_to_string(permissions, ' ') !~ '(^| )(self|accounts)[.]'),
  ADD CONSTRAINT api_token_days_check CHECK (expires_at <= created_at + interval '366 days');
CREATE FUNCTION guard_api_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.account_id, NEW.secret_hash, NEW.prefix, NEW.permissions, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.secret_hash, OLD.prefix, OLD.permissions, OLD.created_at)
     OR NEW.expires_at > OLD.expires_at
     OR OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
    RAISE EXCEPTION 'token % cannot change so', OLD.id
      USING ERRCODE = 'PT051', CONSTRAINT = 'token_fixed', TABLE = 'api_token';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_api_token BEFORE UPDATE ON api_token FOR EACH ROW EXECUTE FUNCTION guard_api_token();
`;

// The roles are those of accounts.manage (asks) and accounts.confirm (carries out) in libs/kernel/permissions.ts; a
// test compares the two.
const TWO_PEOPLE = `
CREATE FUNCTION guard_account_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  others integer;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'requested' THEN
      RAISE EXCEPTION 'a request begins as one'
        USING ERRCODE = 'PT051', CONSTRAINT = 'account_two_people', TABLE = 'account_request';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'requested'
     OR (NEW.id, NEW.kind, NEW.username, NEW.display_name, NEW.role, NEW.unit_codes, NEW.team_codes, NEW.note,
         NEW.requested_by, NEW.requested_at, NEW.expires_at)
        IS DISTINCT FROM
        (OLD.id, OLD.kind, OLD.username, OLD.display_name, OLD.role, OLD.unit_codes, OLD.team_codes, OLD.note,
         OLD.requested_by, OLD.requested_at, OLD.expires_at)
     OR (OLD.account_id IS NOT NULL AND NEW.account_id IS DISTINCT FROM OLD.account_id) THEN
    RAISE EXCEPTION 'request % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'account_request';
  END IF;
  IF NEW.state = 'carried-out' THEN
    -- Who administers accounts goes through here one after the other: nobody becomes a second person meanwhile.
    PERFORM pg_advisory_xact_lock(hashtext('account administration'));
    -- A second person who was there and was disabled counts: nobody becomes the only one by disabling the others.
    SELECT count(*) INTO others FROM account
      WHERE role IN ('admin', 'approver') AND username <> NEW.requested_by
        AND (NEW.kind <> 'invite' OR username <> NEW.username)
        AND (disabled_at IS NULL OR password_hash IS NOT NULL);
    IF NOT EXISTS (SELECT FROM account WHERE username = NEW.requested_by AND disabled_at IS NULL AND role = 'admin')
       OR NOT EXISTS (SELECT FROM account WHERE username = NEW.decided_by AND disabled_at IS NULL
                      AND role IN ('admin', 'approver'))
       OR NEW.is_alone AND others > 0 THEN
      RAISE EXCEPTION 'request % needs two people', OLD.id
        USING ERRCODE = 'PT051', CONSTRAINT = 'account_two_people', TABLE = 'account_request';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_account_request BEFORE INSERT OR UPDATE ON account_request
  FOR EACH ROW EXECUTE FUNCTION guard_account_request();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON account_request
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const ACCOUNTS = `
CREATE FUNCTION guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.username <> OLD.username THEN
    RAISE EXCEPTION 'the books know %', OLD.username
      USING ERRCODE = 'PT051', CONSTRAINT = 'account_username', TABLE = 'account';
  END IF;
  IF NEW.role <> OLD.role AND (NEW.role_request_id IS NOT DISTINCT FROM OLD.role_request_id
     OR NOT EXISTS (SELECT FROM account_request WHERE id = NEW.role_request_id AND account_id = OLD.id
                    AND role = NEW.role AND kind = 'change' AND state = 'carried-out')) THEN
    RAISE EXCEPTION 'no request gave % the role %', OLD.username, NEW.role
      USING ERRCODE = 'PT051', CONSTRAINT = 'account_role', TABLE = 'account';
  END IF;
  IF OLD.role = 'admin' AND OLD.disabled_at IS NULL AND (NEW.role <> 'admin' OR NEW.disabled_at IS NOT NULL) THEN
    PERFORM pg_advisory_xact_lock(hashtext('account administration'));
    IF NOT EXISTS (SELECT FROM account WHERE role = 'admin' AND disabled_at IS NULL AND id <> OLD.id) THEN
      RAISE EXCEPTION '% is the last administrator', OLD.username
        USING ERRCODE = 'PT051', CONSTRAINT = 'account_last_admin', TABLE = 'account';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_account BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION guard_account();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const DEMONSTRATION = `
CREATE FUNCTION refuse_foreign_demonstration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_demonstration <> coalesce((SELECT illustrative FROM instance_setting), false) THEN
    RAISE EXCEPTION 'account % does not belong into this database', NEW.username
      USING ERRCODE = 'PT051', CONSTRAINT = 'demonstration_account', TABLE = 'account';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_foreign_demonstration BEFORE INSERT OR UPDATE OF is_demonstration ON account
  FOR EACH ROW EXECUTE FUNCTION refuse_foreign_demonstration();

CREATE FUNCTION guard_instance_setting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.illustrative IS DISTINCT FROM OLD.illustrative
     AND (OLD.illustrative OR EXISTS (SELECT FROM account) OR EXISTS (SELECT FROM unit)) THEN
    RAISE EXCEPTION 'an office stays an office, a demonstration a demonstration'
      USING ERRCODE = 'PT051', CONSTRAINT = 'demonstration_mark', TABLE = 'instance_setting';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_instance_setting BEFORE UPDATE ON instance_setting
  FOR EACH ROW EXECUTE FUNCTION guard_instance_setting();

CREATE FUNCTION refuse_second_demonstration_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT illustrative FROM instance_setting) AND (SELECT count(DISTINCT plan_year) FROM reporting_month) > 1 THEN
    RAISE EXCEPTION 'a demonstration has one plan year'
      USING ERRCODE = 'PT051', CONSTRAINT = 'demonstration_year', TABLE = 'reporting_month';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_second_demonstration_year AFTER INSERT ON reporting_month
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_second_demonstration_year();
`;
