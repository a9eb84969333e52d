import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the books, the rule's frozen results, notices, accounts and the audit chain. */
export class FirstTables1732320000000 implements MigrationInterface {
  name = 'FirstTables1732320000000';

  async up(db: QueryRunner): Promise<void> {
    // Exclusion of overlapping dates needs equality of texts in a GiST index.
    await db.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await db.query(TABLES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE ${[...TABLE_NAMES].reverse().join(', ')}`);
  }
}

const TABLE_NAMES = [
  'outbox_message',
  'instance_setting',
  'idempotency_record',
  'audit_event',
  'audit_head',
  'unit',
  'place',
  'inspection_team',
  'team_area',
  'funding_source',
  'project',
  'project_unit',
  'project_place',
  'key_project_list',
  'key_project',
  'press_project',
  'reporting_month',
  'monthly_report',
  'allocation_decision',
  'allocation_line',
  'allocation_total',
  'disbursement_entry',
  'disbursement_total',
  'policy_version',
  'evaluation',
  'evaluation_average',
  'evaluation_line',
  'warning_case',
  'warning_case_step',
  'notice',
  'notice_line',
  'account',
  'account_scope',
  'session',
  'api_token',
];

const TABLES = `
CREATE TABLE outbox_message (
  id integer GENERATED ALWAYS AS IDENTITY,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  dispatched_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  done_at timestamptz,
  last_error text,
  CONSTRAINT outbox_message_pk PRIMARY KEY (id),
  CONSTRAINT outbox_message_attempts_check CHECK (attempts >= 0)
);
CREATE TABLE instance_setting (
  singleton boolean NOT NULL,
  province_name text NOT NULL,
  illustrative boolean NOT NULL,
  business_date date,
  CONSTRAINT instance_setting_pk PRIMARY KEY (singleton),
  CONSTRAINT instance_setting_one_row_check CHECK (singleton)
);
CREATE TABLE idempotency_record (
  actor text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  status integer,
  answer text,
  created_at timestamptz NOT NULL,
  CONSTRAINT idempotency_record_pk PRIMARY KEY (actor, key)
);
CREATE TABLE audit_event (
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  body text NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL,
  CONSTRAINT audit_event_pk PRIMARY KEY (seq),
  CONSTRAINT audit_event_seq_check CHECK (seq > 0)
);
CREATE TABLE audit_head (
  singleton boolean NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  CONSTRAINT audit_head_pk PRIMARY KEY (singleton),
  CONSTRAINT audit_head_one_row_check CHECK (singleton)
);
CREATE TABLE unit (
  code text NOT NULL,
  kind text NOT NULL,
  unit_group text NOT NULL,
  name text NOT NULL,
  short_name text NOT NULL,
  valid_from date,
  valid_to date,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT unit_pk PRIMARY KEY (code),
  CONSTRAINT unit_kind_check CHECK (kind IN ('investor', 'district', 'commune', 'reserve')),
  CONSTRAINT unit_code_check CHECK (code <> '' AND code = btrim(code) AND code IS NFC NORMALIZED),
  CONSTRAINT unit_name_check CHECK (name <> '' AND name IS NFC NORMALIZED AND short_name <> ''),
  CONSTRAINT unit_validity_check CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
CREATE TABLE place (
  code text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  valid_from date,
  valid_to date,
  CONSTRAINT place_pk PRIMARY KEY (code),
  CONSTRAINT place_kind_check CHECK (kind IN ('district', 'commune')),
  CONSTRAINT place_name_check CHECK (name <> '' AND name IS NFC NORMALIZED),
  CONSTRAINT place_validity_check CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);
CREATE TABLE inspection_team (
  code text NOT NULL,
  name text NOT NULL,
  is_fallback boolean NOT NULL DEFAULT false,
  CONSTRAINT inspection_team_pk PRIMARY KEY (code),
  CONSTRAINT inspection_team_name_check CHECK (name <> '' AND name IS NFC NORMALIZED)
);
CREATE TABLE team_area (
  id integer GENERATED ALWAYS AS IDENTITY,
  team_code text NOT NULL,
  unit_code text,
  place_code text,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT team_area_pk PRIMARY KEY (id),
  CONSTRAINT team_area_one_team_a_unit EXCLUDE USING gist (unit_code WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (unit_code IS NOT NULL),
  CONSTRAINT team_area_one_team_a_place EXCLUDE USING gist (place_code WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (place_code IS NOT NULL),
  CONSTRAINT team_area_subject_check CHECK (num_nonnulls(unit_code, place_code) = 1),
  CONSTRAINT team_area_validity_check CHECK (valid_to IS NULL OR valid_from <= valid_to)
);
CREATE TABLE funding_source (
  code text NOT NULL,
  name text NOT NULL,
  level text NOT NULL,
  CONSTRAINT funding_source_pk PRIMARY KEY (code),
  CONSTRAINT funding_source_level_check CHECK (level IN ('central', 'local', 'programme', 'other')),
  CONSTRAINT funding_source_name_check CHECK (name <> '' AND name IS NFC NORMALIZED)
);
CREATE TABLE project (
  code text NOT NULL,
  national_code text,
  name text NOT NULL,
  parent_code text,
  investor_name text,
  capital_type text NOT NULL,
  programme text NOT NULL DEFAULT 'none',
  total_investment bigint,
  total_investment_note text,
  source_note text NOT NULL DEFAULT '',
  CONSTRAINT project_pk PRIMARY KEY (code),
  CONSTRAINT project_code_check CHECK (code <> '' AND code = btrim(code) AND code IS NFC NORMALIZED),
  CONSTRAINT project_name_check CHECK (name <> '' AND name IS NFC NORMALIZED),
  CONSTRAINT project_national_code_check CHECK (national_code ~ '^[0-9]{7}$'),
  CONSTRAINT project_capital_type_check CHECK (capital_type IN ('public', 'ppp', 'non-budget', 'unknown')),
  CONSTRAINT project_programme_check CHECK (programme IN ('none', 'NTM', 'GNBV', 'DTTS')),
  CONSTRAINT project_parent_check CHECK (parent_code <> code),
  CONSTRAINT project_national_code_unique UNIQUE (national_code)
);
CREATE TABLE project_unit (
  id integer GENERATED ALWAYS AS IDENTITY,
  project_code text NOT NULL,
  unit_code text NOT NULL,
  valid_from date,
  valid_to date,
  CONSTRAINT project_unit_pk PRIMARY KEY (id),
  CONSTRAINT project_unit_one_at_a_time EXCLUDE USING gist (project_code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);
CREATE TABLE project_place (
  project_code text NOT NULL,
  place_code text NOT NULL,
  CONSTRAINT project_place_pk PRIMARY KEY (project_code, place_code)
);
CREATE TABLE key_project_list (
  year integer NOT NULL,
  declared_count integer NOT NULL,
  note_vi text NOT NULL,
  note_en text NOT NULL,
  CONSTRAINT key_project_list_pk PRIMARY KEY (year),
  CONSTRAINT key_project_list_declared_check CHECK (declared_count >= 0)
);
CREATE TABLE key_project (
  year integer NOT NULL,
  ordinal integer NOT NULL,
  project_code text,
  name text NOT NULL,
  capital_type text NOT NULL,
  origin text NOT NULL,
  CONSTRAINT key_project_pk PRIMARY KEY (year, ordinal),
  CONSTRAINT key_project_capital_type_check CHECK (capital_type IN ('public', 'ppp', 'non-budget', 'unknown')),
  CONSTRAINT key_project_origin_check CHECK (origin IN ('new', 'carried-over', 'unexplained')),
  CONSTRAINT key_project_ordinal_check CHECK (ordinal > 0)
);
CREATE TABLE press_project (
  year integer NOT NULL,
  project_code text NOT NULL,
  likelihood text NOT NULL,
  source_note text NOT NULL,
  CONSTRAINT press_project_pk PRIMARY KEY (year, project_code),
  CONSTRAINT press_project_likelihood_check CHECK (likelihood IN ('very-likely', 'unknown'))
);
CREATE TABLE reporting_month (
  plan_year integer NOT NULL,
  month integer NOT NULL,
  state text NOT NULL DEFAULT 'open',
  version integer NOT NULL DEFAULT 0,
  closed_on date,
  closed_at timestamptz,
  closed_by text,
  CONSTRAINT reporting_month_pk PRIMARY KEY (plan_year, month),
  CONSTRAINT reporting_month_number_check CHECK (month BETWEEN 1 AND 13),
  CONSTRAINT reporting_month_state_check CHECK (state IN ('open', 'closed', 'reopened')),
  CONSTRAINT reporting_month_closed_check CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE TABLE monthly_report (
  plan_year integer NOT NULL,
  month integer NOT NULL,
  unit_code text NOT NULL,
  submitted_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT monthly_report_pk PRIMARY KEY (plan_year, month, unit_code)
);
CREATE TABLE allocation_decision (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  number text NOT NULL,
  decision_date date NOT NULL,
  effective_date date NOT NULL,
  level text NOT NULL,
  kind text NOT NULL,
  note text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT allocation_decision_pk PRIMARY KEY (id),
  CONSTRAINT allocation_decision_number_check CHECK (number <> '' AND number IS NFC NORMALIZED),
  CONSTRAINT allocation_decision_level_check CHECK (level IN ('central', 'province')),
  CONSTRAINT allocation_decision_kind_check CHECK (kind IN ('initial', 'supplement', 'adjustment', 'transfer', 'carried-over', 'cancelled'))
);
CREATE TABLE allocation_line (
  id integer GENERATED ALWAYS AS IDENTITY,
  decision_id integer NOT NULL,
  plan_year integer NOT NULL,
  effective_month integer NOT NULL,
  basis text NOT NULL,
  carried_over boolean NOT NULL,
  unit_code text NOT NULL,
  project_code text,
  source_code text NOT NULL,
  amount bigint NOT NULL,
  CONSTRAINT allocation_line_pk PRIMARY KEY (id),
  CONSTRAINT allocation_line_basis_check CHECK (basis IN ('pm', 'province')),
  CONSTRAINT allocation_line_amount_check CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT allocation_line_month_check CHECK (effective_month BETWEEN 1 AND 13)
);
CREATE TABLE allocation_total (
  plan_year integer NOT NULL,
  effective_month integer NOT NULL,
  unit_code text NOT NULL,
  basis text NOT NULL,
  carried_over boolean NOT NULL,
  amount bigint NOT NULL,
  lines bigint NOT NULL,
  CONSTRAINT allocation_total_pk PRIMARY KEY (plan_year, effective_month, unit_code, basis, carried_over)
);
CREATE TABLE disbursement_entry (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  unit_code text NOT NULL,
  project_code text NOT NULL,
  source_code text NOT NULL,
  kind text NOT NULL,
  carried_over boolean NOT NULL DEFAULT false,
  basis text NOT NULL,
  amount bigint NOT NULL,
  document_no text,
  document_date date,
  reason text,
  corrects integer,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT disbursement_entry_pk PRIMARY KEY (id),
  CONSTRAINT disbursement_entry_month_check CHECK (month BETWEEN 1 AND 13),
  CONSTRAINT disbursement_entry_kind_check CHECK (kind IN ('payment', 'advance', 'advance-recovery', 'refund', 'correction', 'transfer')),
  CONSTRAINT disbursement_entry_basis_check CHECK (basis IN ('actual', 'estimate')),
  CONSTRAINT disbursement_entry_amount_check CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT disbursement_entry_reason_check CHECK (reason <> '' AND (reason IS NOT NULL OR ((amount >= 0 OR kind = 'advance-recovery') AND kind NOT IN ('refund', 'correction'))))
);
CREATE TABLE disbursement_total (
  plan_year integer NOT NULL,
  month integer NOT NULL,
  unit_code text NOT NULL,
  basis text NOT NULL,
  carried_over boolean NOT NULL,
  amount bigint NOT NULL,
  entries bigint NOT NULL,
  CONSTRAINT disbursement_total_pk PRIMARY KEY (plan_year, month, unit_code, basis, carried_over)
);
CREATE TABLE policy_version (
  plan_year integer NOT NULL,
  version integer NOT NULL,
  fields text NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT policy_version_pk PRIMARY KEY (plan_year, version),
  CONSTRAINT policy_version_version_check CHECK (version > 0)
);
CREATE TABLE evaluation (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  month_version integer NOT NULL,
  policy_version integer NOT NULL,
  inputs text NOT NULL,
  policy text NOT NULL,
  result text NOT NULL,
  input_hash text NOT NULL,
  policy_hash text NOT NULL,
  result_hash text NOT NULL,
  last_line_id integer NOT NULL,
  last_entry_id integer NOT NULL,
  evaluated_at timestamptz NOT NULL,
  CONSTRAINT evaluation_pk PRIMARY KEY (id),
  CONSTRAINT evaluation_input_hash_check CHECK (input_hash = encode(sha256(convert_to(inputs, 'UTF8')), 'hex')),
  CONSTRAINT evaluation_policy_hash_check CHECK (policy_hash = encode(sha256(convert_to(policy, 'UTF8')), 'hex')),
  CONSTRAINT evaluation_result_hash_check CHECK (result_hash = encode(sha256(convert_to(result, 'UTF8')), 'hex'))
);
CREATE TABLE evaluation_average (
  evaluation_id integer NOT NULL,
  month integer NOT NULL,
  unit_group text NOT NULL,
  method text NOT NULL,
  numerator text NOT NULL,
  denominator text NOT NULL,
  rated_units integer NOT NULL,
  pool_disbursed bigint,
  pool_plan bigint,
  CONSTRAINT evaluation_average_pk PRIMARY KEY (evaluation_id, month, unit_group)
);
CREATE TABLE evaluation_line (
  evaluation_id integer NOT NULL,
  month integer NOT NULL,
  unit_code text NOT NULL,
  status text NOT NULL,
  plan bigint NOT NULL,
  disbursed bigint NOT NULL,
  streak integer NOT NULL,
  flagged boolean NOT NULL,
  gap bigint NOT NULL,
  CONSTRAINT evaluation_line_pk PRIMARY KEY (evaluation_id, month, unit_code),
  CONSTRAINT evaluation_line_status_check CHECK (status IN ('not-rated', 'missing', 'below', 'at-or-above'))
);
CREATE TABLE warning_case (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  unit_code text NOT NULL,
  opened_month integer NOT NULL,
  state text NOT NULL,
  ended_month integer,
  end_reason text,
  CONSTRAINT warning_case_pk PRIMARY KEY (id),
  CONSTRAINT warning_case_state_check CHECK (state IN ('open', 'cleared', 'ended')),
  CONSTRAINT warning_case_end_check CHECK ((state = 'open') = (ended_month IS NULL)),
  CONSTRAINT warning_case_reason_check CHECK ((state = 'ended') = (end_reason IS NOT NULL))
);
CREATE TABLE warning_case_step (
  case_id integer NOT NULL,
  evaluation_id integer NOT NULL,
  month integer NOT NULL,
  change text NOT NULL,
  CONSTRAINT warning_case_step_pk PRIMARY KEY (case_id, evaluation_id),
  CONSTRAINT warning_case_step_change_check CHECK (change IN ('new', 'continuing', 'paused', 'cleared', 'ended'))
);
CREATE TABLE notice (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  month_version integer NOT NULL,
  audience text NOT NULL,
  recipient text NOT NULL,
  recipient_name text NOT NULL,
  is_fallback boolean NOT NULL DEFAULT false,
  state text NOT NULL,
  subject text NOT NULL,
  evaluation_id integer,
  created_at timestamptz NOT NULL,
  issued_at timestamptz,
  released_by text,
  acknowledged_at timestamptz,
  acknowledged_by text,
  acknowledgement_note text,
  CONSTRAINT notice_pk PRIMARY KEY (id),
  CONSTRAINT notice_audience_check CHECK (audience IN ('team', 'unit', 'announcement', 'staff')),
  CONSTRAINT notice_state_check CHECK (state IN ('draft', 'issued', 'acknowledged')),
  CONSTRAINT notice_issued_check CHECK ((state = 'draft') = (issued_at IS NULL)),
  CONSTRAINT notice_acknowledged_check CHECK ((state = 'acknowledged') = (acknowledged_at IS NOT NULL))
);
CREATE TABLE notice_line (
  notice_id integer NOT NULL,
  ordinal integer NOT NULL,
  kind text NOT NULL,
  unit_code text NOT NULL,
  case_id integer,
  streak integer NOT NULL,
  plan bigint NOT NULL,
  disbursed bigint NOT NULL,
  gap bigint NOT NULL,
  CONSTRAINT notice_line_pk PRIMARY KEY (notice_id, ordinal),
  CONSTRAINT notice_line_kind_check CHECK (kind IN ('new-case', 'continuing-case', 'missing-report'))
);
CREATE TABLE account (
  id integer GENERATED ALWAYS AS IDENTITY,
  username text NOT NULL,
  display_name text NOT NULL,
  role text NOT NULL,
  password_hash text NOT NULL,
  is_demonstration boolean NOT NULL DEFAULT false,
  disabled_at timestamptz,
  CONSTRAINT account_pk PRIMARY KEY (id),
  CONSTRAINT account_role_check CHECK (role IN ('admin', 'staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor')),
  CONSTRAINT account_username_check CHECK (username = lower(username) AND username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  CONSTRAINT account_username_unique UNIQUE (username)
);
CREATE TABLE account_scope (
  id integer GENERATED ALWAYS AS IDENTITY,
  account_id integer NOT NULL,
  unit_code text,
  team_code text,
  CONSTRAINT account_scope_pk PRIMARY KEY (id),
  CONSTRAINT account_scope_subject_check CHECK (num_nonnulls(unit_code, team_code) = 1)
);
CREATE TABLE session (
  secret_hash text NOT NULL,
  account_id integer NOT NULL,
  csrf_token text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT session_pk PRIMARY KEY (secret_hash)
);
CREATE TABLE api_token (
  id integer GENERATED ALWAYS AS IDENTITY,
  secret_hash text NOT NULL,
  name text NOT NULL,
  account_id integer NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CONSTRAINT api_token_pk PRIMARY KEY (id),
  CONSTRAINT api_token_secret_hash_unique UNIQUE (secret_hash)
);
CREATE INDEX outbox_message_due_index ON outbox_message (id) WHERE done_at IS NULL;
CREATE INDEX idempotency_record_created_at_index ON idempotency_record (created_at);
CREATE INDEX audit_event_object_id_object_type_seq_index ON audit_event (object_type, object_id, seq);
CREATE UNIQUE INDEX inspection_team_one_fallback_index ON inspection_team (is_fallback) WHERE is_fallback;
CREATE INDEX project_parent_code_index ON project (parent_code);
CREATE INDEX project_unit_unit_code_index ON project_unit (unit_code);
CREATE INDEX project_place_place_code_index ON project_place (place_code);
CREATE UNIQUE INDEX allocation_decision_number_unique ON allocation_decision (plan_year, number, decision_date);
CREATE INDEX allocation_line_decision_id_index ON allocation_line (decision_id);
CREATE INDEX allocation_line_project_code_index ON allocation_line (project_code);
CREATE INDEX allocation_line_effective_month_plan_year_unit_code_index ON allocation_line (plan_year, unit_code, effective_month);
CREATE INDEX disbursement_entry_estimate_index ON disbursement_entry (plan_year, unit_code, project_code, month) WHERE basis = 'estimate';
CREATE INDEX disbursement_entry_month_plan_year_project_code_index ON disbursement_entry (project_code, plan_year, month);
CREATE INDEX disbursement_entry_month_plan_year_unit_code_index ON disbursement_entry (plan_year, unit_code, month);
CREATE UNIQUE INDEX evaluation_once_unique ON evaluation (plan_year, month, month_version, policy_version);
CREATE INDEX evaluation_line_evaluation_id_unit_code_index ON evaluation_line (unit_code, evaluation_id);
CREATE UNIQUE INDEX warning_case_one_open_index ON warning_case (plan_year, unit_code) WHERE state = 'open';
CREATE UNIQUE INDEX warning_case_run_unique ON warning_case (plan_year, unit_code, opened_month);
CREATE INDEX warning_case_step_evaluation_id_index ON warning_case_step (evaluation_id);
CREATE INDEX notice_audience_recipient_state_index ON notice (audience, recipient, state);
CREATE UNIQUE INDEX notice_once_unique ON notice (plan_year, month, month_version, audience, recipient);
CREATE INDEX notice_line_unit_code_index ON notice_line (unit_code);
CREATE INDEX account_scope_account_id_index ON account_scope (account_id);
CREATE INDEX session_account_id_index ON session (account_id);
CREATE INDEX api_token_account_id_index ON api_token (account_id);
ALTER TABLE team_area ADD CONSTRAINT team_area_team_code_fk FOREIGN KEY (team_code) REFERENCES inspection_team(code);
ALTER TABLE team_area ADD CONSTRAINT team_area_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE team_area ADD CONSTRAINT team_area_place_code_fk FOREIGN KEY (place_code) REFERENCES place(code);
ALTER TABLE project ADD CONSTRAINT project_parent_code_fk FOREIGN KEY (parent_code) REFERENCES project(code);
ALTER TABLE project_unit ADD CONSTRAINT project_unit_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE project_unit ADD CONSTRAINT project_unit_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE project_place ADD CONSTRAINT project_place_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE project_place ADD CONSTRAINT project_place_place_code_fk FOREIGN KEY (place_code) REFERENCES place(code);
ALTER TABLE key_project ADD CONSTRAINT key_project_year_fk FOREIGN KEY (year) REFERENCES key_project_list(year);
ALTER TABLE key_project ADD CONSTRAINT key_project_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE press_project ADD CONSTRAINT press_project_year_fk FOREIGN KEY (year) REFERENCES key_project_list(year);
ALTER TABLE press_project ADD CONSTRAINT press_project_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE monthly_report ADD CONSTRAINT monthly_report_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE monthly_report ADD CONSTRAINT monthly_report_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE allocation_line ADD CONSTRAINT allocation_line_decision_id_fk FOREIGN KEY (decision_id) REFERENCES allocation_decision(id);
ALTER TABLE allocation_line ADD CONSTRAINT allocation_line_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE allocation_line ADD CONSTRAINT allocation_line_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE allocation_line ADD CONSTRAINT allocation_line_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source(code);
ALTER TABLE allocation_line ADD CONSTRAINT allocation_line_effective_month_plan_year_fk FOREIGN KEY (plan_year, effective_month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE disbursement_entry ADD CONSTRAINT disbursement_entry_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE disbursement_entry ADD CONSTRAINT disbursement_entry_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code);
ALTER TABLE disbursement_entry ADD CONSTRAINT disbursement_entry_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source(code);
ALTER TABLE disbursement_entry ADD CONSTRAINT disbursement_entry_corrects_fk FOREIGN KEY (corrects) REFERENCES disbursement_entry(id);
ALTER TABLE disbursement_entry ADD CONSTRAINT disbursement_entry_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE evaluation ADD CONSTRAINT evaluation_plan_year_policy_version_fk FOREIGN KEY (plan_year, policy_version) REFERENCES policy_version(plan_year,version);
ALTER TABLE evaluation ADD CONSTRAINT evaluation_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE evaluation_average ADD CONSTRAINT evaluation_average_evaluation_id_fk FOREIGN KEY (evaluation_id) REFERENCES evaluation(id);
ALTER TABLE evaluation_line ADD CONSTRAINT evaluation_line_evaluation_id_fk FOREIGN KEY (evaluation_id) REFERENCES evaluation(id);
ALTER TABLE evaluation_line ADD CONSTRAINT evaluation_line_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE warning_case ADD CONSTRAINT warning_case_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE warning_case_step ADD CONSTRAINT warning_case_step_case_id_fk FOREIGN KEY (case_id) REFERENCES warning_case(id);
ALTER TABLE warning_case_step ADD CONSTRAINT warning_case_step_evaluation_id_fk FOREIGN KEY (evaluation_id) REFERENCES evaluation(id);
ALTER TABLE notice ADD CONSTRAINT notice_evaluation_id_fk FOREIGN KEY (evaluation_id) REFERENCES evaluation(id);
ALTER TABLE notice ADD CONSTRAINT notice_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year,month);
ALTER TABLE notice_line ADD CONSTRAINT notice_line_notice_id_fk FOREIGN KEY (notice_id) REFERENCES notice(id);
ALTER TABLE notice_line ADD CONSTRAINT notice_line_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE notice_line ADD CONSTRAINT notice_line_case_id_fk FOREIGN KEY (case_id) REFERENCES warning_case(id);
ALTER TABLE account_scope ADD CONSTRAINT account_scope_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id);
ALTER TABLE account_scope ADD CONSTRAINT account_scope_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code);
ALTER TABLE account_scope ADD CONSTRAINT account_scope_team_code_fk FOREIGN KEY (team_code) REFERENCES inspection_team(code);
ALTER TABLE session ADD CONSTRAINT session_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id);
ALTER TABLE api_token ADD CONSTRAINT api_token_account_id_fk FOREIGN KEY (account_id) REFERENCES account(id);
`;
