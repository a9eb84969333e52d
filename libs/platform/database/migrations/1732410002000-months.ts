import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The calendar of working days, closing with decisions, reopening by two people, closing again with all later months,
 * corrections of notices. New refusals of the database itself:
 *   PT003 month_order        also: a closed month counts its version up only after an earlier one was closed anew
 *   PT031 reopening_by_two   a month reopened without a request that a second person, an approver, carried out
 */
export class Months1732410002000 implements MigrationInterface {
  name = 'Months1732410002000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(WIDER_CHECKS);
    await db.query(CLOSINGS);
    await db.query(REOPENINGS);
    await db.query(guardReportingMonth(CLOSED_ANEW));
    await db.query(guardNotice(NOTICE_FROZEN));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(guardReportingMonth(CLOSED_ONCE));
    await db.query(guardNotice(NOTICE_FROZEN_BEFORE));
    await db.query('DROP FUNCTION add_month_closing, guard_month_reopening CASCADE');
    await db.query('DROP TABLE calendar_day, month_closing, month_reopening, national_average, month_decision');
    await db.query(NARROWER_CHECKS);
  }
}

const TABLES = `
CREATE TABLE calendar_day (
  date date NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT calendar_day_pk PRIMARY KEY (date),
  CONSTRAINT calendar_day_kind_check CHECK (kind IN ('holiday', 'day-off-in-lieu', 'make-up-day')),
  CONSTRAINT calendar_day_source_check CHECK (source IN ('computed', 'staff')),
  CONSTRAINT calendar_day_name_check CHECK (name <> '' AND name IS NFC NORMALIZED),
  CONSTRAINT calendar_day_make_up_check CHECK (kind <> 'make-up-day' OR extract(isodow FROM date) >= 6)
);
CREATE TABLE month_closing (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  version integer NOT NULL,
  anew_of integer,
  closed_on date,
  closed_at timestamptz NOT NULL,
  closed_by text,
  CONSTRAINT month_closing_pk PRIMARY KEY (id)
);
CREATE TABLE month_reopening (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  month_version integer NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  CONSTRAINT month_reopening_pk PRIMARY KEY (id),
  CONSTRAINT month_reopening_state_check CHECK (state IN ('requested', 'approved', 'withdrawn')),
  CONSTRAINT month_reopening_reason_check CHECK (reason <> ''),
  CONSTRAINT month_reopening_decided_check CHECK ((state = 'requested') = (decided_by IS NULL AND decided_at IS NULL)),
  CONSTRAINT month_reopening_two_people_check CHECK (state <> 'approved' OR decided_by <> requested_by)
);
CREATE TABLE national_average (
  plan_year integer NOT NULL,
  month integer NOT NULL,
  percent text NOT NULL,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT national_average_pk PRIMARY KEY (plan_year, month),
  CONSTRAINT national_average_percent_check CHECK (percent ~ '^[0-9]{1,3}([.][0-9]{1,4})?$'),
  CONSTRAINT national_average_source_check CHECK (source <> '')
);
CREATE TABLE month_decision (
  plan_year integer NOT NULL,
  month integer NOT NULL,
  month_version integer NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  decision text NOT NULL,
  note text NOT NULL,
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  CONSTRAINT month_decision_pk PRIMARY KEY (plan_year, month, month_version, kind, subject),
  CONSTRAINT month_decision_kind_check CHECK (kind IN ('missing-report', 'money-without-plan', 'outside-validity', 'estimate-without-actual', 'not-signed-off')),
  CONSTRAINT month_decision_note_check CHECK (note <> '' AND decision <> '')
);
CREATE UNIQUE INDEX month_closing_version_unique ON month_closing (plan_year, month, version);
CREATE INDEX month_reopening_month_month_version_plan_year_index ON month_reopening (plan_year, month, month_version);
CREATE UNIQUE INDEX month_reopening_one_request_index ON month_reopening (plan_year, month) WHERE state = 'requested';
ALTER TABLE month_closing ADD CONSTRAINT month_closing_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE month_reopening ADD CONSTRAINT month_reopening_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE national_average ADD CONSTRAINT national_average_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE month_decision ADD CONSTRAINT month_decision_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON month_decision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON month_reopening
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON national_average
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

// A case that a correction took away is withdrawn; a notice may correct another one, and a reminder has its step.
const WIDER_CHECKS = `
ALTER TABLE warning_case DROP CONSTRAINT warning_case_state_check;
ALTER TABLE warning_case ADD CONSTRAINT warning_case_state_check
  CHECK (state IN ('open', 'cleared', 'ended', 'withdrawn'));
ALTER TABLE warning_case_step DROP CONSTRAINT warning_case_step_change_check;
ALTER TABLE warning_case_step ADD CONSTRAINT warning_case_step_change_check
  CHECK (change IN ('new', 'continuing', 'paused', 'cleared', 'ended', 'withdrawn'));
ALTER TABLE notice_line DROP CONSTRAINT notice_line_kind_check;
ALTER TABLE notice_line ADD CONSTRAINT notice_line_kind_check
  CHECK (kind IN ('new-case', 'continuing-case', 'missing-report', 'left-list'));
ALTER TABLE notice ADD COLUMN step text NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN corrects integer;
ALTER TABLE notice ADD CONSTRAINT notice_step_check CHECK (step IN ('', 'due-soon', 'overdue', 'long-overdue'));
ALTER TABLE notice ADD CONSTRAINT notice_corrects_fk FOREIGN KEY (corrects) REFERENCES notice(id);
CREATE INDEX notice_corrects_index ON notice (corrects);
DROP INDEX notice_once_unique;
CREATE UNIQUE INDEX notice_once_unique ON notice (plan_year, month, month_version, audience, recipient, step);
`;

const NARROWER_CHECKS = `
DROP INDEX notice_once_unique;
ALTER TABLE notice DROP COLUMN corrects, DROP COLUMN step;
CREATE UNIQUE INDEX notice_once_unique ON notice (plan_year, month, month_version, audience, recipient);
ALTER TABLE notice_line DROP CONSTRAINT notice_line_kind_check;
ALTER TABLE notice_line ADD CONSTRAINT notice_line_kind_check
  CHECK (kind IN ('new-case', 'continuing-case', 'missing-report'));
ALTER TABLE warning_case_step DROP CONSTRAINT warning_case_step_change_check;
ALTER TABLE warning_case_step ADD CONSTRAINT warning_case_step_change_check
  CHECK (change IN ('new', 'continuing', 'paused', 'cleared', 'ended'));
ALTER TABLE warning_case DROP CONSTRAINT warning_case_state_check;
ALTER TABLE warning_case ADD CONSTRAINT warning_case_state_check CHECK (state IN ('open', 'cleared', 'ended'));
`;

/** The latest close of an earlier month, made since this month was closed last: what allows closing it anew. */
const CAUSE = `
  SELECT c.* INTO cause FROM month_closing AS c
    WHERE c.plan_year = NEW.plan_year AND c.month < NEW.month AND c.version > 1 AND c.anew_of IS NULL
      AND c.id > (SELECT max(own.id) FROM month_closing AS own
                  WHERE own.plan_year = NEW.plan_year AND own.month = NEW.month)
    ORDER BY c.id DESC LIMIT 1;`;

const CLOSINGS = `
INSERT INTO month_closing (plan_year, month, version, closed_on, closed_at, closed_by)
  SELECT plan_year, month, version, closed_on, closed_at, closed_by FROM reporting_month
  WHERE state = 'closed' ORDER BY plan_year, month;

CREATE FUNCTION add_month_closing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  cause month_closing%ROWTYPE;
BEGIN
  IF OLD.state = 'closed' THEN ${CAUSE}
  END IF;
  INSERT INTO month_closing (plan_year, month, version, anew_of, closed_on, closed_at, closed_by)
    VALUES (NEW.plan_year, NEW.month, NEW.version, cause.month, NEW.closed_on, NEW.closed_at, NEW.closed_by);
  RETURN NULL;
END $$;
CREATE TRIGGER month_closing AFTER UPDATE ON reporting_month FOR EACH ROW
  WHEN (NEW.version > OLD.version) EXECUTE FUNCTION add_month_closing();
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON month_closing
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();
`;

const REOPENINGS = `
CREATE FUNCTION guard_month_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'requested' OR NOT EXISTS (
         SELECT FROM account WHERE username = NEW.requested_by AND role IN ('staff', 'approver') AND disabled_at IS NULL)
       OR NOT EXISTS (
         SELECT FROM reporting_month AS m
         WHERE m.plan_year = NEW.plan_year AND m.month = NEW.month AND m.state = 'closed'
           AND m.version = NEW.month_version) THEN
      RAISE EXCEPTION 'month % of % cannot be asked to be reopened so', NEW.month, NEW.plan_year
        USING ERRCODE = 'PT031', CONSTRAINT = 'reopening_by_two', TABLE = 'month_reopening';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.plan_year, NEW.month, NEW.month_version, NEW.reason, NEW.requested_by, NEW.requested_at)
     IS DISTINCT FROM
     (OLD.id, OLD.plan_year, OLD.month, OLD.month_version, OLD.reason, OLD.requested_by, OLD.requested_at)
     OR OLD.state <> 'requested' THEN
    RAISE EXCEPTION 'reopening % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'month_reopening';
  END IF;
  IF NEW.state = 'approved' AND (NEW.decided_by = NEW.requested_by OR NOT EXISTS (
       SELECT FROM account WHERE username = NEW.decided_by AND role = 'approver' AND disabled_at IS NULL)) THEN
    RAISE EXCEPTION 'a second person, an approver, carries out reopening %', OLD.id
      USING ERRCODE = 'PT031', CONSTRAINT = 'reopening_by_two', TABLE = 'month_reopening';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_month_reopening BEFORE INSERT OR UPDATE ON month_reopening
  FOR EACH ROW EXECUTE FUNCTION guard_month_reopening();
`;

interface MonthGuard {
  /** Steps from one state to another. */
  steps: string;
  declare: string;
  /** What is asked of a close and a reopening beside the order. */
  closing: string;
  reopening: string;
}

const CLOSED_ONCE: MonthGuard = {
  steps: "('open', 'closed'), ('closed', 'reopened'), ('reopened', 'closed')",
  declare: '',
  closing: '',
  reopening: '',
};

const CLOSED_ANEW: MonthGuard = {
  steps: `${CLOSED_ONCE.steps}, ('closed', 'closed')`,
  declare: 'cause month_closing%ROWTYPE;',
  closing: `
    IF OLD.state = 'closed' THEN ${CAUSE}
      IF NOT FOUND OR NEW.closed_by IS DISTINCT FROM cause.closed_by THEN
        RAISE EXCEPTION 'month % of % is closed: no earlier month was closed anew', NEW.month, NEW.plan_year
          USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
      END IF;
    END IF;`,
  reopening: `
  IF NEW.state = 'reopened' AND NOT EXISTS (
    SELECT FROM month_reopening AS r
    WHERE r.plan_year = OLD.plan_year AND r.month = OLD.month AND r.month_version = OLD.version
      AND r.state = 'approved') THEN
    RAISE EXCEPTION 'month % of % is reopened by two people', OLD.month, OLD.plan_year
      USING ERRCODE = 'PT031', CONSTRAINT = 'reopening_by_two', TABLE = 'reporting_month';
  END IF;`,
};

const guardReportingMonth = ({ steps, declare, closing, reopening }: MonthGuard): string => `
CREATE OR REPLACE FUNCTION guard_reporting_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed_before int;
  ${declare}
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR NEW.version <> 0 THEN
      RAISE EXCEPTION 'month % of % must begin open', NEW.month, NEW.plan_year
        USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.plan_year, NEW.month) <> (OLD.plan_year, OLD.month)
     OR (OLD.state, NEW.state) NOT IN (${steps})
     OR NEW.version <> OLD.version + (NEW.state = 'closed')::int THEN
    RAISE EXCEPTION 'month % of % cannot go from % to %', OLD.month, OLD.plan_year, OLD.state, NEW.state
      USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
  END IF;
  IF NEW.state = 'closed' THEN
    -- All of them, not only the last: an earlier one may have been reopened. Shared, so that none is meanwhile.
    PERFORM 1 FROM reporting_month
      WHERE plan_year = NEW.plan_year AND month < NEW.month ORDER BY month FOR SHARE;
    SELECT count(*) INTO closed_before FROM reporting_month
      WHERE plan_year = NEW.plan_year AND month < NEW.month AND state = 'closed';
    IF closed_before < NEW.month - 1 THEN
      RAISE EXCEPTION 'month % of % closes after all months before it', NEW.month, NEW.plan_year
        USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
    END IF;${closing}
  END IF;${reopening}
  RETURN NEW;
END $$;
`;

const NOTICE_FROZEN_BEFORE = { columns: '', once: '' };
const NOTICE_FROZEN = {
  columns: ', step, corrects',
  once: `
     OR (OLD.issued_at IS NOT NULL AND (NEW.issued_at, NEW.released_by) IS DISTINCT FROM (OLD.issued_at, OLD.released_by))`,
};

const guardNotice = ({ columns, once }: typeof NOTICE_FROZEN): string => {
  const frozen = `plan_year, month, month_version, audience, recipient, recipient_name, is_fallback, subject,
      evaluation_id, created_at${columns}`.split(/,\s*/);
  const of = (row: string): string => frozen.map((column) => `${row}.${column}`).join(', ');
  return `
CREATE OR REPLACE FUNCTION guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only its way through the office moves: draft → issued → acknowledged. What it says is frozen, and when it was
  -- issued and by whom from then on.
  IF (${of('NEW')}) IS DISTINCT FROM (${of('OLD')})
     OR (OLD.state, NEW.state) NOT IN (('draft', 'issued'), ('issued', 'acknowledged'))${once} THEN
    RAISE EXCEPTION 'notice % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'notice';
  END IF;
  RETURN NEW;
END $$;
`;
};
