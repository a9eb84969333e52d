import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Guards that look up what an added row names do so row by row in an index, whatever the statistics say. An ANALYZE in
 * the middle of a large insert sees pages full of rows that nobody has committed, tells the planner that the table is
 * empty, and a join that suits an empty table looks at every added row beside every row of the table: hours.
 */
export class GuardPlans1732510000000 implements MigrationInterface {
  name = 'GuardPlans1732510000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
CREATE OR REPLACE FUNCTION refuse_correction_of_another_series() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  wrong disbursement_entry%ROWTYPE;
BEGIN
  SELECT added.* INTO wrong FROM added
    CROSS JOIN LATERAL (SELECT e.* FROM disbursement_entry AS e WHERE e.id = added.corrects LIMIT 1) AS named
    WHERE added.corrects IS NOT NULL
      AND (named.plan_year, named.unit_code, named.project_code, named.source_code, named.carried_over)
       <> (added.plan_year, added.unit_code, added.project_code, added.source_code, added.carried_over)
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % is of another unit, project, source, series or plan year', wrong.corrects
      USING ERRCODE = 'PT007', CONSTRAINT = 'corrects_same_series', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION refuse_payment_above_leaf() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  parent text;
BEGIN
  SELECT of_parent.code INTO parent FROM (SELECT DISTINCT added.project_code FROM added) AS paid
    CROSS JOIN LATERAL (SELECT p.parent_code AS code FROM project AS p WHERE p.parent_code = paid.project_code LIMIT 1)
      AS of_parent
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'project % has components: capital and money sit on them', parent
      USING ERRCODE = 'PT006', CONSTRAINT = 'leaf_projects_only', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION refuse_warning_in_closed_month() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  warned record;
BEGIN
  FOR warned IN
    SELECT DISTINCT of_entry.plan_year, of_entry.month FROM added
      CROSS JOIN LATERAL (SELECT e.plan_year, e.month FROM disbursement_entry AS e WHERE e.id = added.entry_id LIMIT 1)
        AS of_entry
      ORDER BY 1, 2
  LOOP
    PERFORM 1 FROM reporting_month AS m WHERE (m.plan_year, m.month) = (warned.plan_year, warned.month) FOR SHARE;
    IF EXISTS (SELECT FROM reporting_month AS m
               WHERE (m.plan_year, m.month) = (warned.plan_year, warned.month) AND m.state = 'closed') THEN
      RAISE EXCEPTION 'a closed month takes no warning'
        USING ERRCODE = 'PT002', CONSTRAINT = 'month_closed', TABLE = TG_TABLE_NAME;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- Components are few: each project's are looked up in the index.
CREATE OR REPLACE FUNCTION projects_in_places(places text[]) RETURNS TABLE (code text) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE inside (code) AS (
    SELECT pp.project_code FROM project_place AS pp WHERE pp.place_code = ANY(places)
    UNION
    SELECT part.code FROM inside CROSS JOIN LATERAL (
      SELECT p.code FROM project AS p WHERE p.parent_code = inside.code
        AND NOT EXISTS (SELECT FROM project_place AS own WHERE own.project_code = p.code) OFFSET 0
    ) AS part
  )
  SELECT inside.code FROM inside
$$;

-- Decisions are few enough to be read whole.
ALTER FUNCTION add_decision_sums SET enable_nestloop = off;
ALTER FUNCTION refuse_line_of_other_kind SET enable_nestloop = off;
`);
  }

  async down(db: QueryRunner): Promise<void> {
    // The functions stay as they are here: they refuse what they refused before.
    await db.query(`
ALTER FUNCTION refuse_correction_of_another_series RESET ALL;
ALTER FUNCTION refuse_payment_above_leaf RESET ALL;
ALTER FUNCTION refuse_warning_in_closed_month RESET ALL;
ALTER FUNCTION add_decision_sums RESET ALL;
ALTER FUNCTION refuse_line_of_other_kind RESET ALL;
`);
  }
}
