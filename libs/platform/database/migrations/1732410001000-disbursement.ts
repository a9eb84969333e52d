import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Warnings kept with their entries, monthly progress of projects, and three more refusals of the books:
 *   PT007 corrects_same_series  an entry names another unit's, project's, source's, series' or year's entry
 *   PT008 amount_range          the sums of a plan year leave what every JSON reader can hold, ±(2^53 − 1) đồng
 */
export class Disbursement1732410001000 implements MigrationInterface {
  name = 'Disbursement1732410001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION refuse_correction_of_another_series, refuse_allocation_beyond_range,
                      refuse_disbursement_beyond_range, refuse_warning_in_closed_month CASCADE`);
    await db.query('DROP TABLE disbursement_warning, project_progress');
    for (const table of ['allocation_total', 'disbursement_total'])
      await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_amount_check`);
    await db.query('DROP INDEX disbursement_entry_advance_index');
  }
}

const MOST = '9007199254740991';

const TABLES = `
ALTER TABLE allocation_total ADD CONSTRAINT allocation_total_amount_check CHECK (amount BETWEEN -${MOST} AND ${MOST});
ALTER TABLE disbursement_total ADD CONSTRAINT disbursement_total_amount_check CHECK (amount BETWEEN -${MOST} AND ${MOST});
CREATE INDEX disbursement_entry_advance_index ON disbursement_entry (project_code, source_code)
  WHERE kind IN ('advance', 'advance-recovery') OR corrects IS NOT NULL;

CREATE TABLE disbursement_warning (
  id integer GENERATED ALWAYS AS IDENTITY,
  entry_id integer NOT NULL,
  code text NOT NULL,
  found bigint NOT NULL,
  compared_with bigint NOT NULL,
  CONSTRAINT disbursement_warning_pk PRIMARY KEY (id),
  CONSTRAINT disbursement_warning_code_check CHECK (code IN ('over-plan', 'no-plan', 'over-usual', 'december-spike', 'cumulative-falls'))
);
CREATE UNIQUE INDEX disbursement_warning_once_unique ON disbursement_warning (entry_id, code);
ALTER TABLE disbursement_warning ADD CONSTRAINT disbursement_warning_entry_id_fk FOREIGN KEY (entry_id) REFERENCES disbursement_entry(id);

CREATE TABLE project_progress (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  project_code text NOT NULL,
  volume bigint,
  physical_percent numeric(7,4),
  implemented bigint,
  implemented_plan bigint,
  done text NOT NULL DEFAULT '',
  unfinished text NOT NULL DEFAULT '',
  next_steps text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT project_progress_pk PRIMARY KEY (id),
  CONSTRAINT project_progress_month_check CHECK (month BETWEEN 1 AND 13),
  CONSTRAINT project_progress_percent_check CHECK (physical_percent BETWEEN 0 AND 100),
  CONSTRAINT project_progress_volume_check CHECK (volume BETWEEN 0 AND ${MOST}),
  CONSTRAINT project_progress_implemented_check CHECK (implemented BETWEEN 0 AND ${MOST} AND implemented_plan BETWEEN 0 AND ${MOST})
);
CREATE INDEX project_progress_newest_index ON project_progress (project_code, plan_year, month, id);
ALTER TABLE project_progress ADD CONSTRAINT project_progress_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE project_progress ADD CONSTRAINT project_progress_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
`;

const rangeGuard = (books: 'allocation' | 'disbursement'): string => `
CREATE FUNCTION refuse_${books}_beyond_range() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  beyond record;
BEGIN
  -- What rises and what falls each stay within the range, so every sum of a year's totals does.
  SELECT t.plan_year INTO beyond FROM ${books}_total AS t
    WHERE t.plan_year IN (SELECT DISTINCT added.plan_year FROM added)
    GROUP BY t.plan_year, t.basis
    HAVING sum(t.amount) FILTER (WHERE t.amount > 0) > ${MOST}
        OR sum(t.amount) FILTER (WHERE t.amount < 0) < -${MOST}
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the sums of plan year % leave the range of amounts', beyond.plan_year
      USING ERRCODE = 'PT008', CONSTRAINT = 'amount_range', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER d_amount_range AFTER INSERT ON ${books === 'allocation' ? 'allocation_line' : 'disbursement_entry'}
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_${books}_beyond_range();
`;

const GUARDS = `
${rangeGuard('allocation')}
${rangeGuard('disbursement')}
CREATE FUNCTION refuse_correction_of_another_series() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong disbursement_entry%ROWTYPE;
BEGIN
  SELECT added.* INTO wrong FROM added JOIN disbursement_entry AS named ON named.id = added.corrects
    WHERE (named.plan_year, named.unit_code, named.project_code, named.source_code, named.carried_over)
       <> (added.plan_year, added.unit_code, added.project_code, added.source_code, added.carried_over)
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % is of another unit, project, source, series or plan year', wrong.corrects
      USING ERRCODE = 'PT007', CONSTRAINT = 'corrects_same_series', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER b_corrects_same_series AFTER INSERT ON disbursement_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_correction_of_another_series();

CREATE FUNCTION refuse_warning_in_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM reporting_month AS m
    WHERE (m.plan_year, m.month) IN (SELECT e.plan_year, e.month FROM added JOIN disbursement_entry AS e ON e.id = added.entry_id)
    ORDER BY m.plan_year, m.month FOR SHARE;
  IF EXISTS (
    SELECT FROM added JOIN disbursement_entry AS e ON e.id = added.entry_id
    JOIN reporting_month AS m ON m.plan_year = e.plan_year AND m.month = e.month WHERE m.state = 'closed'
  ) THEN
    RAISE EXCEPTION 'a closed month takes no warning'
      USING ERRCODE = 'PT002', CONSTRAINT = 'month_closed', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER a_month_open AFTER INSERT ON disbursement_warning REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_warning_in_closed_month();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON disbursement_warning
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON project_progress
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER a_month_open AFTER INSERT ON project_progress REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_in_closed_month();
CREATE TRIGGER b_leaf_projects_only AFTER INSERT ON project_progress REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_above_leaf();
`;
