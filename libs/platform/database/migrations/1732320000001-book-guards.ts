import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What must never happen, refused by the database itself. Each refusal has SQLSTATE class PT and a constraint name
 * that the program turns into a sentence:
 *   PT001 append_only        a row that is only ever added was to be changed or removed
 *   PT002 month_closed       a write to the books of a closed month
 *   PT003 month_order        a month out of order, or a state that does not follow
 *   PT004 effective_month    a line's month is not the one of its decision's effective date
 *   PT005 kept_by_database   totals or the audit head were written by hand
 *   PT006 leaf_projects_only capital or money on a project that has components
 */
export class BookGuards1732320000001 implements MigrationInterface {
  name = 'BookGuards1732320000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(AUDIT_CHAIN);
    await db.query(APPEND_ONLY);
    await db.query(MONTHS);
    await db.query(CLOSED_MONTHS);
    await db.query(LEAF_PROJECTS);
    await db.query(TOTALS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION ${FUNCTIONS.map((name) => `${name}`).join(', ')} CASCADE`);
    await db.query('DELETE FROM audit_head');
  }
}

const FUNCTIONS = [
  'chain_audit_event',
  'refuse_outside_trigger',
  'refuse_change',
  'guard_notice',
  'guard_reporting_month',
  'effective_month',
  'refuse_entry_in_closed_month',
  'refuse_line_in_closed_month',
  'refuse_payment_above_leaf',
  'refuse_component_of_funded_project',
  'add_allocation_total',
  'add_disbursement_total',
];

const APPEND_ONLY_TABLES = [
  'audit_event',
  'allocation_decision',
  'allocation_line',
  'disbursement_entry',
  'monthly_report',
  'policy_version',
  'evaluation',
  'evaluation_average',
  'evaluation_line',
  'warning_case_step',
  'notice_line',
];

const AUDIT_CHAIN = `
INSERT INTO audit_head (singleton, seq, hash) VALUES (true, 0, repeat('0', 64));

CREATE FUNCTION chain_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_head%ROWTYPE;
BEGIN
  -- Held until the commit: events are chained in the order in which their transactions commit.
  SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.previous_hash := head.hash;
  NEW.hash := encode(sha256(convert_to(NEW.seq || E'\\n' || NEW.previous_hash || E'\\n' || NEW.body, 'UTF8')), 'hex');
  UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER chain_audit_event BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION chain_audit_event();

CREATE FUNCTION refuse_outside_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' OR pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% is kept by the database', TG_TABLE_NAME
      USING ERRCODE = 'PT005', CONSTRAINT = 'kept_by_database', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON allocation_total
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();
CREATE TRIGGER refuse_outside_trigger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON disbursement_total
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_outside_trigger();
`;

const APPEND_ONLY = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% takes no %: it is only ever added to', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = TG_TABLE_NAME;
END $$;
${APPEND_ONLY_TABLES.map(
  (table) =>
    `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
).join('\n')}
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON warning_case FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON unit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only its way through the office moves: draft → issued → acknowledged. What it says is frozen.
  IF (NEW.plan_year, NEW.month, NEW.month_version, NEW.audience, NEW.recipient, NEW.recipient_name, NEW.is_fallback,
      NEW.subject, NEW.evaluation_id, NEW.created_at)
     IS DISTINCT FROM
     (OLD.plan_year, OLD.month, OLD.month_version, OLD.audience, OLD.recipient, OLD.recipient_name, OLD.is_fallback,
      OLD.subject, OLD.evaluation_id, OLD.created_at)
     OR (OLD.state, NEW.state) NOT IN (('draft', 'issued'), ('issued', 'acknowledged')) THEN
    RAISE EXCEPTION 'notice % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'notice';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_notice BEFORE UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION guard_notice();
`;

const MONTHS = `
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON reporting_month
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_reporting_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed_before int;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR NEW.version <> 0 THEN
      RAISE EXCEPTION 'month % of % must begin open', NEW.month, NEW.plan_year
        USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.plan_year, NEW.month) <> (OLD.plan_year, OLD.month)
     OR (OLD.state, NEW.state) NOT IN (('open', 'closed'), ('closed', 'reopened'), ('reopened', 'closed'))
     OR NEW.version <> OLD.version + (NEW.state = 'closed')::int THEN
    RAISE EXCEPTION 'month % of % cannot go from % to %', OLD.month, OLD.plan_year, OLD.state, NEW.state
      USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
  END IF;
  IF NEW.state = 'closed' THEN
    -- All of them, not only the last: an earlier one may have been reopened. Shared, so that none is meanwhile.
    PERFORM 1 FROM reporting_month
      WHERE plan_year = NEW.plan_year AND month < NEW.month ORDER BY month FOR SHARE;
    SELECT count(*) INTO closed_before FROM reporting_month
      WHERE plan_year = NEW.plan_year AND month < NEW.month AND state = 'closed';
    IF closed_before < NEW.month - 1 THEN
      RAISE EXCEPTION 'month % of % closes after all months before it', NEW.month, NEW.plan_year
        USING ERRCODE = 'PT003', CONSTRAINT = 'month_order';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_reporting_month BEFORE INSERT OR UPDATE ON reporting_month
  FOR EACH ROW EXECUTE FUNCTION guard_reporting_month();

CREATE FUNCTION effective_month(plan_year int, day date) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN day > make_date(plan_year + 1, 1, 31) THEN NULL
    WHEN day >= make_date(plan_year + 1, 1, 1) THEN 13
    WHEN day < make_date(plan_year, 2, 1) THEN 1
    ELSE extract(month FROM day)::int
  END
$$;
`;

// The month's row is taken FOR SHARE: a close of it waits for this transaction, or this one finds the month closed.
const CLOSED_MONTHS = `
CREATE FUNCTION refuse_entry_in_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed reporting_month%ROWTYPE;
BEGIN
  PERFORM 1 FROM reporting_month AS m
    WHERE (m.plan_year, m.month) IN (SELECT DISTINCT added.plan_year, added.month FROM added)
    ORDER BY m.plan_year, m.month FOR SHARE;
  SELECT m.* INTO closed FROM reporting_month AS m
    WHERE m.state = 'closed'
      AND (m.plan_year, m.month) IN (SELECT DISTINCT added.plan_year, added.month FROM added)
    ORDER BY m.plan_year, m.month LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'month % of % is closed', closed.month, closed.plan_year
      USING ERRCODE = 'PT002', CONSTRAINT = 'month_closed', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER a_month_open AFTER INSERT ON disbursement_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_in_closed_month();
CREATE TRIGGER a_month_open AFTER INSERT ON monthly_report REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_in_closed_month();

CREATE FUNCTION refuse_line_in_closed_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed reporting_month%ROWTYPE;
BEGIN
  PERFORM 1 FROM reporting_month AS m
    WHERE (m.plan_year, m.month) IN (SELECT DISTINCT added.plan_year, added.effective_month FROM added)
    ORDER BY m.plan_year, m.month FOR SHARE;
  SELECT m.* INTO closed FROM reporting_month AS m
    WHERE m.state = 'closed'
      AND (m.plan_year, m.month) IN (SELECT DISTINCT added.plan_year, added.effective_month FROM added)
    ORDER BY m.plan_year, m.month LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'month % of % is closed', closed.month, closed.plan_year
      USING ERRCODE = 'PT002', CONSTRAINT = 'month_closed', TABLE = TG_TABLE_NAME;
  END IF;
  IF EXISTS (
    SELECT FROM added JOIN allocation_decision AS d ON d.id = added.decision_id
    WHERE added.plan_year <> d.plan_year
       OR added.effective_month IS DISTINCT FROM effective_month(d.plan_year, d.effective_date)
  ) THEN
    RAISE EXCEPTION 'a line takes effect in the month of its decision'
      USING ERRCODE = 'PT004', CONSTRAINT = 'effective_month', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER a_month_open AFTER INSERT ON allocation_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_line_in_closed_month();
`;

const LEAF_PROJECTS = `
CREATE FUNCTION refuse_payment_above_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent text;
BEGIN
  SELECT p.parent_code INTO parent FROM project AS p
    WHERE p.parent_code IN (SELECT DISTINCT added.project_code FROM added) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'project % has components: capital and money sit on them', parent
      USING ERRCODE = 'PT006', CONSTRAINT = 'leaf_projects_only', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER b_leaf_projects_only AFTER INSERT ON allocation_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_above_leaf();
CREATE TRIGGER b_leaf_projects_only AFTER INSERT ON disbursement_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_above_leaf();

CREATE FUNCTION refuse_component_of_funded_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Lines and entries hold their project FOR KEY SHARE through the foreign key: one of the two waits for the other.
  PERFORM 1 FROM project WHERE code = NEW.parent_code FOR UPDATE;
  IF NEW.parent_code IS NOT NULL AND (
    EXISTS (SELECT FROM allocation_line WHERE project_code = NEW.parent_code)
    OR EXISTS (SELECT FROM disbursement_entry WHERE project_code = NEW.parent_code)
  ) THEN
    RAISE EXCEPTION 'project % holds capital or money itself and takes no components', NEW.parent_code
      USING ERRCODE = 'PT006', CONSTRAINT = 'leaf_projects_only', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER leaf_projects_only BEFORE INSERT OR UPDATE OF parent_code ON project
  FOR EACH ROW EXECUTE FUNCTION refuse_component_of_funded_project();
`;

// Groups are added in key order, so that two writers take the same rows in the same order.
const TOTALS = `
CREATE FUNCTION add_allocation_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO allocation_total AS t (plan_year, effective_month, unit_code, basis, carried_over, amount, lines)
    SELECT plan_year, effective_month, unit_code, basis, carried_over, sum(amount)::bigint, count(*)
    FROM added GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (plan_year, effective_month, unit_code, basis, carried_over)
    DO UPDATE SET amount = t.amount + excluded.amount, lines = t.lines + excluded.lines;
  RETURN NULL;
END $$;
CREATE TRIGGER c_totals AFTER INSERT ON allocation_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_allocation_total();

CREATE FUNCTION add_disbursement_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO disbursement_total AS t (plan_year, month, unit_code, basis, carried_over, amount, entries)
    SELECT plan_year, month, unit_code, basis, carried_over, sum(amount)::bigint, count(*)
    FROM added GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (plan_year, month, unit_code, basis, carried_over)
    DO UPDATE SET amount = t.amount + excluded.amount, entries = t.entries + excluded.entries;
  RETURN NULL;
END $$;
CREATE TRIGGER c_totals AFTER INSERT ON disbursement_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_disbursement_total();
`;
