import type { NameLists } from './name-lists.js';
import type { KindSpec, SheetRow } from './sheet.js';
import { titleFacts } from './title-facts.js';

/** A value that a title above the table gives to every row. */
export interface Stated {
  field: string;
  value: string;
  row: number;
  text: string;
}

const UNIT = /^(?:đơn vị|chủ đầu tư|đơn vị báo cáo|tên đơn vị)\s*:\s*(.+)$/iu;
const SOURCE = /^(?:nguồn vốn|nguồn)\s*:\s*(.+)$/iu;

/** Period, unit and source in the titles above row `header`; the first to say so of each counts. */
export function statedByTitles(rows: readonly SheetRow[], header: number, spec: KindSpec, lists: NameLists): Stated[] {
  const stated: Stated[] = [];
  for (const { row, cells } of rows) {
    if (row >= header) break;
    for (const text of cells) {
      if (text === '') continue;
      const { planYear, month } = titleFacts(text);
      const source = SOURCE.exec(text)?.[1];
      const found: Record<string, string | undefined> = {
        plan_year: planYear,
        month,
        unit_code: lists.find('units', (UNIT.exec(text)?.[1] ?? text).trim()),
        source_code: source && lists.find('sources', source.trim()),
      };
      for (const [field, value] of Object.entries(found)) {
        const isOurs = spec.fields.some(({ name }) => name === field);
        if (value && isOurs && !stated.some((one) => one.field === field)) stated.push({ field, value, row, text });
      }
    }
  }
  return stated;
}
