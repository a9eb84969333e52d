import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The life of a notice (libs/notices/life-cycle.rule.ts): its states, the transitions as data, the steps it went.
 *   PT001 append_only       a state that does not follow, or something frozen that was to change
 *   PT061 notice_step_kept  a notice in a state that its steps do not tell
 */
export class NoticeLife1732600000000 implements MigrationInterface {
  name = 'NoticeLife1732600000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE notice DROP CONSTRAINT notice_state_check, DROP CONSTRAINT notice_acknowledged_check');
    await db.query(`
ALTER TABLE notice
  ADD CONSTRAINT notice_state_check CHECK (state IN (${list(STATES)})),
  ADD CONSTRAINT notice_acknowledged_check CHECK (
    CASE WHEN state IN ('draft', 'issued', 'delivered') THEN acknowledged_at IS NULL
         WHEN state IN ('acknowledged', 'planned', 'inspected', 'answered', 'resolved') THEN acknowledged_at IS NOT NULL
         ELSE true END)`);
    await db.query(`
CREATE TABLE notice_transition (
  course text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  CONSTRAINT notice_transition_pk PRIMARY KEY (course, from_state, to_state)
)`);
    for (const [course, transitions] of Object.entries(TRANSITIONS))
      for (const [from, to] of Object.entries(transitions))
        await db.query('INSERT INTO notice_transition SELECT $1, $2, unnest($3::text[])', [course, from, to]);
    await db.query(`
CREATE TABLE notice_step (
  id integer GENERATED ALWAYS AS IDENTITY,
  notice_id integer NOT NULL,
  what text NOT NULL,
  at timestamptz NOT NULL,
  by_name text NOT NULL,
  because text,
  month integer,
  CONSTRAINT notice_step_pk PRIMARY KEY (id),
  CONSTRAINT notice_step_what_check CHECK (what IN (${list([...STATES, ...MARKS])})),
  CONSTRAINT notice_step_month_check CHECK (month BETWEEN 1 AND 13),
  CONSTRAINT notice_step_notice_id_fk FOREIGN KEY (notice_id) REFERENCES notice(id)
)`);
    await db.query('CREATE UNIQUE INDEX notice_step_once_unique ON notice_step (notice_id, what)');
    // What is known of the notices that are there: when each was written, issued and acknowledged.
    await db.query(`
INSERT INTO notice_step (notice_id, what, at, by_name, because)
SELECT id, what, at, by_name, because FROM (
  SELECT id, 1 AS ordinal, 'draft' AS what, created_at AS at, 'Hệ thống' AS by_name, NULL AS because FROM notice
    WHERE state = 'draft' OR released_by IS NOT NULL
  UNION ALL SELECT id, 2, 'issued', issued_at, coalesce(released_by, 'Hệ thống'), NULL FROM notice WHERE issued_at IS NOT NULL
  UNION ALL SELECT id, 3, 'acknowledged', acknowledged_at, coalesce(acknowledged_by, ''), acknowledgement_note FROM notice
    WHERE acknowledged_at IS NOT NULL) AS known
ORDER BY id, ordinal`);
    for (const table of ['notice_step', 'notice_transition'])
      await db.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await db.query(guardNotice(BY_DATA));
    await db.query(`
CREATE FUNCTION refuse_untold_notice_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- As it stands at the commit: a notice may go through several states in one transaction.
  IF (SELECT n.state FROM notice AS n WHERE n.id = NEW.id) IS DISTINCT FROM
     (SELECT s.what FROM notice_step AS s WHERE s.notice_id = NEW.id AND s.what IN (${list(STATES)})
      ORDER BY s.id DESC LIMIT 1) THEN
    RAISE EXCEPTION 'the steps of notice % do not tell its state', NEW.id
      USING ERRCODE = 'PT061', CONSTRAINT = 'notice_step_kept', TABLE = 'notice';
  END IF;
  RETURN NULL;
END $$`);
    await db.query(`CREATE CONSTRAINT TRIGGER notice_step_kept AFTER INSERT OR UPDATE ON notice
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_untold_notice_state()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER notice_step_kept ON notice');
    await db.query('DROP FUNCTION refuse_untold_notice_state');
    await db.query(guardNotice(BEFORE));
    await db.query('DROP TABLE notice_step, notice_transition');
    await db.query('ALTER TABLE notice DROP CONSTRAINT notice_state_check, DROP CONSTRAINT notice_acknowledged_check');
    await db.query(`
ALTER TABLE notice
  ADD CONSTRAINT notice_state_check CHECK (state IN ('draft', 'issued', 'acknowledged')),
  ADD CONSTRAINT notice_acknowledged_check CHECK ((state = 'acknowledged') = (acknowledged_at IS NOT NULL))`);
  }
}

const STATES = [
  'draft',
  'issued',
  'delivered',
  'acknowledged',
  'planned',
  'inspected',
  'answered',
  'resolved',
  'closed',
  'withdrawn',
];
const MARKS = ['acknowledge', 'plan', 'answer'].flatMap((duty) =>
  ['due-soon', 'overdue', 'escalated'].map((mark) => `${duty}-${mark}`),
);

const TRANSITIONS: Record<string, Record<string, string[]>> = {
  team: {
    draft: ['issued'],
    issued: ['delivered', 'acknowledged', 'closed', 'withdrawn'],
    delivered: ['acknowledged', 'closed', 'withdrawn'],
    acknowledged: ['planned', 'inspected', 'resolved', 'closed', 'withdrawn'],
    planned: ['inspected', 'resolved', 'closed', 'withdrawn'],
    inspected: ['resolved', 'closed', 'withdrawn'],
    resolved: ['closed', 'withdrawn'],
    closed: ['withdrawn'],
  },
  unit: {
    draft: ['issued'],
    issued: ['delivered', 'acknowledged', 'closed', 'withdrawn'],
    delivered: ['acknowledged', 'closed', 'withdrawn'],
    acknowledged: ['answered', 'resolved', 'closed', 'withdrawn'],
    answered: ['resolved', 'closed', 'withdrawn'],
    resolved: ['closed', 'withdrawn'],
    closed: ['withdrawn'],
  },
  announcement: { draft: ['issued'], issued: ['delivered', 'withdrawn'], delivered: ['withdrawn'] },
  reminder: { issued: ['delivered', 'acknowledged'], delivered: ['acknowledged'] },
};

function list(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

const BEFORE = { follows: "(OLD.state, NEW.state) IN (('draft', 'issued'), ('issued', 'acknowledged'))", once: '' };
const BY_DATA = {
  follows: `EXISTS (SELECT FROM notice_transition AS t
      WHERE t.course = CASE WHEN OLD.step <> '' OR OLD.audience = 'staff' THEN 'reminder' ELSE OLD.audience END
        AND t.from_state = OLD.state AND t.to_state = NEW.state)`,
  once: `
     OR (OLD.acknowledged_at IS NOT NULL AND (NEW.acknowledged_at, NEW.acknowledged_by, NEW.acknowledgement_note)
         IS DISTINCT FROM (OLD.acknowledged_at, OLD.acknowledged_by, OLD.acknowledgement_note))`,
};

function guardNotice({ follows, once }: typeof BEFORE): string {
  const frozen = `plan_year month month_version audience recipient recipient_name is_fallback subject evaluation_id
    created_at step corrects`.split(/\s+/);
  const of = (row: string): string => frozen.map((column) => `${row}.${column}`).join(', ');
  return `
CREATE OR REPLACE FUNCTION guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only its way through the office moves. What it says is frozen, and when it was issued and acknowledged and by
  -- whom from then on.
  IF (${of('NEW')}) IS DISTINCT FROM (${of('OLD')})
     OR NOT ${follows}
     OR (OLD.issued_at IS NOT NULL AND (NEW.issued_at, NEW.released_by) IS DISTINCT FROM (OLD.issued_at, OLD.released_by))${once} THEN
    RAISE EXCEPTION 'notice % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'notice';
  END IF;
  RETURN NEW;
END $$;
`;
}
