import { chainHash, GENESIS, readExportLine, type ChainedEvent } from './chain-link.rule.js';

export type FindingKind = 'changed' | 'unreadable' | 'removed' | 'inserted' | 'moved';

/** What is wrong, and where. Lines count from 1. */
export interface Finding {
  kind: FindingKind;
  /** The event's own line; for `removed` the line before which it is missing. */
  line: number;
  /** The number of the event, or of the first of several; of an inserted one the number that it claims, if any. */
  seq: number | null;
  lastSeq: number | null;
}

export interface ChainVerdict {
  events: number;
  firstSeq: number | null;
  lastSeq: number | null;
  /** Hash of the last event. */
  headHash: string | null;
  /** In the order of the lines; at most `MOST_FINDINGS`, the rest is only counted. */
  findings: Finding[];
  findingsInAll: number;
  /** Known heads with the event that bears each; null where none does: the end was cut off, or all was rewritten. */
  heads: { hash: string; seq: number | null }[];
}

export const MOST_FINDINGS = 1000;

interface Standing {
  line: number;
  event: ChainedEvent;
}

/** Numbers that nobody bore yet, before the event that stands on `line`. */
interface Gap {
  from: number;
  to: number;
  line: number;
  /** What the event after the gap says its predecessor's hash is. */
  lastHash: string;
}

/**
 * Verifies a chain line by line in constant memory, and tells which events were changed, removed, inserted or moved.
 * An event whose own hash is right is one of the chain where it continues the one before. One that jumps ahead is held
 * until the next shows whether the chain goes on there (then events are missing) or before it (then it stands in a
 * wrong place). A rewrite from one event to the very end is consistent in itself and is told only by a head that was
 * printed before.
 */
export class ChainVerifier {
  private events = 0;
  private firstSeq: number | null = null;
  private last: Standing | undefined;
  private held: Standing | undefined;
  /** Lines since the last event of the chain that are none by their own hash. */
  private wrong: { line: number; event: ChainedEvent | undefined }[] = [];
  private gaps: Gap[] = [];
  private aside: Standing[] = [];
  private findings: Finding[] = [];
  private findingsInAll = 0;
  private readonly seqOfHead: Map<string, number | null>;

  constructor(
    /** Number of the first event; what stands before it is not asked for. */
    private expected = 1,
    heads: readonly string[] = [],
  ) {
    this.seqOfHead = new Map(heads.map((hash) => [hash, null]));
    this.previous = expected === 1 ? GENESIS : undefined;
  }

  /** Hash that the next event must name; undefined where it cannot be known. */
  private previous: string | undefined;

  /** A line without its end; undefined for bytes that are no text. */
  take(line: number, text: string | undefined): void {
    const event = text === undefined ? undefined : readExportLine(text);
    if (event) this.events += 1;
    if (!event || chainHash(event) !== event.hash) {
      this.settleHeld();
      if (this.wrong.length < MOST_FINDINGS) this.wrong.push({ line, event });
      else this.tell('unreadable', line, null);
      return;
    }
    this.place({ line, event });
  }

  finish(): ChainVerdict {
    this.settleHeld();
    for (const { line, event } of this.wrong) this.tell(event ? 'changed' : 'unreadable', line, this.expected++);
    for (const { from, to, line } of this.gaps) this.tell('removed', line, from, to);
    for (const { line, event } of this.aside) this.tell('inserted', line, event.seq);
    this.findings.sort((a, b) => a.line - b.line || (a.seq ?? 0) - (b.seq ?? 0));
    return {
      events: this.events,
      firstSeq: this.firstSeq,
      lastSeq: this.last?.event.seq ?? null,
      headHash: this.last?.event.hash ?? null,
      findings: this.findings,
      findingsInAll: this.findingsInAll,
      heads: [...this.seqOfHead].map(([hash, seq]) => ({ hash, seq })),
    };
  }

  private place(next: Standing): void {
    const { held } = this;
    this.held = undefined;
    const { seq, previousHash } = next.event;
    if (held) {
      const goesOnBefore = seq === this.expected && previousHash === this.previous;
      const isBetween = seq > this.expected && seq < held.event.seq;
      if (goesOnBefore || isBetween) this.setAside(held);
      else this.accept(held);
    }
    if (seq < this.expected) this.comeLate(next);
    else if (seq === this.expected || this.wrong.length > 0) this.accept(next);
    else this.held = next;
  }

  private settleHeld(): void {
    if (this.held) this.accept(this.held);
    this.held = undefined;
  }

  /** The next event of the chain, whatever is missing before it. */
  private accept(next: Standing): void {
    const { seq, previousHash, hash } = next.event;
    const missing = this.blameWrongLines(seq - this.expected);
    if (missing) this.open({ from: missing, to: seq - 1, line: next.line, lastHash: previousHash });
    else if (this.previous !== undefined && this.previous !== previousHash) this.blameBefore(next);
    this.firstSeq ??= seq;
    this.last = next;
    this.expected = seq + 1;
    this.previous = hash;
    if (this.seqOfHead.has(hash)) this.seqOfHead.set(hash, seq);
  }

  /**
   * Lines with a wrong hash stand for the numbers that are missing, in order; lines beyond that were inserted. Returns
   * the first number that nothing stands for.
   */
  private blameWrongLines(missing: number): number | undefined {
    const lines = this.wrong;
    this.wrong = [];
    if (lines.length > 0) this.previous = undefined;
    const first = this.expected;
    lines.forEach(({ line, event }, i) => {
      if (i >= missing) return this.tell('inserted', line, event?.seq ?? null);
      // A line that is two, its end overwritten, stands for both.
      const isLast = i === lines.length - 1 && !event;
      this.tell(event ? 'changed' : 'unreadable', line, first + i, isLast ? first + missing - 1 : first + i);
    });
    const stoodFor = lines.length > 0 && !lines.at(-1)?.event ? missing : Math.min(lines.length, missing);
    return stoodFor < missing ? first + stoodFor : undefined;
  }

  /** Two events in a row, each right in itself, that do not follow each other: the first was replaced. */
  private blameBefore({ event }: Standing): void {
    if (!this.last) return this.tell('changed', 1, event.seq);
    const twin = this.aside.findIndex(
      (other) => other.event.seq === event.seq - 1 && other.event.hash === event.previousHash,
    );
    if (twin >= 0) this.aside.splice(twin, 1);
    this.tell(twin >= 0 ? 'inserted' : 'changed', this.last.line, this.last.event.seq);
  }

  private open(gap: Gap): void {
    const inGap = this.aside
      .filter(({ event }) => event.seq >= gap.from && event.seq <= gap.to)
      .sort((a, b) => a.event.seq - b.event.seq);
    if (this.gaps.length < MOST_FINDINGS) this.gaps.push(gap);
    else this.tell('removed', gap.line, gap.from, gap.to);
    for (const standing of inGap) {
      this.aside = this.aside.filter((other) => other !== standing);
      this.comeLate(standing);
    }
  }

  /** An event whose number is passed: it fills a gap, or there is no place for it. */
  private comeLate(late: Standing): void {
    const { seq, hash } = late.event;
    const at = this.gaps.findIndex(({ from, to }) => seq >= from && seq <= to);
    const gap = this.gaps[at];
    if (!gap || (seq === gap.to && hash !== gap.lastHash)) return this.setAside(late);
    const rest = [
      { ...gap, to: seq - 1, lastHash: late.event.previousHash },
      { ...gap, from: seq + 1 },
    ].filter(({ from, to }) => from <= to);
    this.gaps.splice(at, 1, ...rest);
    this.tell('moved', late.line, seq);
  }

  private setAside(standing: Standing): void {
    if (this.aside.length < MOST_FINDINGS) this.aside.push(standing);
    else this.tell('inserted', standing.line, standing.event.seq);
  }

  private tell(kind: FindingKind, line: number, seq: number | null, lastSeq = seq): void {
    this.findingsInAll += 1;
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ kind, line, seq, lastSeq });
  }
}

/** The verdict on a whole export that is at hand: its lines, without their ends. */
export function verifyChain(
  lines: Iterable<string>,
  { from = 1, heads = [] }: { from?: number; heads?: readonly string[] } = {},
): ChainVerdict {
  const verifier = new ChainVerifier(from, heads);
  let line = 0;
  for (const text of lines) verifier.take(++line, text);
  return verifier.finish();
}

/** Whether nothing is wrong and every known head is there. */
export function isWhole({ findingsInAll, heads }: ChainVerdict): boolean {
  return findingsInAll === 0 && heads.every(({ seq }) => seq !== null);
}
