import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files that people attach: bytes once by their hash, and each sending of them. Refused by the database itself:
 * bytes that are not those of their hash, a change of stored bytes (PT001), and a file attached a second time, to
 * something else, or taken away once it is attached (PT001).
 */
export class Files1732602000000 implements MigrationInterface {
  name = 'Files1732602000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(GUARDS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE uploaded_file, stored_file');
    await db.query('DROP FUNCTION guard_uploaded_file');
  }
}

const TABLES = `
CREATE TABLE stored_file (
  hash text NOT NULL,
  bytes bytea NOT NULL,
  size integer NOT NULL,
  media_type text NOT NULL,
  CONSTRAINT stored_file_pk PRIMARY KEY (hash),
  CONSTRAINT stored_file_hash_check CHECK (hash = encode(sha256(bytes), 'hex')),
  CONSTRAINT stored_file_size_check CHECK (size = octet_length(bytes) AND size > 0),
  CONSTRAINT stored_file_media_type_check CHECK (media_type IN ('application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'image/jpeg', 'image/png', 'image/heic'))
);
-- Pictures and office documents are compressed already.
ALTER TABLE stored_file ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE uploaded_file (
  id integer GENERATED ALWAYS AS IDENTITY,
  hash text NOT NULL,
  name text NOT NULL,
  uploaded_at timestamptz NOT NULL,
  uploaded_by text NOT NULL,
  attached_to text,
  attached_at timestamptz,
  CONSTRAINT uploaded_file_pk PRIMARY KEY (id),
  CONSTRAINT uploaded_file_name_check CHECK (name <> '' AND name IS NFC NORMALIZED),
  CONSTRAINT uploaded_file_attached_check CHECK ((attached_to IS NULL) = (attached_at IS NULL) AND attached_to <> ''),
  CONSTRAINT uploaded_file_hash_fk FOREIGN KEY (hash) REFERENCES stored_file(hash)
);
CREATE INDEX uploaded_file_hash_index ON uploaded_file (hash);
CREATE INDEX uploaded_file_waiting_index ON uploaded_file (uploaded_at) WHERE attached_to IS NULL;
`;

const GUARDS = `
CREATE FUNCTION guard_uploaded_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.attached_to IS NOT NULL OR TG_OP = 'UPDATE' AND
     (NEW.id, NEW.hash, NEW.name, NEW.uploaded_at, NEW.uploaded_by)
     IS DISTINCT FROM (OLD.id, OLD.hash, OLD.name, OLD.uploaded_at, OLD.uploaded_by) THEN
    RAISE EXCEPTION 'file % cannot change so', OLD.id
      USING ERRCODE = 'PT001', CONSTRAINT = 'append_only', TABLE = 'uploaded_file';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_uploaded_file BEFORE UPDATE OR DELETE ON uploaded_file
  FOR EACH ROW EXECUTE FUNCTION guard_uploaded_file();
CREATE TRIGGER append_only BEFORE TRUNCATE ON uploaded_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON stored_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;
