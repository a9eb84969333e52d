import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import classes from './Refused.module.css';

const MOST_POINTS = 20;

interface RefusedProps {
  /** What was not done. */
  label: string;
  /** Nothing is drawn while there is none. */
  error: Error | null;
  /** Where the field stands that a pointer names; the server's sentence follows. */
  place?: (pointer: string) => string;
  /** A way on. */
  children?: ReactNode;
}

/** The server's no in its own words, with each field that is wrong. */
export function Refused({ label, error, place = () => '', children }: RefusedProps) {
  const words = useWords();
  if (error === null) return null;
  const refusal = error instanceof Refusal ? error : null;
  const points = new Set(refusal?.fields.map(({ pointer, detail }) => `${place(pointer)}${detail}`));
  return (
    <div role="alert" className={classes.refused}>
      <IconAlertCircle size={18} aria-hidden="true" />
      <div>
        <p>
          <strong>{label}</strong> {refusal?.detail ?? words.state.offlineTitle} {children}
        </p>
        {points.size > 0 && (
          <ul>
            {[...points].slice(0, MOST_POINTS).map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
