import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The comparison with the Treasury, kept instead of computed at every look: 200,000 projects take seconds to compare,
 * a page of what differs is read from an index. Only months with a statement have figures. The triggers compute them
 * anew from entries, lines and answers wherever one of these comes in; nobody writes them by hand (PT005). A signature
 * trusts none of it: it compares the whole month itself.
 */
export class ReconciliationFigures1732420000000 implements MigrationInterface {
  name = 'ReconciliationFigures1732420000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLE);
    await db.query(CELLS);
    await db.query(REFRESH);
    await db.query(`
      SELECT refresh_reconciliation(m.plan_year, m.month, NULL, '{}')
      FROM (SELECT DISTINCT plan_year, month FROM treasury_statement) AS m`);
    await db.query(TRIGGERS);
  }

  async down(db: QueryRunner): Promise<void> {
    // reconciliation_cell stays as it is here: it says what it said before.
    await db.query(`
      DROP FUNCTION keep_reconciliation_of_entries, keep_reconciliation_of_corrections,
        keep_reconciliation_of_answers, keep_reconciliation_of_statement, keep_reconciliation_of_projects CASCADE;
      DROP FUNCTION refresh_reconciliation, reconciliation_cell_of;
      DROP TABLE reconciliation_figure;
      DROP INDEX project_unit_project_code_index;
    `);
  }
}

const TABLE = `
CREATE TABLE reconciliation_figure (
  plan_year integer NOT NULL,
  month integer NOT NULL,
  cell_project text NOT NULL,
  source_code text NOT NULL,
  carried_over boolean NOT NULL,
  project_code text,
  national_code text,
  books bigint NOT NULL,
  treasury bigint NOT NULL,
  books_recovered bigint NOT NULL,
  treasury_recovered bigint NOT NULL,
  treasury_advance bigint NOT NULL,
  entry_unit text,
  line_unit text,
  project_name text,
  minus_distance bigint NOT NULL,
  resolution_id integer,
  state text NOT NULL,
  CONSTRAINT reconciliation_figure_pk PRIMARY KEY (plan_year, month, cell_project, source_code, carried_over),
  CONSTRAINT reconciliation_figure_state_check CHECK (state IN ('matched', 'corrected', 'open', 'lapsed', 'accepted'))
);
CREATE INDEX reconciliation_figure_differing_index
  ON reconciliation_figure (plan_year, month, minus_distance, cell_project, source_code, carried_over)
  WHERE state <> 'matched';
CREATE INDEX project_unit_project_code_index ON project_unit (project_code);
`;

const FIGURE = `cell_project, source_code, carried_over, project_code, national_code, books, treasury, books_recovered,
  treasury_recovered, treasury_advance, entry_unit, line_unit, project_name, minus_distance, resolution_id, state`;

const FIGURE_OF_CELL = FIGURE.replace('minus_distance', '-abs(books - treasury)');

/** Books against the newest statement (1732410004000-treasury says what counts how), of all or of the entries and lines given. */
function cells(entriesOf: string, linesOf: string): string {
  return `
  WITH paid AS (
    SELECT e.project_code, e.source_code, e.carried_over, sum(e.amount) AS amount,
           -coalesce(sum(e.amount) FILTER (WHERE e.kind = 'advance-recovery'), 0) AS recovered, max(e.unit_code) AS unit_code
    FROM disbursement_entry AS e
    WHERE e.plan_year = of_year AND e.month = of_month AND ${entriesOf}
      AND e.basis = 'actual' AND e.kind <> 'transfer'
      AND NOT EXISTS (SELECT FROM reconciliation_entry AS c WHERE c.entry_id = e.id AND c.month <> e.month)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT e.project_code, e.source_code, e.carried_over, sum(e.amount),
           -coalesce(sum(e.amount) FILTER (WHERE e.kind = 'advance-recovery'), 0), max(e.unit_code)
    FROM reconciliation_entry AS c JOIN disbursement_entry AS e ON e.id = c.entry_id
    WHERE c.plan_year = of_year AND c.month = of_month AND e.month <> c.month AND ${entriesOf}
    GROUP BY 1, 2, 3
  ), booked AS (
    SELECT CASE WHEN p.national_code IS NULL AND up.national_code IS NOT NULL THEN up.code ELSE p.code END AS project_code,
           max(coalesce(p.national_code, up.national_code)) AS national_code, paid.source_code, paid.carried_over,
           sum(paid.amount) AS amount, sum(paid.recovered) AS recovered, max(paid.unit_code) AS unit_code
    FROM paid JOIN project AS p ON p.code = paid.project_code LEFT JOIN project AS up ON up.code = p.parent_code
    GROUP BY 1, 3, 4
  ), stated AS (
    SELECT coalesce(max(p.code), 'KB:' || l.national_code) AS cell_project, max(p.code) AS project_code, l.national_code,
           l.source_code, l.carried_over, sum(l.amount) AS amount, sum(l.advance) AS advance,
           sum(l.advance_recovered) AS recovered, max(l.unit_code) AS unit_code, max(l.project_name) AS project_name
    FROM treasury_line AS l LEFT JOIN project AS p ON p.national_code = l.national_code
    WHERE l.statement_id = (SELECT s.id FROM treasury_statement AS s
                            WHERE s.plan_year = of_year AND s.month = of_month ORDER BY s.version DESC LIMIT 1)
      AND ${linesOf}
    GROUP BY l.national_code, l.source_code, l.carried_over
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
    ON r.cell_project = c.cell_project AND r.source_code = c.source_code AND r.carried_over = c.carried_over`;
}

const CELL_COLUMNS = `cell_project text, project_code text, national_code text, source_code text, carried_over boolean,
  books bigint, treasury bigint, books_recovered bigint, treasury_recovered bigint, treasury_advance bigint,
  entry_unit text, line_unit text, project_name text, has_line boolean, resolution_id int, state text`;

// Of a month the entries are read by unit, because that is the index that knows the month; of projects by project.
const CELLS = `
CREATE OR REPLACE FUNCTION reconciliation_cell(of_year int, of_month int)
RETURNS TABLE (${CELL_COLUMNS})
LANGUAGE sql STABLE SET work_mem = '64MB' SET jit = off AS $$
  ${cells('e.unit_code = ANY (ARRAY(SELECT u.code FROM unit AS u))', 'true')}
$$;

CREATE FUNCTION reconciliation_cell_of(of_year int, of_month int, of_projects text[], of_codes text[])
RETURNS TABLE (${CELL_COLUMNS})
LANGUAGE sql STABLE SET jit = off AS $$
  ${cells('e.project_code = ANY (of_projects)', 'l.national_code = ANY (of_codes)')}
$$;
`;

// The turn is taken before the figures are read, so that of two who book for one project the second sees the first.
const REFRESH = `
CREATE FUNCTION refresh_reconciliation(of_year int, of_month int, of_projects text[], of_codes text[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  family text[];
  codes text[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('reconciliation figures'), of_year * 100 + of_month);
  IF of_projects IS NULL THEN
    DELETE FROM reconciliation_figure AS f WHERE f.plan_year = of_year AND f.month = of_month;
    INSERT INTO reconciliation_figure (plan_year, month, ${FIGURE})
      SELECT of_year, of_month, ${FIGURE_OF_CELL} FROM reconciliation_cell(of_year, of_month);
    RETURN;
  END IF;
  -- A component may stand under its parent: whoever touches one touches all of the family.
  SELECT array_agg(DISTINCT p.code), array_agg(DISTINCT p.national_code) FILTER (WHERE p.national_code IS NOT NULL)
    INTO family, codes
    FROM (
      SELECT unnest(of_projects) AS code
      UNION SELECT p.parent_code FROM project AS p WHERE p.code = ANY (of_projects) AND p.parent_code IS NOT NULL
    ) AS head JOIN project AS p ON p.code = head.code OR p.parent_code = head.code;
  family := coalesce(family, '{}');
  codes := coalesce(codes, '{}') || of_codes;
  DELETE FROM reconciliation_figure AS f
    WHERE f.plan_year = of_year AND f.month = of_month
      AND f.cell_project = ANY (family || of_projects || ARRAY(SELECT 'KB:' || c FROM unnest(codes) AS c));
  INSERT INTO reconciliation_figure (plan_year, month, ${FIGURE})
    SELECT of_year, of_month, ${FIGURE_OF_CELL} FROM reconciliation_cell_of(of_year, of_month, family, codes);
END $$;
`;

/** More projects than this at once: comparing the whole month costs less than looking each up. */
const MOST_LOOKED_UP = 5000;

const TRIGGERS = `
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON reconciliation_figure
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();

CREATE FUNCTION keep_reconciliation_of_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched record;
BEGIN
  IF NOT EXISTS (SELECT FROM treasury_statement) THEN
    RETURN NULL;
  END IF;
  FOR touched IN
    SELECT a.plan_year, a.month, CASE WHEN count(*) <= ${MOST_LOOKED_UP} THEN array_agg(a.project_code) END AS projects
    FROM (SELECT DISTINCT plan_year, month, project_code FROM added WHERE basis = 'actual' AND kind <> 'transfer') AS a
    WHERE (a.plan_year, a.month) IN (SELECT s.plan_year, s.month FROM treasury_statement AS s)
    GROUP BY 1, 2 ORDER BY 1, 2
  LOOP
    PERFORM refresh_reconciliation(touched.plan_year, touched.month, touched.projects, '{}');
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER b_reconciliation AFTER INSERT ON disbursement_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_reconciliation_of_entries();

-- A correcting entry leaves the month it is booked in and counts in the one that it corrects.
CREATE FUNCTION keep_reconciliation_of_corrections() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched record;
BEGIN
  FOR touched IN
    SELECT m.plan_year, m.month, array_agg(DISTINCT m.project_code) AS projects
    FROM (
      SELECT a.plan_year, a.month, e.project_code FROM added AS a JOIN disbursement_entry AS e ON e.id = a.entry_id
      UNION ALL
      SELECT e.plan_year, e.month, e.project_code FROM added AS a JOIN disbursement_entry AS e ON e.id = a.entry_id
    ) AS m
    WHERE (m.plan_year, m.month) IN (SELECT s.plan_year, s.month FROM treasury_statement AS s)
    GROUP BY 1, 2 ORDER BY 1, 2
  LOOP
    PERFORM refresh_reconciliation(touched.plan_year, touched.month, touched.projects, '{}');
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER b_reconciliation AFTER INSERT ON reconciliation_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_reconciliation_of_corrections();

CREATE FUNCTION keep_reconciliation_of_answers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched record;
BEGIN
  FOR touched IN
    SELECT a.plan_year, a.month, array_agg(a.cell_project) AS projects,
           coalesce(array_agg(substr(a.cell_project, 4)) FILTER (WHERE a.cell_project LIKE 'KB:%'), '{}') AS codes
    FROM added AS a GROUP BY 1, 2 ORDER BY 1, 2
  LOOP
    PERFORM refresh_reconciliation(touched.plan_year, touched.month, touched.projects, touched.codes);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER b_reconciliation AFTER INSERT ON reconciliation_resolution REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_reconciliation_of_answers();

-- At the commit: a statement that was only tried and taken back is compared with nothing.
CREATE FUNCTION keep_reconciliation_of_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_reconciliation(NEW.plan_year, NEW.month, NULL, '{}');
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER c_reconciliation AFTER INSERT ON treasury_statement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_reconciliation_of_statement();

-- A national code or a parent that a project gets, changes or loses moves money between cells of every month.
CREATE FUNCTION keep_reconciliation_of_projects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  projects text[];
  codes text[];
  touched record;
BEGIN
  IF NOT EXISTS (SELECT FROM treasury_statement) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(c.code), array_agg(c.national_code) INTO projects, codes
      FROM changed AS c
      WHERE c.national_code IS NOT NULL
        AND EXISTS (SELECT FROM treasury_statement AS s JOIN reconciliation_figure AS f
                      ON f.plan_year = s.plan_year AND f.month = s.month AND f.cell_project = 'KB:' || c.national_code);
  ELSE
    SELECT array_agg(c.code) || coalesce(array_agg(o.parent_code) FILTER (WHERE o.parent_code IS NOT NULL), '{}'),
           coalesce(array_agg(c.national_code) FILTER (WHERE c.national_code IS NOT NULL), '{}')
           || coalesce(array_agg(o.national_code) FILTER (WHERE o.national_code IS NOT NULL), '{}')
      INTO projects, codes
      FROM changed AS c JOIN before AS o ON o.code = c.code
      WHERE (c.national_code, c.parent_code) IS DISTINCT FROM (o.national_code, o.parent_code);
  END IF;
  IF projects IS NULL THEN
    RETURN NULL;
  END IF;
  IF cardinality(projects) > ${MOST_LOOKED_UP} THEN
    projects := NULL;
  END IF;
  FOR touched IN SELECT DISTINCT s.plan_year, s.month FROM treasury_statement AS s ORDER BY 1, 2 LOOP
    PERFORM refresh_reconciliation(touched.plan_year, touched.month, projects, codes);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER b_reconciliation_new AFTER INSERT ON project REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_reconciliation_of_projects();
CREATE TRIGGER b_reconciliation_changed AFTER UPDATE ON project REFERENCING NEW TABLE AS changed OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION keep_reconciliation_of_projects();
`;
