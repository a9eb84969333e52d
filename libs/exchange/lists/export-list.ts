import type { DataSource } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import { businessDate, instanceSetting } from '#libs/platform';
import type { ExportErrorCode } from '../errors.js';
import { tableWorkbook } from '../workbook/index.js';
import { ALLOCATION_LINES, DISBURSEMENTS, MONTHS } from './book-lists.js';
import { ADVANCES, MEDIUM_TERM_PLANS, PROGRESS, RECONCILIATION, WARNINGS } from './control-lists.js';
import type { ListDefinition, ListFilter } from './list-definition.js';
import { ANSWERS, DIFFICULTIES, DOCUMENT_REGISTER, INSPECTIONS, MEETING_DECISIONS } from './followup-lists.js';
import { KEY_PROJECTS, PROJECTS, UNITS } from './register-lists.js';
import { NOTICES, RESULTS, WARNING_CASES } from './result-lists.js';

const LISTS = {
  units: UNITS,
  projects: PROJECTS,
  'key-projects': KEY_PROJECTS,
  'allocation-lines': ALLOCATION_LINES,
  disbursements: DISBURSEMENTS,
  months: MONTHS,
  results: RESULTS,
  'warning-cases': WARNING_CASES,
  notices: NOTICES,
  progress: PROGRESS,
  'reconciliation-differences': RECONCILIATION,
  'medium-term-plans': MEDIUM_TERM_PLANS,
  advances: ADVANCES,
  warnings: WARNINGS,
  difficulties: DIFFICULTIES,
  answers: ANSWERS,
  inspections: INSPECTIONS,
  'meeting-decisions': MEETING_DECISIONS,
  'document-register': DOCUMENT_REGISTER,
} satisfies Record<string, ListDefinition<unknown>>;

export type ExportableList = keyof typeof LISTS;
export const EXPORTABLE_LISTS = Object.keys(LISTS) as ExportableList[];

/** A workbook of more rows takes seconds of the server's time and nobody reads it: filter it first. */
export const MOST_EXPORTED_ROWS = 20_000;

export interface ExportedFile {
  fileName: string;
  content: Buffer;
}

/** The actor's rows of a list as a workbook. Refuses a list that would be too long, and one that lacks its filter. */
export async function exportList(
  db: DataSource,
  actor: Actor,
  list: ExportableList,
  filter: ListFilter,
): Promise<ExportedFile> {
  const definition: ListDefinition<unknown> = LISTS[list];
  const complete = { ...filter, planYear: filter.planYear ?? filter.month?.planYear };
  if (definition.needs === 'month' && !complete.month)
    throw new DomainError<ExportErrorCode>('export-needs-month', { list });
  if (definition.needs === 'plan-year' && complete.planYear === undefined)
    throw new DomainError<ExportErrorCode>('export-needs-plan-year', { list });
  const { items, total } = await definition.rows(db, actor, complete, MOST_EXPORTED_ROWS + 1);
  if (items.length > MOST_EXPORTED_ROWS)
    throw new DomainError<ExportErrorCode>('export-too-large', { rows: total, most: MOST_EXPORTED_ROWS });
  const { illustrative, provinceName } = await instanceSetting(db);
  const content = await tableWorkbook({
    name: definition.title.slice(0, 31),
    head: [
      ...(illustrative ? [ILLUSTRATIVE_LINE] : []),
      `${definition.title}${periodOf(complete)}`,
      `Tỉnh ${provinceName}, lập ngày ${dayWords(await businessDate(db))}, ${items.length} dòng`,
    ],
    columns: definition.columns,
    rows: items,
  });
  const parts = [illustrative ? 'so-lieu-minh-hoa' : '', definition.file, complete.month ?? complete.planYear ?? ''];
  return { fileName: `${parts.filter((part) => part !== '').join('_')}.xlsx`, content };
}

/** The first line of whatever leaves a demonstration. */
export const ILLUSTRATIVE_LINE = 'SỐ LIỆU MINH HOẠ, KHÔNG PHẢI SỐ CÔNG BỐ';

function periodOf({ month, planYear }: ListFilter): string {
  if (month) return `, tháng ${month.number} năm kế hoạch ${month.planYear}`;
  return planYear === undefined ? '' : `, năm kế hoạch ${planYear}`;
}

/** yyyy-mm-dd as people write it. */
export function dayWords(date: string): string {
  return date.split('-').reverse().join('/');
}
