import type { ReactNode } from 'react';
import classes from './Chip.module.css';

type Tone = 'plain' | 'accent' | 'below' | 'ok' | 'late';

/** A state in a few words with its icon: never colour alone. */
export function Chip({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`${classes.chip} ${classes[tone]}`}>
      {icon}
      {children}
    </span>
  );
}
