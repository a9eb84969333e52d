import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Capital: what a decision assigns in all beside its lines, what of it no project has yet, the medium-term plan and
 * the identity of projects. What must never happen is refused at the commit, when a decision is whole:
 * Each refusal tells its facts as JSON in DETAIL.
 *   PT007 decision_total      lines, or projects through later decisions, get more than the decision assigns in all
 *   PT007 unassigned_capital  more is taken from capital not yet assigned in detail than there is
 *   PT007 transfer_not_zero   a transfer that does not sum to zero on each basis and series
 *   PT007 decision_kind       a line that a decision of this kind cannot have
 *   PT007 plan_below_zero     a cancellation leaves a project below zero in some month
 *   PT007 detail_of_root      a detail decision names one that is itself a detail, of another year, or later
 */
export class Capital1732410000000 implements MigrationInterface {
  name = 'Capital1732410000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(SUMS);
    await db.query(KINDS);
    await db.query(AT_COMMIT);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION ${FUNCTIONS.join(', ')} CASCADE`);
    await db.query(
      'DROP TABLE medium_term_plan, unassigned_capital, allocation_decision_sum, allocation_decision_total',
    );
    await db.query('DROP INDEX allocation_line_plan_year_project_code_source_code_index');
    await db.query('ALTER TABLE allocation_decision DROP COLUMN details_decision_id');
    await db.query(`ALTER TABLE project DROP COLUMN investment_decision_no, DROP COLUMN investment_decision_date,
      DROP COLUMN opening_through_year, DROP COLUMN opening_allocated, DROP COLUMN opening_disbursed,
      DROP COLUMN updated_at`);
  }
}

const FUNCTIONS = [
  'add_decision_sums',
  'refuse_line_of_other_kind',
  'refuse_detail_of_detail',
  'check_decision_sum',
  'check_decision_total',
  'check_unassigned_capital',
  'refuse_decision_above_total',
];

const MAX = '9007199254740991';

const TABLES = `
ALTER TABLE project
  ADD COLUMN investment_decision_no text,
  ADD COLUMN investment_decision_date date,
  ADD COLUMN opening_through_year integer,
  ADD COLUMN opening_allocated bigint,
  ADD COLUMN opening_disbursed bigint,
  ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD CONSTRAINT project_investment_decision_check
    CHECK (investment_decision_no <> '' AND investment_decision_no IS NFC NORMALIZED
           AND (investment_decision_date IS NULL OR investment_decision_no IS NOT NULL)),
  ADD CONSTRAINT project_opening_check
    CHECK (num_nulls(opening_through_year, opening_allocated, opening_disbursed) IN (0, 3)
           AND opening_allocated BETWEEN 0 AND ${MAX} AND opening_disbursed BETWEEN 0 AND ${MAX});

ALTER TABLE allocation_decision ADD COLUMN details_decision_id integer;
ALTER TABLE allocation_decision ADD CONSTRAINT allocation_decision_details_decision_id_fk
  FOREIGN KEY (details_decision_id) REFERENCES allocation_decision(id);
CREATE INDEX allocation_decision_details_decision_id_index ON allocation_decision (details_decision_id);

CREATE TABLE allocation_decision_total (
  decision_id integer NOT NULL,
  source_code text NOT NULL,
  basis text NOT NULL,
  carried_over boolean NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT allocation_decision_total_pk PRIMARY KEY (decision_id, source_code, basis, carried_over),
  CONSTRAINT allocation_decision_total_basis_check CHECK (basis IN ('pm', 'province')),
  CONSTRAINT allocation_decision_total_amount_check CHECK (amount BETWEEN -${MAX} AND ${MAX}),
  CONSTRAINT allocation_decision_total_decision_id_fk FOREIGN KEY (decision_id) REFERENCES allocation_decision(id),
  CONSTRAINT allocation_decision_total_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source(code)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON allocation_decision_total
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE allocation_decision_sum (
  decision_id integer NOT NULL,
  source_code text NOT NULL,
  basis text NOT NULL,
  carried_over boolean NOT NULL,
  amount bigint NOT NULL,
  to_projects bigint NOT NULL,
  details_amount bigint NOT NULL,
  details_to_projects bigint NOT NULL,
  lines bigint NOT NULL,
  CONSTRAINT allocation_decision_sum_pk PRIMARY KEY (decision_id, source_code, basis, carried_over)
);

CREATE TABLE unassigned_capital (
  decision_id integer NOT NULL,
  unit_code text NOT NULL,
  source_code text NOT NULL,
  basis text NOT NULL,
  carried_over boolean NOT NULL,
  plan_year integer NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT unassigned_capital_pk PRIMARY KEY (decision_id, unit_code, source_code, basis, carried_over)
);
CREATE INDEX unassigned_capital_plan_year_unit_code_index ON unassigned_capital (plan_year, unit_code);

CREATE TABLE medium_term_plan (
  period_start integer NOT NULL,
  project_code text NOT NULL,
  source_code text NOT NULL,
  amount bigint NOT NULL,
  allocated_before bigint NOT NULL DEFAULT 0,
  decision_no text,
  decision_date date,
  updated_at timestamp with time zone NOT NULL,
  updated_by text NOT NULL,
  CONSTRAINT medium_term_plan_pk PRIMARY KEY (period_start, project_code, source_code),
  CONSTRAINT medium_term_plan_period_check CHECK (period_start BETWEEN 1000 AND 9999 AND period_start % 5 = 1),
  CONSTRAINT medium_term_plan_amount_check
    CHECK (amount BETWEEN 0 AND ${MAX} AND allocated_before BETWEEN 0 AND ${MAX}),
  CONSTRAINT medium_term_plan_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code),
  CONSTRAINT medium_term_plan_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source(code)
);
CREATE INDEX medium_term_plan_project_code_index ON medium_term_plan (project_code);

CREATE INDEX allocation_line_plan_year_project_code_source_code_index
  ON allocation_line (plan_year, project_code, source_code);
`;

// Kept as lines arrive. A detail decision also adds to the one it details: writers of one family wait for each other
// at its rows, so what the commit checks has no gap between them.
const SUMS = `
INSERT INTO allocation_decision_sum
  SELECT decision_id, source_code, basis, carried_over, sum(amount)::bigint,
         coalesce(sum(amount) FILTER (WHERE project_code IS NOT NULL), 0)::bigint, 0, 0, count(*)
  FROM allocation_line GROUP BY 1, 2, 3, 4;
INSERT INTO unassigned_capital
  SELECT decision_id, unit_code, source_code, basis, carried_over, plan_year, sum(amount)::bigint
  FROM allocation_line WHERE project_code IS NULL GROUP BY 1, 2, 3, 4, 5, 6;

CREATE FUNCTION add_decision_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO allocation_decision_sum AS s
    (decision_id, source_code, basis, carried_over, amount, to_projects, details_amount, details_to_projects, lines)
    SELECT k.decision_id, k.source_code, k.basis, k.carried_over,
           sum(k.amount * (1 - k.detail))::bigint, sum(k.to_projects * (1 - k.detail))::bigint,
           sum(k.amount * k.detail)::bigint, sum(k.to_projects * k.detail)::bigint, sum(k.lines * (1 - k.detail))
    FROM (
      SELECT a.decision_id, d.details_decision_id, a.source_code, a.basis, a.carried_over, sum(a.amount) AS amount,
             coalesce(sum(a.amount) FILTER (WHERE a.project_code IS NOT NULL), 0) AS to_projects, count(*) AS lines
      FROM added AS a JOIN allocation_decision AS d ON d.id = a.decision_id GROUP BY 1, 2, 3, 4, 5
    ) AS own
    CROSS JOIN LATERAL (
      SELECT own.decision_id, own.source_code, own.basis, own.carried_over, own.amount, own.to_projects, own.lines,
             0 AS detail
      UNION ALL
      SELECT own.details_decision_id, own.source_code, own.basis, own.carried_over, own.amount, own.to_projects,
             own.lines, 1
      WHERE own.details_decision_id IS NOT NULL
    ) AS k
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (decision_id, source_code, basis, carried_over) DO UPDATE
    SET amount = s.amount + excluded.amount, to_projects = s.to_projects + excluded.to_projects,
        details_amount = s.details_amount + excluded.details_amount,
        details_to_projects = s.details_to_projects + excluded.details_to_projects,
        lines = s.lines + excluded.lines;
  INSERT INTO unassigned_capital AS u (decision_id, unit_code, source_code, basis, carried_over, plan_year, amount)
    SELECT coalesce(d.details_decision_id, d.id), a.unit_code, a.source_code, a.basis, a.carried_over, a.plan_year,
           sum(a.amount)::bigint
    FROM added AS a JOIN allocation_decision AS d ON d.id = a.decision_id
    WHERE a.project_code IS NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (decision_id, unit_code, source_code, basis, carried_over)
    DO UPDATE SET amount = u.amount + excluded.amount;
  RETURN NULL;
END $$;
CREATE TRIGGER d_decision_sums AFTER INSERT ON allocation_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_decision_sums();
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON allocation_decision_sum
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON unassigned_capital
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();
`;

const KINDS = `
CREATE FUNCTION refuse_line_of_other_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  SELECT d.number, d.kind INTO wrong FROM added AS a JOIN allocation_decision AS d ON d.id = a.decision_id
    WHERE (d.kind = 'carried-over' AND NOT a.carried_over) OR (d.kind = 'cancelled' AND a.amount >= 0) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'decision % is % and cannot have such a line', wrong.number, wrong.kind
      USING ERRCODE = 'PT007', CONSTRAINT = 'decision_kind', TABLE = TG_TABLE_NAME,
        DETAIL = jsonb_build_object('decision', wrong.number, 'kind', wrong.kind);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER b_decision_kind AFTER INSERT ON allocation_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_line_of_other_kind();

CREATE FUNCTION refuse_detail_of_detail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM allocation_decision AS root WHERE root.id = NEW.details_decision_id
      AND (root.details_decision_id IS NOT NULL OR root.plan_year <> NEW.plan_year
           OR root.effective_date > NEW.effective_date)
  ) THEN
    RAISE EXCEPTION 'decision % cannot detail decision %', NEW.number, NEW.details_decision_id
      USING ERRCODE = 'PT007', CONSTRAINT = 'detail_of_root', TABLE = TG_TABLE_NAME,
        DETAIL = jsonb_build_object('decision', NEW.number);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER detail_of_root BEFORE INSERT ON allocation_decision
  FOR EACH ROW WHEN (NEW.details_decision_id IS NOT NULL) EXECUTE FUNCTION refuse_detail_of_detail();
`;

// Deferred: a decision may be written in several statements and is judged when it is whole. Each function reads the
// present state, not the row that queued it.
const AT_COMMIT = `
CREATE FUNCTION refuse_decision_above_total(judged int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  decision allocation_decision%ROWTYPE;
  wrong record;
BEGIN
  SELECT * INTO STRICT decision FROM allocation_decision WHERE id = judged;
  SELECT k.* INTO wrong FROM (
      SELECT s.source_code, s.basis, s.amount + s.details_amount AS found,
             CASE
               WHEN t.amount IS NOT NULL THEN t.amount
               WHEN EXISTS (SELECT FROM allocation_decision_total WHERE decision_id = judged) THEN 0
               ELSE s.amount
             END AS stated
      FROM allocation_decision_sum AS s
      LEFT JOIN allocation_decision_total AS t USING (decision_id, source_code, basis, carried_over)
      WHERE s.decision_id = judged
      UNION ALL
      -- What a decision takes away must say where; what it gives may wait for its details.
      SELECT t.source_code, t.basis, coalesce(s.amount, 0), t.amount
      FROM allocation_decision_total AS t
      LEFT JOIN allocation_decision_sum AS s USING (decision_id, source_code, basis, carried_over)
      WHERE t.decision_id = judged AND t.amount < 0
    ) AS k WHERE k.found > k.stated ORDER BY k.basis, k.source_code LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'decision % assigns % of % (%) and lines take %', decision.number, wrong.stated,
      wrong.source_code, wrong.basis, wrong.found
      USING ERRCODE = 'PT007', CONSTRAINT = 'decision_total', TABLE = 'allocation_line',
        DETAIL = jsonb_build_object('decision', decision.number, 'source', wrong.source_code, 'basis', wrong.basis,
          'total', wrong.stated::text, 'lines', wrong.found::text);
  END IF;
  SELECT basis, sum(amount) AS amount INTO wrong FROM allocation_decision_sum
    WHERE decision_id = judged AND decision.kind = 'transfer'
    GROUP BY basis, carried_over HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'transfer % does not sum to zero', decision.number
      USING ERRCODE = 'PT007', CONSTRAINT = 'transfer_not_zero', TABLE = 'allocation_line',
        DETAIL = jsonb_build_object('decision', decision.number, 'amount', wrong.amount::text);
  END IF;
END $$;

CREATE FUNCTION check_decision_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  PERFORM refuse_decision_above_total(NEW.decision_id);
  IF NOT EXISTS (SELECT FROM allocation_decision WHERE id = NEW.decision_id AND kind = 'cancelled') THEN
    RETURN NULL;
  END IF;
  -- Two cancellations of one project wait for each other; adding to it goes on meanwhile.
  PERFORM 1 FROM project WHERE code IN (SELECT project_code FROM allocation_line WHERE decision_id = NEW.decision_id)
    ORDER BY code FOR NO KEY UPDATE;
  SELECT r.project_code, r.month, r.amount INTO wrong FROM (
      SELECT l.project_code, l.effective_month AS month,
             sum(sum(l.amount)) OVER (PARTITION BY l.project_code ORDER BY l.effective_month) AS amount
      FROM allocation_line AS l
      WHERE l.plan_year = (SELECT plan_year FROM allocation_decision WHERE id = NEW.decision_id)
        AND l.project_code IN (SELECT project_code FROM allocation_line WHERE decision_id = NEW.decision_id)
        AND l.source_code = NEW.source_code AND l.basis = NEW.basis AND l.carried_over = NEW.carried_over
      GROUP BY l.project_code, l.effective_month
    ) AS r WHERE r.amount < 0 ORDER BY r.project_code, r.month LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'project % would have % in month %', wrong.project_code, wrong.amount, wrong.month
      USING ERRCODE = 'PT007', CONSTRAINT = 'plan_below_zero', TABLE = 'allocation_line',
        DETAIL = jsonb_build_object('project', wrong.project_code, 'source', NEW.source_code, 'basis', NEW.basis,
          'month', wrong.month, 'amount', wrong.amount::text);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decision_sum AFTER INSERT OR UPDATE ON allocation_decision_sum
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_decision_sum();

CREATE FUNCTION check_decision_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_decision_above_total(NEW.decision_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decision_total AFTER INSERT ON allocation_decision_total
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_decision_total();

CREATE FUNCTION check_unassigned_capital() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rest bigint;
BEGIN
  SELECT amount INTO STRICT rest FROM unassigned_capital
    WHERE (decision_id, unit_code, source_code, basis, carried_over)
        = (NEW.decision_id, NEW.unit_code, NEW.source_code, NEW.basis, NEW.carried_over);
  IF rest >= 0 THEN
    RETURN NULL;
  END IF;
  -- Below zero is only what a decision draws from the unit's capital without naming where it came from.
  IF NOT EXISTS (
    SELECT FROM allocation_line AS l JOIN allocation_decision AS d ON d.id = l.decision_id
    WHERE d.details_decision_id = NEW.decision_id AND l.project_code IS NULL AND l.amount < 0
      AND (l.unit_code, l.source_code, l.basis, l.carried_over)
        = (NEW.unit_code, NEW.source_code, NEW.basis, NEW.carried_over)
  ) THEN
    PERFORM 1 FROM unit WHERE code = NEW.unit_code FOR NO KEY UPDATE;
    SELECT sum(amount) INTO rest FROM unassigned_capital
      WHERE (plan_year, unit_code, source_code, basis, carried_over)
          = (NEW.plan_year, NEW.unit_code, NEW.source_code, NEW.basis, NEW.carried_over);
  END IF;
  IF rest < 0 THEN
    RAISE EXCEPTION 'unit % has % too little of % (%) not yet assigned', NEW.unit_code, -rest, NEW.source_code, NEW.basis
      USING ERRCODE = 'PT007', CONSTRAINT = 'unassigned_capital', TABLE = 'allocation_line',
        DETAIL = jsonb_build_object('unit', NEW.unit_code, 'source', NEW.source_code, 'basis', NEW.basis,
          'amount', (-rest)::text);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER unassigned_capital AFTER INSERT OR UPDATE ON unassigned_capital
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.amount < 0) EXECUTE FUNCTION check_unassigned_capital();
`;
