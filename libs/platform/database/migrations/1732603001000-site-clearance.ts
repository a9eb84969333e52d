import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Site clearance (GPMB) of key projects, append-only: of each table the newest row counts. Refused, facts in DETAIL:
 *   PT062 site_clearance_total  more is handed over than there is to hand over, or nothing was set to be
 *   PT062 site_clearance_falls  a month below an earlier one or above a later one: figures run from the beginning
 */
export class SiteClearance1732603001000 implements MigrationInterface {
  name = 'SiteClearance1732603001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE site_clearance_month, site_clearance_plan');
    await db.query('DROP FUNCTION guard_site_clearance_month, guard_site_clearance_plan');
  }
}

const TABLES = `
CREATE TABLE site_clearance_plan (
  id integer GENERATED ALWAYS AS IDENTITY,
  project_code text NOT NULL,
  area integer NOT NULL,
  households integer NOT NULL,
  agreed_date date,
  note text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT site_clearance_plan_pk PRIMARY KEY (id),
  CONSTRAINT site_clearance_plan_figures_check CHECK (area >= 0 AND households >= 0 AND area + households > 0),
  CONSTRAINT site_clearance_plan_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code)
);
CREATE INDEX site_clearance_plan_newest_index ON site_clearance_plan (project_code, id);

CREATE TABLE site_clearance_month (
  id integer GENERATED ALWAYS AS IDENTITY,
  project_code text NOT NULL,
  year integer NOT NULL,
  month integer NOT NULL,
  area integer NOT NULL,
  households integer NOT NULL,
  paid bigint NOT NULL,
  note text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT site_clearance_month_pk PRIMARY KEY (id),
  CONSTRAINT site_clearance_month_month_check CHECK (month BETWEEN 1 AND 12 AND year BETWEEN 1000 AND 9999),
  CONSTRAINT site_clearance_month_figures_check
    CHECK (area >= 0 AND households >= 0 AND paid BETWEEN 0 AND 9007199254740991),
  CONSTRAINT site_clearance_month_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code)
);
CREATE INDEX site_clearance_month_newest_index ON site_clearance_month (project_code, year, month, id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON site_clearance_plan
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON site_clearance_month
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

// Both wait for each other at the project: what one checks the other cannot change meanwhile.
const GUARDS = `
CREATE FUNCTION guard_site_clearance_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  plan site_clearance_plan%ROWTYPE;
  other site_clearance_month%ROWTYPE;
BEGIN
  PERFORM FROM project WHERE code = NEW.project_code FOR NO KEY UPDATE;
  SELECT * INTO plan FROM site_clearance_plan WHERE project_code = NEW.project_code ORDER BY id DESC LIMIT 1;
  IF plan.id IS NULL OR NEW.area > plan.area OR NEW.households > plan.households THEN
    RAISE EXCEPTION 'more is handed over in % than there is to hand over', NEW.project_code
      USING ERRCODE = 'PT062', CONSTRAINT = 'site_clearance_total', TABLE = 'site_clearance_month',
            DETAIL = json_build_object('area', coalesce(plan.area, 0), 'households', coalesce(plan.households, 0));
  END IF;
  FOR other IN
    SELECT DISTINCT ON (year, month) * FROM site_clearance_month
    WHERE project_code = NEW.project_code AND (year, month) <> (NEW.year, NEW.month) ORDER BY year, month, id DESC
  LOOP
    IF (other.year, other.month) < (NEW.year, NEW.month)
       AND (other.area > NEW.area OR other.households > NEW.households OR other.paid > NEW.paid)
       OR (other.year, other.month) > (NEW.year, NEW.month)
       AND (other.area < NEW.area OR other.households < NEW.households OR other.paid < NEW.paid) THEN
      RAISE EXCEPTION 'figures of % run from the beginning: % does not agree', NEW.project_code, other.month
        USING ERRCODE = 'PT062', CONSTRAINT = 'site_clearance_falls', TABLE = 'site_clearance_month',
              DETAIL = json_build_object('month', other.year || '-' || lpad(other.month::text, 2, '0'));
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_site_clearance_month BEFORE INSERT ON site_clearance_month
  FOR EACH ROW EXECUTE FUNCTION guard_site_clearance_month();

CREATE FUNCTION guard_site_clearance_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  reached record;
BEGIN
  PERFORM FROM project WHERE code = NEW.project_code FOR NO KEY UPDATE;
  SELECT max(area) AS area, max(households) AS households INTO reached FROM (
    SELECT DISTINCT ON (year, month) area, households FROM site_clearance_month
    WHERE project_code = NEW.project_code ORDER BY year, month, id DESC) AS m;
  IF reached.area > NEW.area OR reached.households > NEW.households THEN
    RAISE EXCEPTION 'more is handed over in % than there is to hand over', NEW.project_code
      USING ERRCODE = 'PT062', CONSTRAINT = 'site_clearance_total', TABLE = 'site_clearance_plan',
            DETAIL = json_build_object('area', NEW.area, 'households', NEW.households);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_site_clearance_plan BEFORE INSERT ON site_clearance_plan
  FOR EACH ROW EXECUTE FUNCTION guard_site_clearance_plan();
`;
