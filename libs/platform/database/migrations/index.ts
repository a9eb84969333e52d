import { FirstTables1732320000000 } from './1732320000000-first-tables.js';
import { BookGuards1732320000001 } from './1732320000001-book-guards.js';
import { Capital1732410000000 } from './1732410000000-capital.js';

/** One linear list, oldest first. A released migration is never edited. */
export const migrations = [FirstTables1732320000000, BookGuards1732320000001, Capital1732410000000];
