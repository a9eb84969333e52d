import type { ReactNode } from 'react';
import classes from './KeyFigures.module.css';

export interface KeyFigure {
  id: string;
  label: ReactNode;
  value: ReactNode;
  /** Beside the figure, smaller. */
  beside?: ReactNode;
  /** Below: what it is made of. */
  below?: ReactNode;
  attention?: boolean;
}

/**
 * The few figures that a reader should take away, in one row of equal cells (2 × 2 on a phone).
 * While busy the figures are those of another month: they keep their place and are not shown.
 */
export function KeyFigures({ figures, busy = false }: { figures: KeyFigure[]; busy?: boolean }) {
  return (
    <dl className={classes.figures} aria-busy={busy}>
      {figures.map((figure) => (
        <div key={figure.id} className={classes.figure}>
          <dt className={classes.label}>{figure.label}</dt>
          <dd className={classes.line}>
            <span className={figure.attention === true ? `${classes.value} ${classes.attention}` : classes.value}>
              {figure.value}
            </span>
            {figure.beside !== undefined && <span className={classes.beside}>{figure.beside}</span>}
          </dd>
          <dd className={classes.below}>{figure.below ?? '\u00a0'}</dd>
        </div>
      ))}
    </dl>
  );
}
