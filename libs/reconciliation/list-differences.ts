import type { DataSource, EntityManager } from 'typeorm';
import type { Actor, Month } from '#libs/kernel';
import { findCells, otherCells, type Cell, type CellFilter } from './cell-queries.js';
import { resolutionsOf, type ResolutionRow } from './reconciliation-history.js';
import { suggestCause, type Suggestion } from './suggested-cause.rule.js';

/** A differing cell with what may explain it and how it was last answered, if it was. */
export interface Difference extends Cell {
  suggestion: Suggestion;
  resolution: ResolutionRow | null;
}

/** The actor's differences of a month with a suggested cause each, the largest first. */
export async function listDifferences(
  db: DataSource | EntityManager,
  actor: Actor,
  month: Month,
  filter: CellFilter,
): Promise<Difference[]> {
  return withSuggestions(db, month, await findCells(db, actor, month, filter));
}

async function withSuggestions(
  db: DataSource | EntityManager,
  month: Month,
  cells: readonly Cell[],
): Promise<Difference[]> {
  const others = await otherCells(
    db,
    month.planYear,
    cells.flatMap(({ projectCode }) => projectCode ?? []),
  );
  const answered = await resolutionsOf(
    db,
    cells.flatMap(({ resolutionId }) => resolutionId ?? []),
  );
  return cells.map((cell) => ({
    ...cell,
    suggestion: suggestCause(cell, others.get(cell.project) ?? []),
    resolution: (cell.resolutionId !== null && answered.get(cell.resolutionId)) || null,
  }));
}
