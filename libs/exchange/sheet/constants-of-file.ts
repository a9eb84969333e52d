import type { CellReader } from './cell-reader.js';
import type { NameLists } from './name-lists.js';
import type { CellProblem, FieldSpec, KindSpec, ReadingChoices, SheetRow } from './sheet.js';
import type { Stated } from './stated-by-titles.js';
import type { TableLayout } from './table-layout.js';

export interface FileConstants {
  /** Field → what stands where row and group say nothing. */
  values: Record<string, string>;
  /** Those of them that nobody stated. */
  assumed: Record<string, string>;
  /** Those that a title states and that were used. */
  stated: Stated[];
  problems: CellProblem[];
}

/** Values of fields the file has no column for: the sender's, else what a title states, else what is assumed. */
export function constantsOf(
  spec: KindSpec,
  layout: TableLayout,
  choices: ReadingChoices,
  reader: CellReader,
  lists: NameLists,
  ahead: readonly SheetRow[],
): FileConstants {
  const found: FileConstants = { values: {}, assumed: {}, stated: [], problems: [] };
  for (const field of spec.fields) {
    if (field.name === spec.wide?.amount) {
      if (layout.amounts.length === 0) found.problems.push(columnMissing(layout, field));
      continue;
    }
    const given = choices.constants?.[field.name] ?? '';
    if (given !== '') {
      const value = reader.read(field, given, 0, 'dong', (code, facts) =>
        found.problems.push({
          row: 0,
          column: null,
          code: 'constant-wrong',
          facts: { field: field.name, found: given, why: code, ...facts },
        }),
      );
      if (value !== undefined) found.values[field.name] = value;
      continue;
    }
    if (hasColumn(layout, field) || statedByHeadings(layout, field)) continue;
    const stated = layout.stated.find((one) => one.field === field.name);
    if (stated) {
      found.values[field.name] = stated.value;
      found.stated.push(stated);
    } else if (field.assumed !== undefined) {
      found.values[field.name] = field.assumed;
      found.assumed[field.name] = field.assumed;
    } else if (field.required && !mayStandInGroups(field, lists, layout, ahead))
      found.problems.push(columnMissing(layout, field));
  }
  return found;
}

function columnMissing(layout: TableLayout, field: FieldSpec): CellProblem {
  return {
    row: layout.header.last,
    column: null,
    code: 'column-missing',
    facts: { field: field.name, title: field.titles[0] as string },
  };
}

function hasColumn(layout: TableLayout, field: FieldSpec): boolean {
  return layout.fields.some((one) => one.field === field) || layout.lookups.some(({ target }) => target === field);
}

function statedByHeadings(layout: TableLayout, field: FieldSpec): boolean {
  return layout.amounts.length > 0 && layout.amounts.every(({ states }) => states[field.name] !== undefined);
}

/** Fields that a group row may state once for the lines below it. */
const IN_GROUPS = new Set(['unit_code', 'source_code']);

function mayStandInGroups(
  field: FieldSpec,
  lists: NameLists,
  layout: TableLayout,
  ahead: readonly SheetRow[],
): boolean {
  const { list } = field;
  if (!list || !IN_GROUPS.has(field.name) || !lists.has(list)) return false;
  const names = (text: string): boolean =>
    text !== '' &&
    (lists.find(list, text.replace(/^\S{1,5}[.)]\s+/, '')) !== undefined || lists.isAmbiguous(list, text));
  return ahead.some(({ row, cells }) => row > layout.header.last && cells.some(names));
}
