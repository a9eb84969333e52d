import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The projects in a team's places are found once a question, and not once a row. As long as the function was read into
 * the question around it, its recursion was guessed to give more rows than a hash may hold; a list of a million entries
 * looked through the projects of the places for every entry, and did not end. A function with a setting is called.
 */
export class PlaceScope1732605000000 implements MigrationInterface {
  name = 'PlaceScope1732605000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER FUNCTION projects_in_places(text[]) ROWS 20000 SET jit = off');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER FUNCTION projects_in_places(text[]) RESET ALL');
  }
}
