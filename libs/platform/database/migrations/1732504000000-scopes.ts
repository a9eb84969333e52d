import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which district a commune lies in, and which projects lie in places: the row scope of inspection teams. */
export class Scopes1732504000000 implements MigrationInterface {
  name = 'Scopes1732504000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE place ADD COLUMN parent_code text,
  ADD CONSTRAINT place_parent_check CHECK (parent_code IS NULL OR kind = 'commune' AND parent_code <> code),
  ADD CONSTRAINT place_parent_code_fk FOREIGN KEY (parent_code) REFERENCES place(code)`);
    // A component that names no place of its own lies where its project does.
    await db.query(`
CREATE FUNCTION projects_in_places(places text[]) RETURNS TABLE (code text) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE inside (code) AS (
    SELECT pp.project_code FROM project_place AS pp WHERE pp.place_code = ANY(places)
    UNION
    SELECT p.code FROM inside JOIN project AS p ON p.parent_code = inside.code
    WHERE NOT EXISTS (SELECT FROM project_place AS own WHERE own.project_code = p.code)
  )
  SELECT inside.code FROM inside
$$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION projects_in_places');
    await db.query('ALTER TABLE place DROP COLUMN parent_code');
  }
}
