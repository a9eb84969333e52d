import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people say about the cells of the month grid: only ever added to. */
export class Grid1732410006000 implements MigrationInterface {
  name = 'Grid1732410006000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
CREATE TABLE cell_comment (
  id integer GENERATED ALWAYS AS IDENTITY,
  plan_year integer NOT NULL,
  month integer NOT NULL,
  unit_code text NOT NULL,
  project_code text NOT NULL,
  source_code text NOT NULL,
  carried_over boolean NOT NULL,
  text text NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT cell_comment_pk PRIMARY KEY (id),
  CONSTRAINT cell_comment_text_check CHECK (text <> '' AND text IS NFC NORMALIZED),
  CONSTRAINT cell_comment_month_plan_year_fk FOREIGN KEY (plan_year, month) REFERENCES reporting_month(plan_year, month),
  CONSTRAINT cell_comment_unit_code_fk FOREIGN KEY (unit_code) REFERENCES unit(code),
  CONSTRAINT cell_comment_project_code_fk FOREIGN KEY (project_code) REFERENCES project(code),
  CONSTRAINT cell_comment_source_code_fk FOREIGN KEY (source_code) REFERENCES funding_source(code)
)`);
    await db.query(
      'CREATE INDEX cell_comment_month_plan_year_unit_code_index ON cell_comment (plan_year, unit_code, month)',
    );
    await db.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cell_comment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE cell_comment');
  }
}
