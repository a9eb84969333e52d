import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The files that the office sent out in place of ours: of documents with a number alone, and never taken back. */
export class DocumentVersions1732604000000 implements MigrationInterface {
  name = 'DocumentVersions1732604000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
CREATE TABLE document_version (
  id integer GENERATED ALWAYS AS IDENTITY,
  document_id integer NOT NULL,
  file_id integer NOT NULL,
  format text NOT NULL,
  has_text boolean NOT NULL,
  differences text NOT NULL,
  uploaded_at timestamptz NOT NULL,
  uploaded_by text NOT NULL,
  CONSTRAINT document_version_pk PRIMARY KEY (id),
  CONSTRAINT document_version_format_check CHECK (format IN ('pdf', 'docx')),
  CONSTRAINT document_version_document_id_fk FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT document_version_file_id_fk FOREIGN KEY (file_id) REFERENCES uploaded_file(id)
)`);
    await db.query('CREATE UNIQUE INDEX document_version_file_unique ON document_version (file_id)');
    await db.query('CREATE INDEX document_version_document_id_index ON document_version (document_id)');
    await db.query(`
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON document_version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_document()`);
    // The same rule as for our own files: they belong to a document with a number.
    await db.query(`
CREATE TRIGGER document_files BEFORE INSERT ON document_version
  FOR EACH ROW EXECUTE FUNCTION refuse_late_document_file()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE document_version');
  }
}
