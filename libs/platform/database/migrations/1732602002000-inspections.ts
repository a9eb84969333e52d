import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Inspections of a team. Refused by the database itself: a subject that is not the one its kind names, a state that
 * does not follow, a conclusion without a visit, a visit to a concluded inspection (PT061 inspection_order), any change
 * of what was found (PT001), a place of a picture out of range or by half.
 */
export class Inspections1732602002000 implements MigrationInterface {
  name = 'Inspections1732602002000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE inspection_recommendation, inspection_attachment, inspection_finding, inspection_visit, inspection',
    );
    await db.query('DROP FUNCTION guard_inspection, guard_inspection_visit, guard_inspection_recommendation');
  }
}

const TABLES = `
CREATE TABLE inspection (
  id integer GENERATED ALWAYS AS IDENTITY,
  team_code text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  unit_code text,
  project_code text,
  programme text,
  plan_year integer,
  notice_id integer,
  case_id integer,
  follows integer,
  purpose text NOT NULL,
  planned_on date NOT NULL,
  place text NOT NULL,
  members text[] NOT NULL,
  state text NOT NULL DEFAULT 'planned',
  version integer NOT NULL DEFAULT 1,
  conclusion text,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  concluded_at timestamptz,
  concluded_by text,
  CONSTRAINT inspection_pk PRIMARY KEY (id),
  CONSTRAINT inspection_kind_check CHECK (kind IN ('routine', 'sudden', 'follow-up')),
  CONSTRAINT inspection_follows_check CHECK ((kind = 'follow-up') = (follows IS NOT NULL)),
  CONSTRAINT inspection_subject_check CHECK (CASE subject WHEN 'unit' THEN unit_code IS NOT NULL AND num_nonnulls(project_code, programme, plan_year) = 0 WHEN 'project' THEN project_code IS NOT NULL AND num_nonnulls(programme, plan_year) = 0 WHEN 'programme' THEN programme IN ('NTM', 'GNBV', 'DTTS') AND num_nonnulls(project_code, plan_year) = 0 WHEN 'assignment' THEN plan_year IS NOT NULL AND num_nonnulls(project_code, programme) = 0 ELSE false END),
  CONSTRAINT inspection_state_check CHECK (state IN ('planned', 'visited', 'concluded')),
  CONSTRAINT inspection_concluded_check CHECK (num_nonnulls(conclusion, concluded_at, concluded_by) = CASE state WHEN 'concluded' THEN 3 ELSE 0 END AND conclusion <> ''),
  CONSTRAINT inspection_text_check CHECK (purpose <> '' AND place <> '' AND purpose IS NFC NORMALIZED AND place IS NFC NORMALIZED),
  CONSTRAINT inspection_members_check CHECK (cardinality(members) BETWEEN 1 AND 40),
  CONSTRAINT inspection_team_code_fk FOREIGN KEY (team_code) REFERENCES inspection_team(code),
  CONSTRAINT inspection_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code),
  CONSTRAINT inspection_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code),
  CONSTRAINT inspection_notice_id_fk FOREIGN KEY (notice_id) REFERENCES notice(id),
  CONSTRAINT inspection_case_id_fk FOREIGN KEY (case_id) REFERENCES warning_case(id),
  CONSTRAINT inspection_follows_fk FOREIGN KEY (follows) REFERENCES inspection(id)
);
CREATE INDEX inspection_planned_on_team_code_index ON inspection (team_code, planned_on);
CREATE INDEX inspection_notice_id_index ON inspection (notice_id);
CREATE INDEX inspection_case_id_index ON inspection (case_id);
CREATE INDEX inspection_unit_code_index ON inspection (unit_code);
CREATE TABLE inspection_visit (
  id integer GENERATED ALWAYS AS IDENTITY,
  inspection_id integer NOT NULL,
  draft_key uuid NOT NULL,
  visited_on date NOT NULL,
  place text NOT NULL,
  members text[] NOT NULL,
  note text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT inspection_visit_pk PRIMARY KEY (id),
  CONSTRAINT inspection_visit_draft_key_unique UNIQUE (draft_key),
  CONSTRAINT inspection_visit_text_check CHECK (place <> '' AND place IS NFC NORMALIZED AND note IS NFC NORMALIZED),
  CONSTRAINT inspection_visit_members_check CHECK (cardinality(members) BETWEEN 1 AND 40),
  CONSTRAINT inspection_visit_inspection_id_fk FOREIGN KEY (inspection_id) REFERENCES inspection(id)
);
CREATE INDEX inspection_visit_inspection_id_index ON inspection_visit (inspection_id);
CREATE TABLE inspection_finding (
  visit_id integer NOT NULL,
  ordinal integer NOT NULL,
  category text NOT NULL,
  text text NOT NULL,
  amount bigint,
  CONSTRAINT inspection_finding_pk PRIMARY KEY (visit_id, ordinal),
  CONSTRAINT inspection_finding_category_check CHECK (category IN ('progress', 'accepted-volume', 'payment', 'quality', 'capital-assignment', 'site-clearance', 'procedure', 'other')),
  CONSTRAINT inspection_finding_text_check CHECK (text <> '' AND text IS NFC NORMALIZED),
  CONSTRAINT inspection_finding_amount_check CHECK (amount >= 0),
  CONSTRAINT inspection_finding_visit_id_fk FOREIGN KEY (visit_id) REFERENCES inspection_visit(id)
);
CREATE TABLE inspection_attachment (
  visit_id integer NOT NULL,
  file_id integer NOT NULL,
  kind text NOT NULL,
  caption text NOT NULL,
  latitude numeric(8,5),
  longitude numeric(8,5),
  CONSTRAINT inspection_attachment_pk PRIMARY KEY (visit_id, file_id),
  CONSTRAINT inspection_attachment_file_id_unique UNIQUE (file_id),
  CONSTRAINT inspection_attachment_kind_check CHECK (kind IN ('photo', 'file')),
  CONSTRAINT inspection_attachment_place_check CHECK ((latitude IS NULL) = (longitude IS NULL) AND abs(latitude) <= 90 AND abs(longitude) <= 180),
  CONSTRAINT inspection_attachment_visit_id_fk FOREIGN KEY (visit_id) REFERENCES inspection_visit(id),
  CONSTRAINT inspection_attachment_file_id_fk FOREIGN KEY (file_id) REFERENCES uploaded_file(id)
);
CREATE TABLE inspection_recommendation (
  id integer GENERATED ALWAYS AS IDENTITY,
  visit_id integer NOT NULL,
  text text NOT NULL,
  owner text NOT NULL,
  due_on date NOT NULL,
  done_on date,
  done_note text,
  done_by text,
  CONSTRAINT inspection_recommendation_pk PRIMARY KEY (id),
  CONSTRAINT inspection_recommendation_text_check CHECK (text <> '' AND owner <> '' AND text IS NFC NORMALIZED AND owner IS NFC NORMALIZED),
  CONSTRAINT inspection_recommendation_done_check CHECK (num_nonnulls(done_on, done_note, done_by) IN (0, 3) AND done_note <> ''),
  CONSTRAINT inspection_recommendation_visit_id_fk FOREIGN KEY (visit_id) REFERENCES inspection_visit(id)
);
CREATE INDEX inspection_recommendation_visit_id_index ON inspection_recommendation (visit_id);
CREATE INDEX inspection_recommendation_open_index ON inspection_recommendation (due_on) WHERE done_on IS NULL;
`;

const GUARDS = `
CREATE FUNCTION guard_inspection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'planned' OR NEW.version <> 1 THEN
      RAISE EXCEPTION 'an inspection begins planned'
        USING ERRCODE = 'PT061', CONSTRAINT = 'inspection_order', TABLE = 'inspection';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.team_code, NEW.kind, NEW.subject, NEW.unit_code, NEW.project_code, NEW.programme, NEW.plan_year,
      NEW.notice_id, NEW.case_id, NEW.follows, NEW.created_at, NEW.created_by)
     IS DISTINCT FROM
     (OLD.id, OLD.team_code, OLD.kind, OLD.subject, OLD.unit_code, OLD.project_code, OLD.programme, OLD.plan_year,
      OLD.notice_id, OLD.case_id, OLD.follows, OLD.created_at, OLD.created_by) THEN
    RAISE EXCEPTION 'inspection % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'inspection';
  END IF;
  IF OLD.state = 'concluded' OR NEW.version <> OLD.version + 1
     OR (OLD.state, NEW.state) NOT IN (('planned', 'planned'), ('planned', 'visited'), ('visited', 'visited'), ('visited', 'concluded'))
     OR OLD.state <> 'planned' AND (NEW.purpose, NEW.planned_on, NEW.place, NEW.members)
        IS DISTINCT FROM (OLD.purpose, OLD.planned_on, OLD.place, OLD.members)
     OR NEW.state <> 'planned' AND NOT EXISTS (SELECT FROM inspection_visit WHERE inspection_id = OLD.id) THEN
    RAISE EXCEPTION 'inspection % cannot go from % to %', OLD.id, OLD.state, NEW.state
      USING ERRCODE = 'PT061', CONSTRAINT = 'inspection_order', TABLE = 'inspection';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_inspection BEFORE INSERT OR UPDATE ON inspection FOR EACH ROW EXECUTE FUNCTION guard_inspection();
CREATE FUNCTION guard_inspection_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found_state text;
BEGIN
  SELECT state INTO found_state FROM inspection WHERE id = NEW.inspection_id FOR UPDATE;
  IF found_state = 'concluded' THEN
    RAISE EXCEPTION 'inspection % is concluded', NEW.inspection_id
      USING ERRCODE = 'PT061', CONSTRAINT = 'inspection_order', TABLE = 'inspection_visit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_inspection_visit BEFORE INSERT ON inspection_visit
  FOR EACH ROW EXECUTE FUNCTION guard_inspection_visit();
CREATE FUNCTION guard_inspection_recommendation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.done_on IS NOT NULL OR (NEW.id, NEW.visit_id, NEW.text, NEW.owner, NEW.due_on)
     IS DISTINCT FROM (OLD.id, OLD.visit_id, OLD.text, OLD.owner, OLD.due_on) THEN
    RAISE EXCEPTION 'recommendation % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'inspection_recommendation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_inspection_recommendation BEFORE UPDATE ON inspection_recommendation
  FOR EACH ROW EXECUTE FUNCTION guard_inspection_recommendation();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON inspection FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON inspection_recommendation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inspection_visit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inspection_finding
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inspection_attachment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;
