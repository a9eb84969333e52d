import { FirstTables1732320000000 } from './1732320000000-first-tables.js';
import { BookGuards1732320000001 } from './1732320000001-book-guards.js';
import { Grid1732410006000 } from './1732410006000-grid.js';

/** One linear list, oldest first. A released migration is never edited. */
export const migrations = [FirstTables1732320000000, BookGuards1732320000001, Grid1732410006000];
