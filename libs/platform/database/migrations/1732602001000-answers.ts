import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What units answer to a notice or case. Refused by the database itself: an objection without a contested figure or
 * with nothing contested, an acceptance of one that leads nowhere, and (PT001) any change but the one decision.
 */
export class Answers1732602001000 implements MigrationInterface {
  name = 'Answers1732602001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
    await db.query(`ALTER TABLE month_decision DROP CONSTRAINT month_decision_kind_check,
      ADD CONSTRAINT month_decision_kind_check CHECK (kind IN ('missing-report', 'money-without-plan', 'outside-validity', 'estimate-without-actual', 'not-signed-off', 'open-objection'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE month_decision DROP CONSTRAINT month_decision_kind_check,
      ADD CONSTRAINT month_decision_kind_check CHECK (kind IN ('missing-report', 'money-without-plan', 'outside-validity', 'estimate-without-actual', 'not-signed-off'))`);
    await db.query('DROP TABLE answer_file, answer');
    await db.query('DROP FUNCTION guard_answer');
  }
}

const TABLES = `
CREATE TABLE answer (
  id integer GENERATED ALWAYS AS IDENTITY,
  notice_id integer,
  case_id integer,
  unit_code text NOT NULL,
  kind text NOT NULL,
  plan_year integer,
  month integer,
  figure text,
  project_code text,
  source_code text,
  stated bigint,
  claimed bigint,
  text text NOT NULL,
  sent_at timestamptz NOT NULL,
  sent_by text NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL DEFAULT 'open',
  reason text,
  reopening_id integer,
  entry_id integer,
  decided_at timestamptz,
  decided_by text,
  CONSTRAINT answer_pk PRIMARY KEY (id),
  CONSTRAINT answer_kind_check CHECK (kind IN ('explanation', 'objection')),
  CONSTRAINT answer_about_check CHECK (notice_id IS NOT NULL OR case_id IS NOT NULL),
  CONSTRAINT answer_figure_check CHECK (figure IN ('plan', 'disbursed')),
  CONSTRAINT answer_contested_check CHECK (num_nonnulls(plan_year, month, figure, stated, claimed) IN (0, 5) AND stated <> claimed AND (kind = 'explanation' OR figure IS NOT NULL)),
  CONSTRAINT answer_text_check CHECK (text <> '' AND text IS NFC NORMALIZED),
  CONSTRAINT answer_state_check CHECK (state IN ('open', 'rejected', 'accepted')),
  CONSTRAINT answer_decided_check CHECK ((state = 'open') = (decided_at IS NULL) AND (state = 'open') = (decided_by IS NULL) AND (state <> 'rejected' OR reason <> '')),
  CONSTRAINT answer_leads_to_check CHECK (num_nonnulls(reopening_id, entry_id) = (kind = 'objection' AND state = 'accepted')::int),
  CONSTRAINT answer_notice_id_fk FOREIGN KEY (notice_id) REFERENCES notice(id),
  CONSTRAINT answer_case_id_fk FOREIGN KEY (case_id) REFERENCES warning_case(id),
  CONSTRAINT answer_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code),
  CONSTRAINT answer_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code),
  CONSTRAINT answer_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source(code),
  CONSTRAINT answer_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year, month),
  CONSTRAINT answer_reopening_id_fk FOREIGN KEY (reopening_id) REFERENCES month_reopening(id),
  CONSTRAINT answer_entry_id_fk FOREIGN KEY (entry_id) REFERENCES disbursement_entry(id)
);
CREATE INDEX answer_notice_id_index ON answer (notice_id);
CREATE INDEX answer_case_id_index ON answer (case_id);
CREATE INDEX answer_unit_code_index ON answer (unit_code);
CREATE INDEX answer_open_index ON answer (plan_year, month) WHERE state = 'open';
CREATE TABLE answer_file (
  answer_id integer NOT NULL,
  file_id integer NOT NULL,
  CONSTRAINT answer_file_pk PRIMARY KEY (answer_id, file_id),
  CONSTRAINT answer_file_file_id_unique UNIQUE (file_id),
  CONSTRAINT answer_file_answer_id_fk FOREIGN KEY (answer_id) REFERENCES answer(id),
  CONSTRAINT answer_file_file_id_fk FOREIGN KEY (file_id) REFERENCES uploaded_file(id)
);
`;

const GUARDS = `
CREATE FUNCTION guard_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION 'an answer begins open' USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'answer';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'open'
     OR (NEW.id, NEW.notice_id, NEW.case_id, NEW.unit_code, NEW.kind, NEW.plan_year, NEW.month, NEW.figure,
         NEW.project_code, NEW.source_code, NEW.stated, NEW.claimed, NEW.text, NEW.sent_at, NEW.sent_by, NEW.due_on)
        IS DISTINCT FROM
        (OLD.id, OLD.notice_id, OLD.case_id, OLD.unit_code, OLD.kind, OLD.plan_year, OLD.month, OLD.figure,
         OLD.project_code, OLD.source_code, OLD.stated, OLD.claimed, OLD.text, OLD.sent_at, OLD.sent_by, OLD.due_on) THEN
    RAISE EXCEPTION 'answer % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'answer';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_answer BEFORE INSERT OR UPDATE ON answer FOR EACH ROW EXECUTE FUNCTION guard_answer();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON answer_file
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;
