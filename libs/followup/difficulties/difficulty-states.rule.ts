/** The way of a difficulty (khó khăn, vướng mắc), domain.md §5: open → proposed → decided → solved | dropped. */
export const DIFFICULTY_STATES = ['open', 'proposed', 'decided', 'solved', 'dropped'] as const;
export type DifficultyState = (typeof DIFFICULTY_STATES)[number];

/**
 * Where each state may lead. A meeting decides on what nobody has proposed for, and what solved itself needs no
 * decision; a new proposal replaces the one before; what is over stays so. The database holds the same table.
 */
export const NEXT_STATES: Readonly<Record<DifficultyState, readonly DifficultyState[]>> = {
  open: ['proposed', 'decided', 'solved', 'dropped'],
  proposed: ['proposed', 'decided', 'solved', 'dropped'],
  decided: ['decided', 'solved', 'dropped'],
  solved: [],
  dropped: [],
};

export function mayBecome(from: DifficultyState, to: DifficultyState): boolean {
  return NEXT_STATES[from].includes(to);
}

/** Over: nothing is changed any more, and it blocks no money. */
export function isOver(state: DifficultyState): boolean {
  return NEXT_STATES[state].length === 0;
}
