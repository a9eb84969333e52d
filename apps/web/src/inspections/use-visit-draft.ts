import { useEffect, useRef, useState } from 'react';
import { dropDraft, keepDraft, keptDraft, type VisitDraft } from './visit-draft';

const KEEP_AFTER_MS = 300;

export type Keeping = { state: 'keeping' } | { state: 'kept'; at: Date } | { state: 'not-kept' };

export interface KeptVisit {
  /** undefined while the device is asked. */
  draft: VisitDraft | undefined;
  keeping: Keeping;
  change(changes: Partial<VisitDraft> | ((draft: VisitDraft) => VisitDraft)): void;
  /** Removes it from the device. */
  drop(): Promise<void>;
}

/** The draft of a visit, kept on the device a moment after every change: closing the page loses nothing. */
export function useVisitDraft(username: string, inspection: number, empty: () => VisitDraft): KeptVisit {
  const [draft, setDraft] = useState<VisitDraft>();
  const [keeping, setKeeping] = useState<Keeping>({ state: 'keeping' });
  const isDropped = useRef(false);
  const begin = useRef(empty);

  useEffect(() => {
    let isHere = true;
    keptDraft(username, inspection)
      .catch(() => undefined)
      .then((kept) => isHere && setDraft(kept ?? begin.current()))
      .catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [username, inspection]);

  useEffect(() => {
    if (draft === undefined) return undefined;
    setKeeping({ state: 'keeping' });
    const keep = () => {
      if (isDropped.current) return;
      keepDraft(username, inspection, draft).then(
        () => setKeeping({ state: 'kept', at: new Date() }),
        () => setKeeping({ state: 'not-kept' }),
      );
    };
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, username, inspection]);

  return {
    draft,
    keeping,
    change: (changes) =>
      setDraft((before) =>
        before === undefined ? before : typeof changes === 'function' ? changes(before) : { ...before, ...changes },
      ),
    drop: async () => {
      isDropped.current = true;
      await dropDraft(username, inspection).catch(() => undefined);
    },
  };
}
