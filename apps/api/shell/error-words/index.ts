import { ACCESS_WORDS } from './access.js';
import { ANSWERS_WORDS } from './answers.js';
import { AUDIT_WORDS } from './audit.js';
import { ACCOUNT_WORDS } from './accounts.js';
import { IMPORT_WORDS } from './imports.js';
import { FILES_WORDS } from './files.js';
import { EXPORT_WORDS } from './exchange.js';
import { CALENDAR_WORDS } from './calendar.js';
import { CASE_WORDS } from './cases.js';
import { CLOSING_WORDS } from './closing.js';
import { DOCUMENTS_WORDS } from './documents.js';
import { DIFFICULTY_WORDS } from './difficulties.js';
import { GRID_WORDS } from './grid.js';
import { CAPITAL_WORDS } from './capital.js';
import { INSPECTIONS_WORDS } from './inspections.js';
import { KERNEL_WORDS } from './kernel.js';
import { LEDGER_WORDS } from './ledger.js';
import { MEETING_WORDS } from './meetings.js';
import { MONITORING_WORDS } from './monitoring.js';
import { NOTICES_WORDS } from './notices.js';
import { ORGANISATION_WORDS } from './organisation.js';
import { RECONCILIATION_WORDS } from './reconciliation.js';
import { PROGRESS_WORDS } from './progress.js';
import { REORGANISATION_WORDS } from './reorganisation.js';
import { PROJECTS_WORDS } from './projects.js';
import { SITE_CLEARANCE_WORDS } from './site-clearance.js';
import { SHEET_WORDS } from './sheet.js';
import { SHELL_WORDS } from './shell.js';
import type { Refusal } from './refusal-words.js';

export type { ShellErrorCode } from './shell.js';
export type { Language } from './refusal-words.js';

const ALL_WORDS = {
  ...ACCESS_WORDS,
  ...ANSWERS_WORDS,
  ...AUDIT_WORDS,
  ...ACCOUNT_WORDS,
  ...IMPORT_WORDS,
  ...FILES_WORDS,
  ...EXPORT_WORDS,
  ...CALENDAR_WORDS,
  ...CASE_WORDS,
  ...CLOSING_WORDS,
  ...DOCUMENTS_WORDS,
  ...DIFFICULTY_WORDS,
  ...GRID_WORDS,
  ...CAPITAL_WORDS,
  ...INSPECTIONS_WORDS,
  ...KERNEL_WORDS,
  ...LEDGER_WORDS,
  ...MEETING_WORDS,
  ...MONITORING_WORDS,
  ...NOTICES_WORDS,
  ...ORGANISATION_WORDS,
  ...RECONCILIATION_WORDS,
  ...PROGRESS_WORDS,
  ...REORGANISATION_WORDS,
  ...PROJECTS_WORDS,
  ...SITE_CLEARANCE_WORDS,
  ...SHEET_WORDS,
  ...SHELL_WORDS,
};

export type ErrorCode = keyof typeof ALL_WORDS;

/** One table for every code of every module. */
export const ERROR_WORDS: Record<ErrorCode, Refusal> = ALL_WORDS;
