import { Refusal } from '../client/refusal';
import type { Edit, GridBook } from './grid-book';
import { MOST_CELLS, stateCells } from './grid-requests';
import type { CellPlace, StatedCell, StatedOutcome } from './grid-types';

/** Long enough to take a slip back with Ctrl+Z before it is booked, short enough to feel saved at once. */
const SAVE_AFTER_MS = 1200;
const TRY_AGAIN_MS = 10_000;
const TICK_MS = 2500;

/**
 * Sends what was typed, a moment after the last change, and writes the answers into the book. Nothing leaves the
 * book before the server has booked it: no answer, a refusal, a conflict all stay as typed with their sentence.
 */
export class GridSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly book: GridBook,
    private readonly onSaved: (booked: number, troubled: number) => void,
  ) {}

  /** Saves soon; called after each change. */
  soon(delay = SAVE_AFTER_MS): void {
    clearTimeout(this.timer);
    if (!this.stopped && this.due().length > 0) this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** Saves now; resolves when nothing is left that could be sent. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending) await this.sending;
    const due = this.due();
    if (due.length === 0) return;
    this.sending = this.send(due.slice(0, MOST_CELLS)).finally(() => (this.sending = undefined));
    await this.sending;
    if (this.due().some(([, edit]) => edit.state === 'waiting')) return this.flush();
  }

  start(): void {
    this.stopped = false;
    this.soon();
  }

  /** After this nothing goes out by itself. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private due(): [string, Edit][] {
    return [...this.book.edits].filter(
      ([key, { state, amount }]) =>
        (state === 'waiting' || state === 'offline') && amount !== null && this.book.placeOf(key) !== undefined,
    );
  }

  private async send(due: [string, Edit][]): Promise<void> {
    const { book } = this;
    const sent = due.flatMap(([key, edit]) => {
      const place = book.placeOf(key);
      return place ? [{ place, edit: { ...edit, state: 'saving' as const } }] : [];
    });
    for (const { place, edit } of sent) book.put(place, edit);
    book.changed();
    try {
      const outcomes = await stateCells(
        book.data.planYear,
        sent.map(({ place, edit }) => this.stated(place, edit)),
      );
      let [booked, troubled] = [0, 0];
      sent.forEach(({ place, edit }, i) => {
        const outcome = outcomes[i];
        if (!outcome) return;
        if (outcome.outcome === 'booked' || outcome.outcome === 'same') booked += 1;
        else troubled += 1;
        this.settle(place, edit, outcome);
      });
      book.changed();
      this.onSaved(booked, troubled);
    } catch (error) {
      this.keep(sent, error);
    }
  }

  private stated(place: CellPlace, edit: Edit): StatedCell {
    const row = this.book.rows[place.row];
    if (!row || row.projectCode === null) throw new RangeError('a cell without a project takes no money');
    return {
      unitCode: row.unitCode,
      projectCode: row.projectCode,
      sourceCode: row.sourceCode,
      carriedOver: row.carriedOver,
      month: place.month,
      basis: 'actual',
      // Within ±(2^53 − 1), as readAmount lets pass.
      amountDong: Number(edit.amount ?? 0n),
      expectedDong: Number(edit.expected),
      ...(edit.reason === '' ? {} : { reason: edit.reason, lowering: edit.lowering }),
      ...(edit.documentNo === '' ? {} : { documentNo: edit.documentNo }),
    };
  }

  private settle(place: CellPlace, sent: Edit, outcome: StatedOutcome): void {
    const { book } = this;
    const key = book.key(place);
    const now = book.edits.get(key);
    book.book(place, BigInt(outcome.bookDong));
    if (outcome.outcome === 'booked' || outcome.outcome === 'same') {
      // Typed again while the save was under way: that one follows, on top of what is booked now.
      if (now && now.amount !== sent.amount) book.put(place, { ...now, expected: BigInt(outcome.bookDong) });
      else {
        book.put(place, undefined);
        this.tick(key);
      }
      return;
    }
    if (!now || now.amount !== sent.amount) return;
    const [first] = outcome.problems;
    const lacksReason = outcome.problems.some(({ pointer }) => pointer.endsWith('/reason'));
    book.put(place, {
      ...now,
      state: outcome.outcome === 'conflict' ? 'conflict' : lacksReason ? 'reason' : 'refused',
      sentence: first?.detail ?? '',
      changedBy: outcome.changedBy,
      changedAt: outcome.changedAt,
    });
  }

  /** No answer, or one for the whole batch. */
  private keep(sent: { place: CellPlace; edit: Edit }[], error: unknown): void {
    const unreachable = error instanceof Refusal && (error.isUnreachable || error.status >= 500);
    const sentence = error instanceof Refusal ? (error.detail ?? error.code) : String(error);
    for (const { place, edit } of sent) {
      const now = this.book.edit(place);
      if (!now || now.amount !== edit.amount) continue;
      this.book.put(place, {
        ...now,
        state: unreachable ? 'offline' : 'refused',
        sentence: unreachable ? '' : sentence,
      });
    }
    this.book.changed();
    if (unreachable) this.soon(TRY_AGAIN_MS);
    this.onSaved(0, sent.length);
  }

  private tick(key: string): void {
    this.book.saved.add(key);
    setTimeout(() => {
      this.book.saved.delete(key);
      this.book.changed();
    }, TICK_MS);
  }
}
