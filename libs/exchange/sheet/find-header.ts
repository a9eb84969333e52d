import type { ColumnRole, ColumnRoles } from './column-roles.js';
import { tidyText } from './plain-title.js';
import type { MergedRange, SheetRow } from './sheet.js';

export interface FoundHeader {
  /** Rows of the sheet, from 1. */
  first: number;
  last: number;
  /** The row of column numbers (1), (2) … below it, if there is one. */
  numbers: number | null;
  /** By column: the texts of its heading from the top down. */
  paths: readonly (readonly string[])[];
  roles: readonly ColumnRole[];
}

/** Titles stand above the header, but not a whole page of them. */
const MAX_HEADER_ROW = 40;
const MAX_HEADER_HEIGHT = 4;
/** Fewer columns than this are found by accident in any text. */
const MIN_KNOWN = 2;

/**
 * Finds the header: the one to four rows whose columns say most of what the kind of file needs. Undefined: no rows do.
 */
export function findHeader(
  rows: readonly SheetRow[],
  merges: readonly MergedRange[],
  roles: ColumnRoles,
): FoundHeader | undefined {
  let best: FoundHeader | undefined;
  let bestScore = 0;
  for (let from = 0; from < Math.min(rows.length, MAX_HEADER_ROW); from++) {
    const first = rows[from] as SheetRow;
    if (first.cells.length === 0) continue;
    for (let height = 1; height <= MAX_HEADER_HEIGHT && from + height <= rows.length; height++) {
      const block = rows.slice(from, from + height);
      const last = block.at(-1) as SheetRow;
      if (last.cells.length === 0 || isNumbersRow(last.cells)) break;
      // A title over the table is no heading of its columns.
      if (height > 1 && filled(first) < 2) break;
      const paths = headingPaths(block, merges);
      const found = paths.map((path) => roles.of(path));
      const score = scoreOf(found) - height / 10;
      if (score <= bestScore || !isLikely(found)) continue;
      bestScore = score;
      const next = rows[from + height];
      const numbers = next && isNumbersRow(next.cells) ? next.row : null;
      best = { first: first.row, last: last.row, numbers, paths, roles: found };
    }
  }
  return best;
}

const filled = (row: SheetRow): number => row.cells.filter((cell) => cell !== '').length;

/** At least one column of ours, and not alone: a single word is found by accident in any text. */
function isLikely(roles: readonly ColumnRole[]): boolean {
  const ours = roles.filter(({ role }) => role === 'field' || role === 'lookup' || role === 'amount').length;
  const known = roles.filter(({ role }) => role === 'passed-over' || role === 'total').length;
  return ours > 0 && ours + known >= MIN_KNOWN;
}

function scoreOf(roles: readonly ColumnRole[]): number {
  const seen = new Set<string>();
  let score = 0;
  for (const role of roles) {
    const name = nameOf(role);
    // Something found twice is worth less: rather the heading that tells the two apart.
    if (name !== undefined) score += seen.has(name) ? -2 : worth(role);
    else if (role.role === 'total' || role.role === 'passed-over') score += 1;
    else if (role.role === 'unclear') score -= 1;
    if (name !== undefined) seen.add(name);
  }
  return score;
}

function nameOf(role: ColumnRole): string | undefined {
  if (role.role === 'field') return role.field.name;
  if (role.role === 'lookup') return role.lookup.name;
  return role.role === 'amount' ? `amount ${JSON.stringify(role.states)} ${role.cumulative}` : undefined;
}

function worth(role: ColumnRole): number {
  if (role.role === 'field') return role.field.required ? 4 : 3;
  return role.role === 'amount' ? 2 + Object.keys(role.states).length : 3;
}

/** "(1) (2) (3)", "1 2 3", "A B 1 2 3=1+2": the numbers that forms give their columns. */
function isNumbersRow(cells: readonly string[]): boolean {
  const texts = cells.filter((cell) => cell !== '');
  if (texts.length < 3 || !texts.every((text) => /^\(?(?:\d{1,2}|[A-Z])\)?(?:\s*=.*)?$/.test(text))) return false;
  const numbers = texts
    .map((text) => Number(/\d+/.exec(text)?.[0] ?? Number.NaN))
    .filter((number) => !Number.isNaN(number));
  return numbers.length >= 2 && numbers.every((number, i) => i === 0 || number === (numbers[i - 1] as number) + 1);
}

/**
 * The heading of every column. Merged cells say how far a heading reaches; where the file knows none (csv), a heading
 * reaches right over the empty cells that have something below them.
 */
function headingPaths(block: readonly SheetRow[], merges: readonly MergedRange[]): string[][] {
  const width = Math.max(...block.map(({ cells }) => cells.length));
  const first = (block[0] as SheetRow).row;
  const last = (block.at(-1) as SheetRow).row;
  const within = merges.filter(({ top, bottom }) => top >= first && bottom <= last);
  const grid = block.map(({ cells }) => Array.from({ length: width }, (_, column) => tidyText(cells[column] ?? '')));
  for (const { top, bottom, left, right } of within) {
    const text = grid[top - first]?.[left] ?? '';
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= Math.min(right, width - 1); column++)
        (grid[row - first] as string[])[column] = text;
  }
  // From the bottom up: a heading that reaches right is itself below another.
  if (within.length === 0)
    for (let level = grid.length - 2; level >= 0; level--) {
      const row = grid[level] as string[];
      for (let column = 1; column < width; column++)
        if (
          row[column] === '' &&
          (grid[level + 1] as string[])[column] !== '' &&
          row[column - 1] !== '' &&
          reaches(grid, level, column)
        )
          row[column] = row[column - 1] as string;
    }
  return Array.from({ length: width }, (_, column) => {
    const path: string[] = [];
    for (const row of grid) {
      const text = row[column] as string;
      if (text !== '' && text !== path.at(-1)) path.push(text);
    }
    return path;
  });
}

/** A heading with something of its own below it reaches on to the right; one that stands alone does not. */
function reaches(grid: readonly (readonly string[])[], level: number, column: number): boolean {
  return (grid[level + 1] as string[])[column - 1] !== '';
}
