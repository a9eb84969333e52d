import { useEffect, useState } from 'react';

/** What a person has answered of an import that is not committed yet. */
export interface Draft {
  readingIsRight: boolean;
  withoutRejected: boolean;
  reason: string;
}

const EMPTY: Draft = { readingIsRight: false, withoutRejected: false, reason: '' };

/** Answers outlive a reload, in this tab alone: they are this person's, about what this person saw. */
export function useDraft(importId: number): [Draft, (change: Partial<Draft>) => void] {
  const key = `import-${importId}`;
  const [draft, setDraft] = useState<Draft>(() => remembered(key));
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Storage may be blocked; the answers then last until the page is closed.
    }
  }, [key, draft]);
  return [draft, (change) => setDraft((before) => ({ ...before, ...change }))];
}

function remembered(key: string): Draft {
  try {
    return { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}
