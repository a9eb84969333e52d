import { FirstTables1732320000000 } from './1732320000000-first-tables.js';
import { BookGuards1732320000001 } from './1732320000001-book-guards.js';
import { Capital1732410000000 } from './1732410000000-capital.js';
import { Disbursement1732410001000 } from './1732410001000-disbursement.js';
import { Months1732410002000 } from './1732410002000-months.js';
import { Imports1732410003000 } from './1732410003000-imports.js';
import { Treasury1732410004000 } from './1732410004000-treasury.js';
import { Reorganisation1732410005000 } from './1732410005000-reorganisation.js';
import { Grid1732410006000 } from './1732410006000-grid.js';
import { ReconciliationFigures1732420000000 } from './1732420000000-reconciliation-figures.js';
import { AuditGuard1732501000000 } from './1732501000000-audit-guard.js';
import { OneTimeLinks1732502000000 } from './1732502000000-one-time-links.js';
import { SigningIn1732502001000 } from './1732502001000-signing-in.js';
import { Scopes1732504000000 } from './1732504000000-scopes.js';
import { Settings1732504000001 } from './1732504000001-settings.js';
import { RateLimits1732505000000 } from './1732505000000-rate-limits.js';
import { Meetings1732603002000 } from './1732603002000-meetings.js';
import { Difficulties1732603000000 } from './1732603000000-difficulties.js';
import { SiteClearance1732603001000 } from './1732603001000-site-clearance.js';
import { Accounts1732503000000 } from './1732503000000-accounts.js';
import { GuardPlans1732510000000 } from './1732510000000-guard-plans.js';
import { NoticeLife1732600000000 } from './1732600000000-notice-life.js';
import { Files1732602000000 } from './1732602000000-files.js';
import { Answers1732602001000 } from './1732602001000-answers.js';
import { Inspections1732602002000 } from './1732602002000-inspections.js';
import { Delivery1732600001000 } from './1732600001000-delivery.js';
import { Documents1732601000000 } from './1732601000000-documents.js';
import { DocumentVersions1732604000000 } from './1732604000000-document-versions.js';
import { PlaceScope1732605000000 } from './1732605000000-place-scope.js';

/** One linear list, oldest first. A released migration is never edited. */
export const migrations = [
  FirstTables1732320000000,
  BookGuards1732320000001,
  Capital1732410000000,
  Disbursement1732410001000,
  Months1732410002000,
  Imports1732410003000,
  Treasury1732410004000,
  Reorganisation1732410005000,
  Grid1732410006000,
  ReconciliationFigures1732420000000,
  AuditGuard1732501000000,
  OneTimeLinks1732502000000,
  SigningIn1732502001000,
  Scopes1732504000000,
  Settings1732504000001,
  RateLimits1732505000000,
  Accounts1732503000000,
  GuardPlans1732510000000,
  NoticeLife1732600000000,
  Files1732602000000,
  Answers1732602001000,
  Inspections1732602002000,
  Delivery1732600001000,
  Documents1732601000000,
  DocumentVersions1732604000000,
  Difficulties1732603000000,
  SiteClearance1732603001000,
  Meetings1732603002000,
  PlaceScope1732605000000,
];
