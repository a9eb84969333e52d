import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bodies that meet, their members, meetings, agenda and decisions. Refused by the database:
 *   PT063 meeting_way       a meeting that does not go preparing → fixed → held, or whose facts change after
 *   PT063 meeting_agenda    an item that is added, changed or removed once the agenda is fixed
 *   PT063 meeting_decision  a decision outside its meeting, or one that is changed but for how it ended, once
 *   PT063 meeting_member    a membership that is changed but for the day on which it ends
 */
export class Meetings1732603002000 implements MigrationInterface {
  name = 'Meetings1732603002000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE meeting_decision, meeting_item, meeting, meeting_member, meeting_body');
    await db.query('DROP FUNCTION guard_meeting, guard_meeting_item, guard_meeting_decision, guard_meeting_member');
  }
}

const TABLES = `
CREATE TABLE meeting_body (
  id integer GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  name text NOT NULL,
  team_code text,
  CONSTRAINT meeting_body_pk PRIMARY KEY (id),
  CONSTRAINT meeting_body_kind_check CHECK (kind IN ('committee', 'site-clearance', 'team')),
  CONSTRAINT meeting_body_team_check CHECK ((kind = 'team') = (team_code IS NOT NULL)),
  CONSTRAINT meeting_body_name_check CHECK (name <> '' AND name IS NFC NORMALIZED),
  CONSTRAINT meeting_body_team_code_fk FOREIGN KEY (team_code) REFERENCES inspection_team(code)
);
CREATE UNIQUE INDEX meeting_body_name_unique ON meeting_body (name);
CREATE UNIQUE INDEX meeting_body_team_unique ON meeting_body (team_code);

CREATE TABLE meeting_member (
  id integer GENERATED ALWAYS AS IDENTITY,
  body_id integer NOT NULL,
  name text NOT NULL,
  position text NOT NULL,
  part text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT meeting_member_pk PRIMARY KEY (id),
  CONSTRAINT meeting_member_part_check CHECK (part IN ('chair', 'secretary', 'member')),
  CONSTRAINT meeting_member_words_check CHECK (name <> '' AND position <> ''),
  CONSTRAINT meeting_member_validity_check CHECK (valid_to IS NULL OR valid_from <= valid_to),
  CONSTRAINT meeting_member_once EXCLUDE
    USING gist (body_id WITH =, name WITH =, daterange(valid_from, valid_to, '[]') WITH &&),
  CONSTRAINT meeting_member_body_id_fk FOREIGN KEY (body_id) REFERENCES meeting_body(id)
);

CREATE TABLE meeting (
  id integer GENERATED ALWAYS AS IDENTITY,
  body_id integer NOT NULL,
  kind text NOT NULL,
  difficulty_id integer,
  held_on date NOT NULL,
  place text NOT NULL,
  state text NOT NULL,
  present text[] NOT NULL DEFAULT '{}',
  conclusion text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  fixed_at timestamptz,
  closed_at timestamptz,
  CONSTRAINT meeting_pk PRIMARY KEY (id),
  CONSTRAINT meeting_kind_check CHECK (kind IN ('monthly', 'difficulty')),
  CONSTRAINT meeting_difficulty_check CHECK ((kind = 'difficulty') = (difficulty_id IS NOT NULL)),
  CONSTRAINT meeting_state_check CHECK (state IN ('preparing', 'fixed', 'held')),
  CONSTRAINT meeting_fixed_check CHECK ((state = 'preparing') = (fixed_at IS NULL)),
  CONSTRAINT meeting_closed_check CHECK ((state = 'held') = (closed_at IS NOT NULL)),
  CONSTRAINT meeting_body_id_fk FOREIGN KEY (body_id) REFERENCES meeting_body(id),
  CONSTRAINT meeting_difficulty_id_fk FOREIGN KEY (difficulty_id) REFERENCES difficulty(id)
);
CREATE INDEX meeting_body_id_held_on_index ON meeting (body_id, held_on);

CREATE TABLE meeting_item (
  id integer GENERATED ALWAYS AS IDENTITY,
  meeting_id integer NOT NULL,
  ordinal integer NOT NULL,
  source text NOT NULL,
  ref_id integer,
  unit_code text,
  project_code text,
  title text NOT NULL,
  facts text NOT NULL DEFAULT '',
  CONSTRAINT meeting_item_pk PRIMARY KEY (id),
  CONSTRAINT meeting_item_source_check CHECK (source IN
    ('undone-decision', 'warning-case', 'overdue-notice', 'objection', 'difficulty', 'free')),
  CONSTRAINT meeting_item_ref_check CHECK ((source = 'free') = (ref_id IS NULL)),
  CONSTRAINT meeting_item_title_check CHECK (title <> ''),
  CONSTRAINT meeting_item_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT meeting_item_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code),
  CONSTRAINT meeting_item_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code)
);
CREATE UNIQUE INDEX meeting_item_ordinal_unique ON meeting_item (meeting_id, ordinal);
CREATE UNIQUE INDEX meeting_item_once_unique ON meeting_item (meeting_id, source, ref_id);
CREATE INDEX meeting_item_source_ref_index ON meeting_item (source, ref_id);

CREATE TABLE meeting_decision (
  id integer GENERATED ALWAYS AS IDENTITY,
  meeting_id integer NOT NULL,
  item_id integer,
  unit_code text,
  project_code text,
  text text NOT NULL,
  owner text NOT NULL,
  due_date date NOT NULL,
  state text NOT NULL,
  outcome text NOT NULL DEFAULT '',
  ended_on date,
  ended_by text,
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  CONSTRAINT meeting_decision_pk PRIMARY KEY (id),
  CONSTRAINT meeting_decision_state_check CHECK (state IN ('open', 'done', 'withdrawn')),
  CONSTRAINT meeting_decision_ended_check CHECK (
    CASE state WHEN 'open' THEN num_nonnulls(ended_on, ended_by) = 0 AND outcome = ''
               ELSE num_nonnulls(ended_on, ended_by) = 2 AND outcome <> '' END),
  CONSTRAINT meeting_decision_words_check CHECK (text <> '' AND owner <> ''),
  CONSTRAINT meeting_decision_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT meeting_decision_item_id_fk FOREIGN KEY (item_id) REFERENCES meeting_item(id),
  CONSTRAINT meeting_decision_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code),
  CONSTRAINT meeting_decision_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code)
);
CREATE INDEX meeting_decision_meeting_id_index ON meeting_decision (meeting_id);
CREATE INDEX meeting_decision_state_due_date_index ON meeting_decision (state, due_date);
CREATE INDEX meeting_decision_project_code_index ON meeting_decision (project_code);
CREATE INDEX meeting_decision_unit_code_index ON meeting_decision (unit_code);

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON meeting_member FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON meeting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON meeting_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const GUARDS = `
CREATE FUNCTION guard_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.body_id, NEW.kind, NEW.difficulty_id, NEW.created_at, NEW.created_by)
     IS DISTINCT FROM (OLD.id, OLD.body_id, OLD.kind, OLD.difficulty_id, OLD.created_at, OLD.created_by)
     OR (OLD.state, NEW.state) NOT IN (('preparing', 'preparing'), ('preparing', 'fixed'), ('fixed', 'fixed'), ('fixed', 'held'))
     OR (OLD.state = 'fixed' AND (NEW.held_on, NEW.place, NEW.fixed_at) IS DISTINCT FROM (OLD.held_on, OLD.place, OLD.fixed_at)) THEN
    RAISE EXCEPTION 'meeting % does not go from % to %', OLD.id, OLD.state, NEW.state
      USING ERRCODE = 'PT063', CONSTRAINT = 'meeting_way', TABLE = 'meeting';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_meeting BEFORE UPDATE ON meeting FOR EACH ROW EXECUTE FUNCTION guard_meeting();

-- The meeting is held while an item is written: it is not fixed meanwhile.
CREATE FUNCTION guard_meeting_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of integer := coalesce(NEW.meeting_id, OLD.meeting_id);
BEGIN
  PERFORM FROM meeting WHERE id = of AND state = 'preparing' FOR SHARE;
  IF NOT FOUND OR (TG_OP = 'UPDATE' AND NEW.meeting_id <> OLD.meeting_id) THEN
    RAISE EXCEPTION 'the agenda of meeting % is fixed', of
      USING ERRCODE = 'PT063', CONSTRAINT = 'meeting_agenda', TABLE = 'meeting_item';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER guard_meeting_item BEFORE INSERT OR UPDATE OR DELETE ON meeting_item
  FOR EACH ROW EXECUTE FUNCTION guard_meeting_item();
CREATE TRIGGER append_only BEFORE TRUNCATE ON meeting_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_meeting_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM FROM meeting WHERE id = NEW.meeting_id AND state = 'fixed' FOR SHARE;
    IF FOUND AND NEW.state = 'open' THEN RETURN NEW; END IF;
  ELSIF OLD.state = 'open' AND NEW.state <> 'open'
    AND (NEW.id, NEW.meeting_id, NEW.item_id, NEW.unit_code, NEW.project_code, NEW.text, NEW.owner, NEW.due_date,
         NEW.decided_at, NEW.decided_by)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.meeting_id, OLD.item_id, OLD.unit_code, OLD.project_code, OLD.text, OLD.owner, OLD.due_date,
         OLD.decided_at, OLD.decided_by) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'decisions are taken in their meeting and end once'
    USING ERRCODE = 'PT063', CONSTRAINT = 'meeting_decision', TABLE = 'meeting_decision';
END $$;
CREATE TRIGGER guard_meeting_decision BEFORE INSERT OR UPDATE ON meeting_decision
  FOR EACH ROW EXECUTE FUNCTION guard_meeting_decision();

CREATE FUNCTION guard_meeting_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.valid_to IS NOT NULL OR (NEW.id, NEW.body_id, NEW.name, NEW.position, NEW.part, NEW.valid_from)
     IS DISTINCT FROM (OLD.id, OLD.body_id, OLD.name, OLD.position, OLD.part, OLD.valid_from) THEN
    RAISE EXCEPTION 'a membership ends once and is not changed else'
      USING ERRCODE = 'PT063', CONSTRAINT = 'meeting_member', TABLE = 'meeting_member';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_meeting_member BEFORE UPDATE ON meeting_member FOR EACH ROW EXECUTE FUNCTION guard_meeting_member();
`;
