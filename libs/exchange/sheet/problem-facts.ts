import type { ErrorFacts } from '#libs/kernel';
import type { CellProblem, KindSpec, ReadingSummary } from './sheet.js';
import { columnLetters } from './sheet-rows.js';

/**
 * The facts of a problem with its place as people see it: `row`, `column` (letters), `title` of the column as the file
 * has it, else as the template has it. A problem of the file as a whole has no row.
 */
export function problemFacts(problem: CellProblem, spec: KindSpec, summary: ReadingSummary): ErrorFacts {
  const { row, column, facts } = problem;
  const { columns, totalColumns, unknownColumns, passedOverColumns, header } = summary;
  // Above the header a cell stands under no heading.
  const isInTable = header !== null && row >= header.first;
  const headed = isInTable
    ? [...columns, ...totalColumns, ...unknownColumns, ...passedOverColumns].find((one) => one.column === column)
    : undefined;
  const title = headed?.title ?? spec.fields.find(({ name }) => name === facts.field)?.titles[0];
  return {
    ...(title === undefined ? {} : { title }),
    ...facts,
    ...(row > 0 ? { row } : {}),
    ...(column === null ? {} : { column: columnLetters(column) }),
  };
}
