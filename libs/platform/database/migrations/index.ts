import { FirstTables1732320000000 } from './1732320000000-first-tables.js';
import { BookGuards1732320000001 } from './1732320000001-book-guards.js';
import { Imports1732410003000 } from './1732410003000-imports.js';

/** One linear list, oldest first. A released migration is never edited. */
export const migrations = [FirstTables1732320000000, BookGuards1732320000001, Imports1732410003000];
