import type { Edit, GridBook } from './grid-book';

// What was typed and not booked outlives a reload and an ended session: in this tab, under this person's name.

type Kept = Record<string, Omit<Edit, 'amount' | 'expected'> & { amount: string | null; expected: string }>;

const keyOf = (username: string, planYear: number): string => `grid ${username} ${planYear}`;

/** Writes what is not booked yet. Cells that this page of the grid does not show stay as they were kept. */
export function keepEdits(username: string, book: GridBook): void {
  const kept = Object.fromEntries(
    Object.entries(read(username, book.data.planYear)).filter(([key]) => book.placeOf(key) === undefined),
  );
  for (const [key, edit] of book.edits)
    kept[key] = {
      ...edit,
      amount: edit.amount?.toString() ?? null,
      expected: edit.expected.toString(),
      // Whether a save that was cut off took effect, the next one finds out.
      state: edit.state === 'saving' ? 'waiting' : edit.state,
    };
  try {
    const name = keyOf(username, book.data.planYear);
    if (Object.keys(kept).length === 0) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // Storage may be blocked or full: then the page asks before it is left.
  }
}

/** Puts back what was kept, over books that may have moved: the server finds those that did. */
export function restoreEdits(username: string, book: GridBook): number {
  let restored = 0;
  for (const [key, kept] of Object.entries(read(username, book.data.planYear))) {
    const place = book.placeOf(key);
    if (!place || book.edits.has(key)) continue;
    const amount = kept.amount === null ? null : BigInt(kept.amount);
    if (amount !== null && amount === book.booked(place)) continue;
    book.put(place, { ...kept, amount, expected: BigInt(kept.expected) });
    restored += 1;
  }
  return restored;
}

function read(username: string, planYear: number): Kept {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(username, planYear)) ?? '{}') as Kept;
  } catch {
    return {};
  }
}
