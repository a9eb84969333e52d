import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A fallback team always exists; a change of the policy is proposed by one person and confirmed by another. */
export class Settings1732504000001 implements MigrationInterface {
  name = 'Settings1732504000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
CREATE FUNCTION refuse_office_without_fallback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM inspection_team) AND NOT EXISTS (SELECT FROM inspection_team WHERE is_fallback) THEN
    RAISE EXCEPTION 'some team must answer for what no team looks after' USING ERRCODE = 'PT010', CONSTRAINT = 'team_fallback_exists';
  END IF;
  RETURN NULL;
END $$`);
    await db.query(`
CREATE CONSTRAINT TRIGGER team_fallback_exists AFTER UPDATE OR DELETE ON inspection_team
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_office_without_fallback()`);
    await db.query(`
CREATE TABLE policy_proposal (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  base_version integer NOT NULL,
  fields text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  proposed_at timestamptz NOT NULL,
  proposed_by text NOT NULL,
  decided_at timestamptz,
  decided_by text,
  CONSTRAINT policy_proposal_pk PRIMARY KEY (id),
  CONSTRAINT policy_proposal_state_check CHECK (state IN ('open', 'confirmed', 'withdrawn')),
  CONSTRAINT policy_proposal_reason_check CHECK (reason <> '' AND reason IS NFC NORMALIZED),
  CONSTRAINT policy_proposal_decided_check CHECK ((state = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  CONSTRAINT policy_proposal_four_eyes_check CHECK (state <> 'confirmed' OR decided_by <> proposed_by)
)`);
    await db.query(
      `CREATE UNIQUE INDEX policy_proposal_one_open_index ON policy_proposal (plan_year) WHERE state = 'open'`,
    );
    await db.query(`
ALTER TABLE policy_version ADD COLUMN proposal_id integer,
  ADD CONSTRAINT policy_version_proposal_id_fk FOREIGN KEY (proposal_id) REFERENCES policy_proposal(id)`);
    // A version after the first stands on a proposal that another person confirmed, with the same fields.
    await db.query(`
CREATE FUNCTION refuse_unconfirmed_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version > 1 AND NOT EXISTS (
    SELECT FROM policy_proposal AS p WHERE p.id = NEW.proposal_id AND p.state = 'confirmed'
      AND p.plan_year = NEW.plan_year AND p.fields = NEW.fields AND p.decided_by = NEW.recorded_by) THEN
    RAISE EXCEPTION 'a policy takes effect when a second person confirmed it' USING ERRCODE = 'PT010', CONSTRAINT = 'policy_version_confirmed';
  END IF;
  RETURN NEW;
END $$`);
    await db.query(`
CREATE TRIGGER policy_version_confirmed BEFORE INSERT ON policy_version
  FOR EACH ROW EXECUTE FUNCTION refuse_unconfirmed_policy()`);
    // What was proposed and by whom never changes; what was decided stays decided.
    await db.query(`
CREATE FUNCTION refuse_changed_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open'
     OR (NEW.id, NEW.plan_year, NEW.base_version, NEW.fields, NEW.reason, NEW.proposed_at, NEW.proposed_by)
        IS DISTINCT FROM (OLD.id, OLD.plan_year, OLD.base_version, OLD.fields, OLD.reason, OLD.proposed_at, OLD.proposed_by) THEN
    RAISE EXCEPTION 'a proposal of a policy does not change' USING ERRCODE = 'PT010', CONSTRAINT = 'policy_proposal_fixed';
  END IF;
  RETURN NEW;
END $$`);
    await db.query(`
CREATE TRIGGER policy_proposal_fixed BEFORE UPDATE OR DELETE ON policy_proposal
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_proposal()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER policy_version_confirmed ON policy_version');
    await db.query('ALTER TABLE policy_version DROP COLUMN proposal_id');
    await db.query('DROP TABLE policy_proposal');
    await db.query('DROP TRIGGER team_fallback_exists ON inspection_team');
    await db.query('DROP FUNCTION refuse_unconfirmed_policy, refuse_changed_proposal, refuse_office_without_fallback');
  }
}
