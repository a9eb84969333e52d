import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The register of difficulties (domain.md §5). What must never happen is refused here:
 *   PT061 difficulty_way    a change of state that the way open → proposed → decided → solved | dropped does not have,
 *                           or any change of one that is over, or of what it is about
 *   PT061 difficulty_step   a change that leaves no step
 */
export class Difficulties1732603000000 implements MigrationInterface {
  name = 'Difficulties1732603000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
    for (const [i, [code, vi, en]] of CATEGORIES.entries())
      await db.query('INSERT INTO difficulty_category (code, ordinal, name_vi, name_en) VALUES ($1, $2, $3, $4)', [
        code,
        i + 1,
        vi,
        en,
      ]);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE difficulty_step, difficulty, difficulty_category');
    await db.query('DROP FUNCTION guard_difficulty, check_difficulty_step');
  }
}

/** domain.md §5 "Difficulty categories seen", in its order. */
const CATEGORIES: readonly [code: string, vi: string, en: string][] = [
  ['site-clearance', 'Giải phóng mặt bằng, tái định cư, giá đất', 'Site clearance, resettlement, land price'],
  ['materials', 'Vật liệu xây dựng: cát, đất đắp, giá', 'Materials: sand, fill, prices'],
  ['procedure', 'Thủ tục đầu tư, thẩm định, điều chỉnh dự án', 'Investment procedure, appraisal, adjustment'],
  ['contractor-selection', 'Lựa chọn nhà thầu', 'Contractor selection'],
  ['investor-capacity', 'Năng lực, quyết tâm của chủ đầu tư', 'Investor’s capacity or resolve'],
  ['contractor-delay', 'Nhà thầu chậm tiến độ', 'Contractor delay'],
  ['payment-files', 'Hồ sơ thanh toán chậm', 'Late payment files'],
  ['oda', 'Thủ tục vốn ODA', 'ODA procedure'],
  ['land-revenue', 'Chưa thu được tiền sử dụng đất', 'Land revenue not collected'],
  ['weather', 'Thiên tai, thời tiết', 'Disaster, weather'],
  ['planning', 'Vướng quy hoạch', 'Planning conflicts'],
  ['reorganisation', 'Sắp xếp đơn vị', 'Reorganisation of units'],
  ['late-capital', 'Vốn bổ sung muộn', 'Capital added late'],
  ['unallocated', 'Vốn chưa phân bổ', 'Capital not allocated'],
];

const MAX = '9007199254740991';

const TABLES = `
CREATE TABLE difficulty_category (
  code text NOT NULL,
  ordinal integer NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  CONSTRAINT difficulty_category_pk PRIMARY KEY (code)
);

CREATE TABLE difficulty (
  id integer GENERATED ALWAYS AS IDENTITY,
  unit_code text,
  project_code text,
  category_code text NOT NULL,
  title text NOT NULL,
  description text NOT NULL DEFAULT '',
  blocked bigint,
  owner text NOT NULL,
  decider text NOT NULL,
  due_date date,
  proposal text NOT NULL DEFAULT '',
  decision text NOT NULL DEFAULT '',
  state text NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  CONSTRAINT difficulty_pk PRIMARY KEY (id),
  CONSTRAINT difficulty_subject_check CHECK (num_nonnulls(unit_code, project_code) > 0),
  CONSTRAINT difficulty_state_check CHECK (state IN ('open', 'proposed', 'decided', 'solved', 'dropped')),
  CONSTRAINT difficulty_words_check CHECK (title <> '' AND owner <> '' AND decider <> ''),
  CONSTRAINT difficulty_proposal_check CHECK (state <> 'proposed' OR proposal <> ''),
  CONSTRAINT difficulty_decision_check CHECK (state <> 'decided' OR decision <> ''),
  CONSTRAINT difficulty_blocked_check CHECK (blocked BETWEEN 0 AND ${MAX}),
  CONSTRAINT difficulty_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code),
  CONSTRAINT difficulty_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code),
  CONSTRAINT difficulty_category_code_fk FOREIGN KEY (category_code) REFERENCES difficulty_category(code)
);
CREATE INDEX difficulty_state_due_date_index ON difficulty (state, due_date);
CREATE INDEX difficulty_unit_code_index ON difficulty (unit_code);
CREATE INDEX difficulty_project_code_index ON difficulty (project_code);

CREATE TABLE difficulty_step (
  difficulty_id integer NOT NULL,
  ordinal integer NOT NULL,
  state text NOT NULL,
  note text NOT NULL DEFAULT '',
  at timestamptz NOT NULL,
  by text NOT NULL,
  CONSTRAINT difficulty_step_pk PRIMARY KEY (difficulty_id, ordinal),
  CONSTRAINT difficulty_step_state_check CHECK (state IN ('open', 'proposed', 'decided', 'solved', 'dropped')),
  CONSTRAINT difficulty_step_difficulty_id_fk FOREIGN KEY (difficulty_id) REFERENCES difficulty(id)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON difficulty_step
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON difficulty
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const GUARDS = `
CREATE FUNCTION guard_difficulty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.unit_code, NEW.project_code, NEW.created_at, NEW.created_by)
     IS DISTINCT FROM (OLD.id, OLD.unit_code, OLD.project_code, OLD.created_at, OLD.created_by)
     OR NEW.version <> OLD.version + 1
     OR (OLD.state, NEW.state) NOT IN (
       ('open', 'open'), ('open', 'proposed'), ('open', 'decided'), ('open', 'solved'), ('open', 'dropped'),
       ('proposed', 'proposed'), ('proposed', 'decided'), ('proposed', 'solved'), ('proposed', 'dropped'),
       ('decided', 'decided'), ('decided', 'solved'), ('decided', 'dropped')) THEN
    RAISE EXCEPTION 'difficulty % does not go from % to %', OLD.id, OLD.state, NEW.state
      USING ERRCODE = 'PT061', CONSTRAINT = 'difficulty_way', TABLE = 'difficulty';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_difficulty BEFORE UPDATE ON difficulty FOR EACH ROW EXECUTE FUNCTION guard_difficulty();

CREATE FUNCTION check_difficulty_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM difficulty_step WHERE difficulty_id = NEW.id AND ordinal = NEW.version AND state = NEW.state) THEN
    RAISE EXCEPTION 'version % of difficulty % leaves no step', NEW.version, NEW.id
      USING ERRCODE = 'PT061', CONSTRAINT = 'difficulty_step', TABLE = 'difficulty';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_difficulty_step AFTER INSERT OR UPDATE ON difficulty
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_difficulty_step();
`;
