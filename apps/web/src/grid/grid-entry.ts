import type { Edit, GridBook } from './grid-book';
import type { CellPlace } from './grid-types';
import { readTyped, writeMillions, type ReadAmount } from './read-amount';

/** Sentences that an edit may carry before any server was asked. */
export interface EntryWords {
  fault: (fault: 'not-a-number' | 'not-whole' | 'too-large') => string;
  reasonNeeded: (from: bigint, to: bigint) => string;
}

export interface TypedCell extends CellPlace {
  text: string;
  /** đồng, where it is known already; else the text is read. */
  amount?: bigint;
  reason?: string;
}

interface Step {
  place: string;
  before: bigint | null;
}

/** Most steps that can be taken back. */
const MOST_STEPS = 200;

/** Typing, pasting, filling and clearing: all of them state totals of cells, and all can be taken back. */
export class GridEntry {
  private steps: Step[][] = [];

  constructor(
    readonly book: GridBook,
    private readonly words: EntryWords,
  ) {}

  /** States cells; closed ones are left alone and counted in the answer. */
  state(cells: readonly TypedCell[]): { locked: number } {
    const step: Step[] = [];
    let locked = 0;
    for (const cell of cells) {
      if (!this.book.mayType(cell)) {
        locked += 1;
        continue;
      }
      step.push({ place: this.book.key(cell), before: this.book.shown(cell) });
      this.put(cell);
    }
    if (step.length > 0) {
      this.steps.push(step);
      if (this.steps.length > MOST_STEPS) this.steps.shift();
      this.book.changed();
    }
    return { locked };
  }

  /** Delete: what was typed goes; what is booked becomes 0, which needs a reason. */
  clear(places: readonly CellPlace[]): void {
    this.state(
      places
        .filter((place) => this.book.mayType(place) && (this.book.edit(place) || this.book.booked(place) !== 0n))
        .map((place) => (this.book.edit(place) ? this.asBooked(place) : { ...place, text: '0', amount: 0n })),
    );
  }

  /** Ctrl+Z: the cells of the last act show again what they showed before it. What was booked meanwhile is corrected. */
  undo(reason: string): CellPlace | undefined {
    const step = this.steps.pop();
    for (const { place: key, before } of step ?? []) {
      const place = this.book.placeOf(key);
      if (!place || !this.book.mayType(place)) continue;
      const amount = before ?? 0n;
      this.put({ ...place, text: writeMillions(amount), amount, reason });
    }
    this.book.changed();
    const first = step?.[0];
    return first && this.book.placeOf(first.place);
  }

  /** The reason of a lowering, and how it is booked: then it may go out. */
  explain(place: CellPlace, reason: string, lowering: Edit['lowering']): void {
    const edit = this.book.edit(place);
    if (!edit || edit.amount === null) return;
    this.book.put(place, { ...edit, reason, lowering, state: 'waiting', sentence: '' });
    this.book.changed();
  }

  /** Takes an edit back: the cell shows the books again. */
  drop(place: CellPlace): void {
    this.book.put(place, undefined);
    this.book.changed();
  }

  /** Of a conflict: states the own total again, now over the value that the other has booked. */
  insist(place: CellPlace): void {
    const edit = this.book.edit(place);
    if (!edit || edit.amount === null) return;
    this.put({ ...place, text: edit.text, amount: edit.amount, reason: edit.reason });
    this.book.changed();
  }

  private asBooked(place: CellPlace): TypedCell {
    const amount = this.book.booked(place);
    return { ...place, text: writeMillions(amount), amount };
  }

  private put(cell: TypedCell): void {
    const { book } = this;
    const before = book.edit(cell);
    const read: ReadAmount = cell.amount === undefined ? readTyped(cell.text) : { amount: cell.amount };
    const booked = book.booked(cell);
    // An emptied editor means: as if nothing had been typed.
    if (
      ('fault' in read && read.fault === 'empty') ||
      ('amount' in read && read.amount === booked && !isSending(before))
    ) {
      book.put(cell, undefined);
      return;
    }
    const edit: Edit = {
      text: cell.text,
      amount: 'amount' in read ? read.amount : null,
      expected: booked,
      state: 'waiting',
      sentence: '',
      reason: cell.reason ?? '',
      lowering: 'correction',
      documentNo: before?.documentNo ?? '',
      changedBy: null,
      changedAt: null,
    };
    if ('fault' in read && read.fault !== 'empty') {
      edit.state = 'invalid';
      edit.sentence = this.words.fault(read.fault);
    } else if (edit.amount !== null && edit.amount < booked && edit.reason === '') {
      edit.state = 'reason';
      edit.sentence = this.words.reasonNeeded(booked, edit.amount);
    }
    book.put(cell, edit);
  }
}

/** A save is under way: what the books will hold in a moment is not what they hold now. */
function isSending(edit: Edit | undefined): boolean {
  return edit?.state === 'saving';
}
