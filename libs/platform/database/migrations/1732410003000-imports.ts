import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files on their way into the books: what was sent, what was read, what it would change. */
export class Imports1732410003000 implements MigrationInterface {
  name = 'Imports1732410003000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
ALTER TABLE disbursement_entry DROP COLUMN import_id;
DROP TABLE import_mapping, import_row, import_file_chunk, import_batch, staged_disbursement;
DROP FUNCTION guard_import_batch, disbursement_entry_text;
`);
  }
}

const TABLES = `
CREATE TABLE import_batch (
  id integer GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  file_name text NOT NULL,
  bytes integer NOT NULL DEFAULT 0,
  content_hash text,
  import_key text,
  choices jsonb NOT NULL,
  state text NOT NULL DEFAULT 'receiving',
  rows_read integer NOT NULL DEFAULT 0,
  bytes_read integer NOT NULL DEFAULT 0,
  reading jsonb,
  layouts jsonb,
  plan_years jsonb,
  difference jsonb,
  books_version text,
  failure jsonb,
  repeat_of integer,
  reason text,
  entries integer NOT NULL DEFAULT 0,
  rows_hash text,
  is_illustrative boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  read_at timestamptz,
  committed_at timestamptz,
  committed_by text,
  CONSTRAINT import_batch_pk PRIMARY KEY (id),
  CONSTRAINT import_batch_repeat_of_fk FOREIGN KEY (repeat_of) REFERENCES import_batch (id),
  CONSTRAINT import_batch_state_check CHECK (state IN ('receiving', 'waiting', 'reading', 'ready', 'committed', 'failed', 'discarded')),
  CONSTRAINT import_batch_committed_check CHECK ((state = 'committed') = (committed_at IS NOT NULL)),
  CONSTRAINT import_batch_failed_check CHECK ((state = 'failed') = (failure IS NOT NULL)),
  CONSTRAINT import_batch_received_check CHECK ((state = 'receiving') = (import_key IS NULL))
);
CREATE UNIQUE INDEX import_batch_pending_once_index ON import_batch (import_key, created_by)
  WHERE state IN ('waiting', 'reading', 'ready');
CREATE INDEX import_batch_key_index ON import_batch (import_key);

CREATE TABLE import_file_chunk (
  batch_id integer NOT NULL,
  ordinal integer NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT import_file_chunk_pk PRIMARY KEY (batch_id, ordinal),
  CONSTRAINT import_file_chunk_batch_id_fk FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
);
-- Workbooks are packed already, and packing a csv here would take longer than storing it.
ALTER TABLE import_file_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE import_row (
  batch_id integer NOT NULL,
  ordinal integer NOT NULL,
  row integer NOT NULL,
  outcome text NOT NULL,
  values jsonb NOT NULL,
  columns jsonb NOT NULL,
  before jsonb,
  problems jsonb NOT NULL,
  was_read boolean NOT NULL DEFAULT false,
  CONSTRAINT import_row_pk PRIMARY KEY (batch_id, ordinal),
  CONSTRAINT import_row_batch_id_fk FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE,
  CONSTRAINT import_row_outcome_check CHECK (outcome IN ('new', 'changed', 'same', 'rejected'))
);
CREATE INDEX import_row_batch_id_ordinal_outcome_index ON import_row (batch_id, outcome, ordinal);

CREATE TABLE import_mapping (
  username text NOT NULL,
  kind text NOT NULL,
  mapping jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  CONSTRAINT import_mapping_pk PRIMARY KEY (username, kind)
);

CREATE UNLOGGED TABLE staged_disbursement (
  batch_id integer NOT NULL,
  ordinal integer NOT NULL,
  row integer NOT NULL,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  unit_code text NOT NULL,
  project_code text NOT NULL,
  source_code text NOT NULL,
  kind text NOT NULL,
  carried_over boolean NOT NULL,
  basis text NOT NULL,
  amount bigint NOT NULL,
  document_no text,
  document_date date,
  reason text,
  corrects integer,
  layout integer NOT NULL DEFAULT 0,
  outcome text NOT NULL DEFAULT 'new',
  merged_into integer,
  rows integer NOT NULL DEFAULT 1,
  total bigint,
  before bigint,
  last_entry_id integer,
  problems jsonb,
  CONSTRAINT staged_disbursement_pk PRIMARY KEY (batch_id, ordinal)
);

-- The import that wrote the entry. No foreign key: it would cost each of 200,000 rows a look at the same one row,
-- which the commit holds locked anyway.
ALTER TABLE disbursement_entry ADD COLUMN import_id integer;
`;

const GUARDS = `
CREATE FUNCTION guard_import_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'committed' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'import % is committed and changes no more', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'import_batch';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_import_batch BEFORE UPDATE OR DELETE ON import_batch
  FOR EACH ROW EXECUTE FUNCTION guard_import_batch();
CREATE TRIGGER append_only BEFORE TRUNCATE ON import_batch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON import_file_chunk
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One entry as one line of text: what the rolling hash of a batch is computed over. Free text is escaped as COPY does,
-- so that one text stands for one entry. Of columns, not of a row: so it is written out in the query that calls it.
CREATE FUNCTION disbursement_entry_text(
  id int, plan_year int, month int, unit_code text, project_code text, source_code text, kind text,
  carried_over boolean, basis text, amount bigint, document_no text, document_date date, reason text, corrects int
) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(E'\\t', id, plan_year, month, unit_code, project_code, source_code, kind, carried_over::int, basis,
                   amount,
                   coalesce(replace(replace(replace(document_no, E'\\\\', E'\\\\\\\\'), E'\\t', E'\\\\t'), E'\\n', E'\\\\n'), ''),
                   coalesce(to_char(document_date, 'YYYY-MM-DD'), ''),
                   coalesce(replace(replace(replace(reason, E'\\\\', E'\\\\\\\\'), E'\\t', E'\\\\t'), E'\\n', E'\\\\n'), ''),
                   coalesce(corrects::text, '')) || E'\\n'
$$;
`;
