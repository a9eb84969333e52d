import { type ReactNode, useEffect, useState } from 'react';

const PATIENCE_MS = 1_000;

/** Says what is loading, but only after a second: an answer that comes at once needs no announcement. */
export function LateNote({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return <span role="status">{late ? children : '\u00a0'}</span>;
}
