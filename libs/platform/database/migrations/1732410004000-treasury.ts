import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The Treasury's statements and their reconciliation with the books. What must never happen is refused here:
 *   PT001 append_only              statements, resolutions, signatures are only ever added to
 *   PT040 statement_frozen         a line added to a finished statement, or a statement short of its lines
 *   PT041 sign_off_unresolved      a signature while a difference is open, or on an older statement
 *   PT042 sign_off_order           a withdrawal of what is not signed
 */
export class Treasury1732410004000 implements MigrationInterface {
  name = 'Treasury1732410004000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(REPORT_WAYS);
    await db.query(TABLES);
    await db.query(APPEND_ONLY);
    await db.query(CELLS);
    await db.query(STATEMENT_FROZEN);
    await db.query(SIGN_OFF);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP FUNCTION guard_reconciliation_sign_off, refuse_line_of_finished_statement, refuse_statement_short_of_lines
        CASCADE;
      DROP FUNCTION reconciliation_cell;
      DROP TABLE reconciliation_sign_off, reconciliation_entry, reconciliation_resolution, treasury_line,
        treasury_statement;
      ALTER TABLE monthly_report DISABLE TRIGGER append_only;
      DELETE FROM monthly_report WHERE via = 'treasury';
      ALTER TABLE monthly_report ENABLE TRIGGER append_only;
      DROP INDEX monthly_report_submitted_unique;
      ALTER TABLE monthly_report DROP CONSTRAINT monthly_report_pk;
      ALTER TABLE monthly_report DROP COLUMN via;
      ALTER TABLE monthly_report ADD CONSTRAINT monthly_report_pk PRIMARY KEY (plan_year, month, unit_code);
    `);
  }
}

// A month may be reported twice over: by the unit (or staff for it) and by the Treasury's statement. Both facts stay.
const REPORT_WAYS = `
ALTER TABLE monthly_report ADD COLUMN via text NOT NULL DEFAULT 'staff';
ALTER TABLE monthly_report DISABLE TRIGGER append_only;
UPDATE monthly_report SET via = 'unit'
  WHERE recorded_by IN (SELECT username FROM account WHERE role = 'reporter');
ALTER TABLE monthly_report ENABLE TRIGGER append_only;
ALTER TABLE monthly_report ADD CONSTRAINT monthly_report_via_check CHECK (via IN ('unit', 'staff', 'treasury'));
ALTER TABLE monthly_report DROP CONSTRAINT monthly_report_pk;
ALTER TABLE monthly_report ADD CONSTRAINT monthly_report_pk PRIMARY KEY (plan_year, month, unit_code, via);
CREATE UNIQUE INDEX monthly_report_submitted_unique ON monthly_report (plan_year, month, unit_code)
  WHERE via <> 'treasury';
`;

const TABLES = `
CREATE TABLE treasury_statement (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  version integer NOT NULL,
  as_of date NOT NULL,
  document_no text,
  lines integer NOT NULL,
  lines_hash text NOT NULL,
  imported_at timestamptz NOT NULL,
  imported_by text NOT NULL,
  CONSTRAINT treasury_statement_pk PRIMARY KEY (id),
  CONSTRAINT treasury_statement_version_unique UNIQUE (plan_year, month, version),
  CONSTRAINT treasury_statement_version_check CHECK (version > 0),
  CONSTRAINT treasury_statement_lines_check CHECK (lines > 0),
  CONSTRAINT treasury_statement_document_check CHECK (document_no <> ''),
  CONSTRAINT treasury_statement_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month (plan_year, month)
);
CREATE TABLE treasury_line (
  statement_id integer NOT NULL,
  ordinal integer NOT NULL,
  national_code text NOT NULL,
  unit_code text,
  project_name text NOT NULL DEFAULT '',
  source_code text NOT NULL,
  carried_over boolean NOT NULL DEFAULT false,
  amount bigint NOT NULL,
  advance bigint NOT NULL DEFAULT 0,
  advance_recovered bigint NOT NULL DEFAULT 0,
  CONSTRAINT treasury_line_pk PRIMARY KEY (statement_id, ordinal),
  CONSTRAINT treasury_line_national_code_check CHECK (national_code ~ '^[0-9]{7}$'),
  CONSTRAINT treasury_line_amount_check CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991 AND advance BETWEEN 0 AND 9007199254740991 AND advance_recovered BETWEEN 0 AND 9007199254740991),
  CONSTRAINT treasury_line_statement_id_fk FOREIGN KEY (statement_id) REFERENCES treasury_statement (id),
  CONSTRAINT treasury_line_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit (code),
  CONSTRAINT treasury_line_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source (code)
);
CREATE UNIQUE INDEX treasury_line_of_project_unique
  ON treasury_line (statement_id, national_code, source_code, carried_over) WHERE unit_code IS NULL;
CREATE UNIQUE INDEX treasury_line_of_unit_unique
  ON treasury_line (statement_id, national_code, source_code, carried_over, unit_code) WHERE unit_code IS NOT NULL;
CREATE INDEX treasury_line_national_code_statement_id_index ON treasury_line (statement_id, national_code);

CREATE TABLE reconciliation_resolution (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  statement_id integer NOT NULL,
  cell_project text NOT NULL,
  source_code text NOT NULL,
  carried_over boolean NOT NULL,
  kind text NOT NULL,
  cause text NOT NULL,
  note text NOT NULL,
  books bigint NOT NULL,
  treasury bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT reconciliation_resolution_pk PRIMARY KEY (id),
  CONSTRAINT reconciliation_resolution_kind_check CHECK (kind IN ('note', 'entry')),
  CONSTRAINT reconciliation_resolution_note_check CHECK (note <> ''),
  CONSTRAINT reconciliation_resolution_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month (plan_year, month),
  CONSTRAINT reconciliation_resolution_statement_id_fk FOREIGN KEY (statement_id) REFERENCES treasury_statement (id),
  CONSTRAINT reconciliation_resolution_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source (code)
);
CREATE INDEX reconciliation_resolution_carried_over_cell_project_id_month_pl
  ON reconciliation_resolution (plan_year, month, cell_project, source_code, carried_over, id);

CREATE TABLE reconciliation_entry (
  entry_id integer NOT NULL,
  resolution_id integer NOT NULL,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  CONSTRAINT reconciliation_entry_pk PRIMARY KEY (entry_id),
  CONSTRAINT reconciliation_entry_entry_id_fk FOREIGN KEY (entry_id) REFERENCES disbursement_entry (id),
  CONSTRAINT reconciliation_entry_resolution_id_fk FOREIGN KEY (resolution_id) REFERENCES reconciliation_resolution (id),
  CONSTRAINT reconciliation_entry_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month (plan_year, month)
);
CREATE INDEX reconciliation_entry_month_plan_year_index ON reconciliation_entry (plan_year, month);

CREATE TABLE reconciliation_sign_off (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  action text NOT NULL,
  statement_id integer NOT NULL,
  entries bigint NOT NULL,
  differences integer NOT NULL,
  books bigint NOT NULL,
  treasury bigint NOT NULL,
  reason text,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT reconciliation_sign_off_pk PRIMARY KEY (id),
  CONSTRAINT reconciliation_sign_off_action_check CHECK (action IN ('signed', 'withdrawn')),
  CONSTRAINT reconciliation_sign_off_reason_check CHECK (reason <> '' AND (action = 'signed' OR reason IS NOT NULL)),
  CONSTRAINT reconciliation_sign_off_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month (plan_year, month),
  CONSTRAINT reconciliation_sign_off_statement_id_fk FOREIGN KEY (statement_id) REFERENCES treasury_statement (id)
);
CREATE INDEX reconciliation_sign_off_id_month_plan_year_index ON reconciliation_sign_off (plan_year, month, id);
`;

const APPEND_ONLY = [
  'treasury_statement',
  'treasury_line',
  'reconciliation_resolution',
  'reconciliation_entry',
  'reconciliation_sign_off',
]
  .map(
    (table) => `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
  )
  .join('\n');

/**
 * Books against the newest statement of a month, one row per project × source × series, differing or not. A project
 * without a national code of its own stands under its parent's if that has one. Transfers between units are no money
 * paid; a correcting entry counts in the month that it corrects. `state`: matched, corrected (matched by a correcting
 * entry), open, lapsed (answered, but the figures changed), accepted (answered by a note). Reads the entries by unit,
 * because that is the index that knows the month.
 */
const CELLS = `
CREATE FUNCTION reconciliation_cell(of_year int, of_month int)
RETURNS TABLE (cell_project text, project_code text, national_code text, source_code text, carried_over boolean,
  books bigint, treasury bigint, books_recovered bigint, treasury_recovered bigint, treasury_advance bigint,
  entry_unit text, line_unit text, project_name text, has_line boolean, resolution_id int, state text)
LANGUAGE sql STABLE AS $$
  WITH paid AS (
    SELECT e.project_code, e.source_code, e.carried_over, sum(e.amount) AS amount,
           -coalesce(sum(e.amount) FILTER (WHERE e.kind = 'advance-recovery'), 0) AS recovered, max(e.unit_code) AS unit_code
    FROM disbursement_entry AS e
    WHERE e.plan_year = of_year AND e.month = of_month AND e.unit_code = ANY (ARRAY(SELECT u.code FROM unit AS u))
      AND e.basis = 'actual' AND e.kind <> 'transfer'
      AND NOT EXISTS (SELECT FROM reconciliation_entry AS c WHERE c.entry_id = e.id AND c.month <> e.month)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT e.project_code, e.source_code, e.carried_over, sum(e.amount),
           -coalesce(sum(e.amount) FILTER (WHERE e.kind = 'advance-recovery'), 0), max(e.unit_code)
    FROM reconciliation_entry AS c JOIN disbursement_entry AS e ON e.id = c.entry_id
    WHERE c.plan_year = of_year AND c.month = of_month AND e.month <> c.month
    GROUP BY 1, 2, 3
  ), booked AS (
    SELECT CASE WHEN p.national_code IS NULL AND up.national_code IS NOT NULL THEN up.code ELSE p.code END AS project_code,
           coalesce(p.national_code, up.national_code) AS national_code, paid.source_code, paid.carried_over,
           sum(paid.amount) AS amount, sum(paid.recovered) AS recovered, max(paid.unit_code) AS unit_code
    FROM paid JOIN project AS p ON p.code = paid.project_code LEFT JOIN project AS up ON up.code = p.parent_code
    GROUP BY 1, 2, 3, 4
  ), stated AS (
    SELECT coalesce(p.code, 'KB:' || l.national_code) AS cell_project, p.code AS project_code, l.national_code,
           l.source_code, l.carried_over, sum(l.amount) AS amount, sum(l.advance) AS advance,
           sum(l.advance_recovered) AS recovered, max(l.unit_code) AS unit_code, max(l.project_name) AS project_name
    FROM treasury_line AS l LEFT JOIN project AS p ON p.national_code = l.national_code
    WHERE l.statement_id = (SELECT s.id FROM treasury_statement AS s
                            WHERE s.plan_year = of_year AND s.month = of_month ORDER BY s.version DESC LIMIT 1)
    GROUP BY 1, 2, 3, 4, 5
  ), answered AS (
    SELECT DISTINCT ON (r.cell_project, r.source_code, r.carried_over) r.*
    FROM reconciliation_resolution AS r WHERE r.plan_year = of_year AND r.month = of_month
    ORDER BY r.cell_project, r.source_code, r.carried_over, r.id DESC
  ), cell AS (
    SELECT coalesce(b.project_code, t.cell_project) AS cell_project, coalesce(b.project_code, t.project_code) AS project_code,
           coalesce(b.national_code, t.national_code) AS national_code,
           coalesce(b.source_code, t.source_code) AS source_code, coalesce(b.carried_over, t.carried_over) AS carried_over,
           coalesce(b.amount, 0)::bigint AS books, coalesce(t.amount, 0)::bigint AS treasury,
           coalesce(b.recovered, 0)::bigint AS books_recovered, coalesce(t.recovered, 0)::bigint AS treasury_recovered,
           coalesce(t.advance, 0)::bigint AS treasury_advance, b.unit_code AS entry_unit, t.unit_code AS line_unit,
           t.project_name, t.cell_project IS NOT NULL AS has_line
    FROM booked AS b FULL JOIN stated AS t
      ON t.cell_project = b.project_code AND t.source_code = b.source_code AND t.carried_over = b.carried_over
  )
  SELECT c.*, r.id,
         CASE WHEN c.books = c.treasury THEN CASE WHEN r.kind = 'entry' THEN 'corrected' ELSE 'matched' END
              WHEN r.id IS NULL THEN 'open'
              WHEN (r.books, r.treasury) <> (c.books, c.treasury) THEN 'lapsed'
              WHEN r.kind = 'note' THEN 'accepted'
              ELSE 'open' END
  FROM cell AS c LEFT JOIN answered AS r
    ON r.cell_project = c.cell_project AND r.source_code = c.source_code AND r.carried_over = c.carried_over
$$;
`;

const STATEMENT_FROZEN = `
CREATE FUNCTION refuse_line_of_finished_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  full_one int;
BEGIN
  SELECT s.id INTO full_one FROM treasury_statement AS s
    WHERE s.id IN (SELECT DISTINCT added.statement_id FROM added)
      AND s.lines < (SELECT count(*) FROM treasury_line AS l WHERE l.statement_id = s.id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'statement % is finished and takes no more lines', full_one
      USING ERRCODE = 'PT040', CONSTRAINT = 'statement_frozen', TABLE = 'treasury_line';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER a_statement_frozen AFTER INSERT ON treasury_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_line_of_finished_statement();

CREATE FUNCTION refuse_statement_short_of_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM treasury_line AS l WHERE l.statement_id = NEW.id) <> NEW.lines THEN
    RAISE EXCEPTION 'statement % has not the lines it says', NEW.id
      USING ERRCODE = 'PT040', CONSTRAINT = 'statement_frozen', TABLE = 'treasury_statement';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER b_statement_whole AFTER INSERT ON treasury_statement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_statement_short_of_lines();
`;

// The month's row is held against the entries' triggers, which take it FOR SHARE: an entry is either counted here or
// comes after the signature and makes it stale.
const SIGN_OFF = `
CREATE FUNCTION guard_reconciliation_sign_off() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  newest int;
  last_action text;
BEGIN
  PERFORM 1 FROM reporting_month AS m WHERE m.plan_year = NEW.plan_year AND m.month = NEW.month FOR NO KEY UPDATE;
  SELECT s.id INTO newest FROM treasury_statement AS s
    WHERE s.plan_year = NEW.plan_year AND s.month = NEW.month ORDER BY s.version DESC LIMIT 1;
  SELECT o.action INTO last_action FROM reconciliation_sign_off AS o
    WHERE o.plan_year = NEW.plan_year AND o.month = NEW.month ORDER BY o.id DESC LIMIT 1;
  IF NEW.action = 'withdrawn' AND last_action IS DISTINCT FROM 'signed' THEN
    RAISE EXCEPTION 'month % of % is not signed', NEW.month, NEW.plan_year
      USING ERRCODE = 'PT042', CONSTRAINT = 'sign_off_order', TABLE = TG_TABLE_NAME;
  END IF;
  IF NEW.action = 'signed' AND (newest IS DISTINCT FROM NEW.statement_id OR EXISTS (
       SELECT FROM reconciliation_cell(NEW.plan_year, NEW.month) AS c WHERE c.state IN ('open', 'lapsed'))) THEN
    RAISE EXCEPTION 'month % of % has open differences or a newer statement', NEW.month, NEW.plan_year
      USING ERRCODE = 'PT041', CONSTRAINT = 'sign_off_unresolved', TABLE = TG_TABLE_NAME;
  END IF;
  NEW.entries := (SELECT coalesce(sum(t.entries), 0) FROM disbursement_total AS t
                  WHERE t.plan_year = NEW.plan_year AND t.month = NEW.month AND t.basis = 'actual')
               + (SELECT count(*) FROM reconciliation_entry AS c
                  WHERE c.plan_year = NEW.plan_year AND c.month = NEW.month);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_reconciliation_sign_off BEFORE INSERT ON reconciliation_sign_off
  FOR EACH ROW EXECUTE FUNCTION guard_reconciliation_sign_off();
`;
