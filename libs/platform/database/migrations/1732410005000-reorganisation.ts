import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Units over time. A reorganisation is one act; who follows whom is only ever added to. Refused by the database itself
 * (SQLSTATE PT009):
 *   unit_not_valid    money on a unit in a month after its last day (or before its first), except transfers that bring
 *                     it to zero; and money on an ended unit that the reorganisation would no longer carry to a successor
 *   succession_valid  a succession whose predecessor does not end the day before, or whose successor is not there
 *   succession_fixed  dates of a unit that a succession rests on
 */
export class Reorganisation1732410005000 implements MigrationInterface {
  name = 'Reorganisation1732410005000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(SUCCESSIONS);
    await db.query(MONEY_ON_ENDED_UNITS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE unit_succession, reorganisation');
    await db.query(
      `DROP FUNCTION guard_reorganisation, guard_succession, guard_unit_dates, refuse_entry_on_ended_unit,
       refuse_line_on_ended_unit, month_end CASCADE`,
    );
  }
}

const TABLES = `
CREATE TABLE reorganisation (
  id integer GENERATED ALWAYS AS IDENTITY,
  decision_no text NOT NULL,
  decision_date date NOT NULL,
  effective_date date NOT NULL,
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'draft',
  unit_codes text[] NOT NULL,
  request text NOT NULL,
  result text NOT NULL,
  prepared_at timestamptz NOT NULL,
  prepared_by text NOT NULL,
  decided_at timestamptz,
  decided_by text,
  CONSTRAINT reorganisation_pk PRIMARY KEY (id),
  CONSTRAINT reorganisation_decision_no_check CHECK (decision_no <> '' AND decision_no IS NFC NORMALIZED),
  CONSTRAINT reorganisation_state_check CHECK (state IN ('draft', 'carried-out', 'withdrawn')),
  CONSTRAINT reorganisation_decided_check CHECK ((state = 'draft') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  CONSTRAINT reorganisation_second_person_check CHECK (state <> 'carried-out' OR decided_by <> prepared_by)
);
CREATE TABLE unit_succession (
  id integer GENERATED ALWAYS AS IDENTITY,
  reorganisation_id integer NOT NULL,
  predecessor_code text NOT NULL,
  successor_code text NOT NULL,
  effective_date date NOT NULL,
  people_follow boolean NOT NULL,
  CONSTRAINT unit_succession_pk PRIMARY KEY (id),
  CONSTRAINT unit_succession_itself_check CHECK (predecessor_code <> successor_code),
  CONSTRAINT unit_succession_ends_once EXCLUDE USING gist (predecessor_code WITH =, reorganisation_id WITH <>)
);
CREATE UNIQUE INDEX unit_succession_pair_unique ON unit_succession (predecessor_code, successor_code);
CREATE INDEX unit_succession_successor_code_index ON unit_succession (successor_code);
ALTER TABLE unit_succession ADD CONSTRAINT unit_succession_reorganisation_id_fk FOREIGN KEY (reorganisation_id) REFERENCES reorganisation(id);
ALTER TABLE unit_succession ADD CONSTRAINT unit_succession_predecessor_code_fk FOREIGN KEY (predecessor_code) REFERENCES unit(code);
ALTER TABLE unit_succession ADD CONSTRAINT unit_succession_successor_code_fk FOREIGN KEY (successor_code) REFERENCES unit(code);
`;

const SUCCESSIONS = `
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_succession
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON reorganisation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_reorganisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only draft → carried out | withdrawn. What was asked for is frozen; what came out of it is written once, with the act.
  IF (NEW.id, NEW.decision_no, NEW.decision_date, NEW.effective_date, NEW.note, NEW.unit_codes, NEW.request,
      NEW.prepared_at, NEW.prepared_by)
     IS DISTINCT FROM
     (OLD.id, OLD.decision_no, OLD.decision_date, OLD.effective_date, OLD.note, OLD.unit_codes, OLD.request,
      OLD.prepared_at, OLD.prepared_by)
     OR (OLD.state, NEW.state) NOT IN (('draft', 'carried-out'), ('draft', 'withdrawn'))
     OR (NEW.state = 'withdrawn' AND NEW.result <> OLD.result) THEN
    RAISE EXCEPTION 'reorganisation % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'reorganisation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_reorganisation BEFORE UPDATE ON reorganisation
  FOR EACH ROW EXECUTE FUNCTION guard_reorganisation();

CREATE FUNCTION guard_succession() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The predecessor is over the day before, the successor is there on the day: so no chain ever comes back.
  IF NOT EXISTS (SELECT FROM unit WHERE code = NEW.predecessor_code AND valid_to = NEW.effective_date - 1)
     OR NOT EXISTS (SELECT FROM unit WHERE code = NEW.successor_code
                    AND daterange(valid_from, valid_to, '[]') @> NEW.effective_date)
     OR NOT EXISTS (SELECT FROM reorganisation WHERE id = NEW.reorganisation_id
                    AND effective_date = NEW.effective_date) THEN
    RAISE EXCEPTION 'unit % is not followed by % on %', NEW.predecessor_code, NEW.successor_code, NEW.effective_date
      USING ERRCODE = 'PT009', CONSTRAINT = 'succession_valid', TABLE = 'unit_succession';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_succession BEFORE INSERT ON unit_succession FOR EACH ROW EXECUTE FUNCTION guard_succession();

CREATE FUNCTION guard_unit_dates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.valid_to IS DISTINCT FROM OLD.valid_to
      AND EXISTS (SELECT FROM unit_succession WHERE predecessor_code = OLD.code))
     OR EXISTS (SELECT FROM unit_succession WHERE successor_code = OLD.code
                AND NOT daterange(NEW.valid_from, NEW.valid_to, '[]') @> effective_date) THEN
    RAISE EXCEPTION 'the dates of unit % rest on a reorganisation', OLD.code
      USING ERRCODE = 'PT009', CONSTRAINT = 'succession_fixed', TABLE = 'unit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_unit_dates BEFORE UPDATE OF valid_from, valid_to ON unit
  FOR EACH ROW EXECUTE FUNCTION guard_unit_dates();

CREATE FUNCTION month_end(plan_year int, month int) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN month = 13 THEN make_date(plan_year + 1, 1, 31)
              ELSE (make_date(plan_year, month, 1) + interval '1 month - 1 day')::date END
$$;
`;

/**
 * Named after the totals' trigger and the foreign keys', so that it sees the unit as the reorganisation that held it
 * left it. The first question costs by units × months of the statement; the others run for ended units only.
 */
const guardOf = (table: string, month: string, isTransfer: string, cell: string[]): string => {
  const columns = (alias: string): string => cell.map((name) => `${alias}.${name}`).join(', ');
  const name = table === 'disbursement_entry' ? 'refuse_entry_on_ended_unit' : 'refuse_line_on_ended_unit';
  return `
CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad record;
BEGIN
  PERFORM 1
    FROM (SELECT DISTINCT added.unit_code, added.plan_year, added.${month} AS month FROM added) AS t
    JOIN unit AS u ON u.code = t.unit_code
    WHERE u.valid_from > month_end(t.plan_year, t.month) OR u.valid_to < month_end(t.plan_year, t.month)
       OR (u.valid_to IS NOT NULL AND EXISTS (SELECT FROM unit_succession AS s WHERE s.predecessor_code = u.code))
    LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT u.code, u.valid_from, u.valid_to INTO bad
    FROM added AS a JOIN unit AS u ON u.code = a.unit_code
    WHERE u.valid_from > month_end(a.plan_year, a.${month})
       OR (u.valid_to < month_end(a.plan_year, a.${month}) AND NOT ${isTransfer})
    LIMIT 1;
  IF NOT FOUND THEN
    -- From the first month after its end on, nothing stays: neither where a transfer came, nor where the unit has a
    -- successor and a month before its end was booked on once more without being carried on.
    SELECT u.code, u.valid_from, u.valid_to INTO bad
      FROM (SELECT DISTINCT a.unit_code, ${columns('a')}, a.plan_year FROM added AS a) AS c
      JOIN unit AS u ON u.code = c.unit_code AND u.valid_to IS NOT NULL
      CROSS JOIN LATERAL (SELECT effective_month(c.plan_year, u.valid_to + 1) AS month) AS after_end
      JOIN ${table} AS e ON e.unit_code = c.unit_code AND e.plan_year = c.plan_year
       AND (${columns('e')}) IS NOT DISTINCT FROM (${columns('c')})
      WHERE after_end.month IS NOT NULL
        AND (EXISTS (SELECT FROM unit_succession AS s WHERE s.predecessor_code = c.unit_code)
             OR EXISTS (SELECT FROM added AS a WHERE a.unit_code = c.unit_code AND a.plan_year = c.plan_year
                        AND a.${month} >= after_end.month))
      GROUP BY u.code, u.valid_from, u.valid_to, c.plan_year, ${columns('c')}, greatest(e.${month}, after_end.month)
      HAVING sum(e.amount) <> 0
      LIMIT 1;
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'unit % is valid from % to %', bad.code, bad.valid_from, bad.valid_to
      USING ERRCODE = 'PT009', CONSTRAINT = 'unit_not_valid', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER d_unit_valid AFTER INSERT ON ${table} REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ${name}();
`;
};

const MONEY_ON_ENDED_UNITS = [
  guardOf('disbursement_entry', 'month', "a.kind = 'transfer'", [
    'project_code',
    'source_code',
    'carried_over',
    'basis',
  ]),
  guardOf(
    'allocation_line',
    'effective_month',
    "EXISTS (SELECT FROM allocation_decision AS d WHERE d.id = a.decision_id AND d.kind = 'transfer')",
    ['project_code', 'source_code', 'carried_over', 'basis'],
  ),
].join('\n');
