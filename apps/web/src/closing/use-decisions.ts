import { useState } from 'react';
import type { Decision, MissingItem } from '../client/types';

/** What the reader has said about one missing thing; nothing is sent before the month is closed. */
export interface Said {
  accepted: boolean;
  note: string;
}

export interface Decisions {
  of(item: MissingItem): Said;
  say(item: MissingItem, said: Said): void;
  /** Accepts all that is not decided yet, with one note. */
  acceptRest(items: readonly MissingItem[], note: string): void;
  isDecided(item: MissingItem): boolean;
  /** As they are sent with the close. */
  toSend(items: readonly MissingItem[]): Decision[];
}

const UNSAID: Said = { accepted: false, note: '' };
const keyOf = ({ kind, subject }: MissingItem): string => `${kind} ${subject}`;

/** Typed decisions stay while the sheet is read again; a thing that is no longer missing is simply not sent. */
export function useDecisions(): Decisions {
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({});
  const of = (item: MissingItem): Said => said[keyOf(item)] ?? UNSAID;
  const isDecided = (item: MissingItem): boolean => of(item).accepted && of(item).note.trim() !== '';
  return {
    of,
    isDecided,
    say: (item, now) => setSaid((before) => ({ ...before, [keyOf(item)]: now })),
    acceptRest: (items, note) =>
      setSaid((before) => ({
        ...before,
        ...Object.fromEntries(
          items.filter((item) => !isDecided(item)).map((item) => [keyOf(item), { accepted: true, note }]),
        ),
      })),
    toSend: (items) =>
      items.filter(isDecided).map((item) => ({
        kind: item.kind,
        decision: item.decision,
        note: of(item).note.trim(),
        ...subjectOf(item),
      })),
  };
}

/** A check by its name, an objection by its number, everything else by its unit. */
function subjectOf({ kind, subject }: MissingItem): Pick<Decision, 'check' | 'answerId' | 'unitCode'> {
  if (kind === 'not-signed-off') return { check: subject };
  return kind === 'open-objection' ? { answerId: Number(subject) } : { unitCode: subject };
}
