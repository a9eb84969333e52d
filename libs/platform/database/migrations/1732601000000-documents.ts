import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Official documents. Refused by the database itself:
 *   PT061 document_frozen    a document with a number, its files or a template was to be changed or removed
 *   PT061 document_begins    a document that does not begin as a draft
 *   PT061 document_identity  a draft that would become the draft of something else
 *   PT061 document_released  a number for a letter or an announcement that no second approver released
 *   PT061 document_files     a document that was numbered without both its files
 */
export class Documents1732601000000 implements MigrationInterface {
  name = 'Documents1732601000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE document_template_version, document_file, document');
    await db.query(
      'DROP FUNCTION guard_document, refuse_frozen_document, refuse_document_without_files, refuse_late_document_file',
    );
  }
}

const KINDS = "('announcement', 'unit-letter', 'team-assignment', 'correction', 'agenda', 'minutes')";

const TABLES = `
CREATE TABLE document (
  id integer GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  about text NOT NULL,
  recipient text NOT NULL DEFAULT '',
  recipient_name text NOT NULL DEFAULT '',
  plan_year integer,
  month integer,
  month_version integer,
  evaluation_id integer,
  template_version integer NOT NULL,
  subject text NOT NULL,
  symbol text NOT NULL,
  content text NOT NULL,
  state text NOT NULL,
  composed_at timestamptz NOT NULL,
  composed_by text NOT NULL,
  number_year integer,
  number integer,
  document_date date,
  sent_date date,
  issued_at timestamptz,
  issued_by text,
  audit_seq bigint,
  audit_hash text,
  CONSTRAINT document_pk PRIMARY KEY (id),
  CONSTRAINT document_kind_check CHECK (kind IN ${KINDS}),
  CONSTRAINT document_state_check CHECK (state IN ('draft', 'issued')),
  CONSTRAINT document_month_check CHECK ((kind IN ('agenda', 'minutes')) = (plan_year IS NULL) AND (plan_year IS NULL) = (month IS NULL) AND (plan_year IS NULL) = (month_version IS NULL) AND (plan_year IS NULL) = (evaluation_id IS NULL)),
  CONSTRAINT document_issued_check CHECK ((state = 'issued') = (number IS NOT NULL) AND (number IS NULL) = (document_date IS NULL) AND (number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (sent_date IS NULL) AND (number IS NULL) = (issued_at IS NULL) AND (number IS NULL) = (issued_by IS NULL) AND (number IS NULL) = (audit_seq IS NULL) AND (number IS NULL) = (audit_hash IS NULL)),
  CONSTRAINT document_number_check CHECK (number > 0 AND number_year = EXTRACT(year FROM document_date)),
  CONSTRAINT document_evaluation_id_fk FOREIGN KEY (evaluation_id) REFERENCES evaluation(id),
  CONSTRAINT document_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year, month)
);
CREATE UNIQUE INDEX document_once_unique ON document (kind, about, recipient);
CREATE UNIQUE INDEX document_number_unique ON document (number_year, symbol, number);
CREATE INDEX document_month_plan_year_index ON document (plan_year, month);
CREATE INDEX document_evaluation_id_index ON document (evaluation_id);

CREATE TABLE document_file (
  document_id integer NOT NULL,
  format text NOT NULL,
  bytes bytea NOT NULL,
  sha256 text NOT NULL,
  CONSTRAINT document_file_pk PRIMARY KEY (document_id, format),
  CONSTRAINT document_file_format_check CHECK (format IN ('pdf', 'docx')),
  CONSTRAINT document_file_hash_check CHECK (sha256 = encode(sha256(bytes), 'hex')),
  CONSTRAINT document_file_document_id_fk FOREIGN KEY (document_id) REFERENCES document(id)
);

CREATE TABLE document_template_version (
  kind text NOT NULL,
  version integer NOT NULL,
  fields text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT document_template_version_pk PRIMARY KEY (kind, version),
  CONSTRAINT document_template_version_check CHECK (version > 0 AND kind IN ${KINDS})
);
`;

const GUARDS = `
CREATE FUNCTION refuse_frozen_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% takes no %: what was issued stays', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'PT061', CONSTRAINT = 'document_frozen', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER document_frozen BEFORE DELETE OR TRUNCATE ON document
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_document();
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON document_file
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_document();
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON document_template_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_document();

CREATE FUNCTION guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      RAISE EXCEPTION 'a document begins as a draft' USING ERRCODE = 'PT061', CONSTRAINT = 'document_begins';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state = 'issued' THEN
    RAISE EXCEPTION 'document % was issued and takes no change', OLD.id
      USING ERRCODE = 'PT061', CONSTRAINT = 'document_frozen', TABLE = 'document';
  END IF;
  IF (NEW.id, NEW.kind, NEW.about, NEW.recipient, NEW.plan_year, NEW.month, NEW.month_version)
     IS DISTINCT FROM (OLD.id, OLD.kind, OLD.about, OLD.recipient, OLD.plan_year, OLD.month, OLD.month_version) THEN
    RAISE EXCEPTION 'the draft % stays the draft of what it is', OLD.id
      USING ERRCODE = 'PT061', CONSTRAINT = 'document_identity';
  END IF;
  IF NEW.state = 'issued' AND NEW.kind IN ('announcement', 'correction', 'unit-letter') AND NOT EXISTS (
    SELECT FROM notice AS n
    WHERE (n.plan_year, n.month, n.month_version) = (NEW.plan_year, NEW.month, NEW.month_version) AND n.step = ''
      AND n.audience = CASE NEW.kind WHEN 'unit-letter' THEN 'unit' ELSE 'announcement' END
      AND (NEW.kind <> 'unit-letter' OR n.recipient = NEW.recipient) AND n.state <> 'draft') THEN
    RAISE EXCEPTION 'document % was not released by a second approver', OLD.id
      USING ERRCODE = 'PT061', CONSTRAINT = 'document_released';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_document BEFORE INSERT OR UPDATE ON document FOR EACH ROW EXECUTE FUNCTION guard_document();

CREATE FUNCTION refuse_document_without_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'issued' AND (SELECT count(*) FROM document_file WHERE document_id = NEW.id) <> 2 THEN
    RAISE EXCEPTION 'document % is issued with both its files', NEW.id
      USING ERRCODE = 'PT061', CONSTRAINT = 'document_files';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER document_files AFTER UPDATE ON document DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_document_without_files();

CREATE FUNCTION refuse_late_document_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM document WHERE id = NEW.document_id AND state = 'issued') THEN
    RAISE EXCEPTION 'files belong to a document with a number' USING ERRCODE = 'PT061', CONSTRAINT = 'document_files';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER document_files BEFORE INSERT ON document_file
  FOR EACH ROW EXECUTE FUNCTION refuse_late_document_file();
`;
