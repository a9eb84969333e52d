import type { ReactNode } from 'react';
import classes from './Fraction.module.css';

interface FractionProps {
  top: string;
  bottom: string;
  /** What the line between them is read as. */
  equals: string;
  children?: ReactNode;
}

export function Fraction({ top, bottom, equals, children }: FractionProps) {
  return (
    <p className={classes.line}>
      <span className={classes.fraction}>
        <span>{top}</span>
        <span className="spoken"> / </span>
        <span className={classes.bottom}>{bottom}</span>
      </span>
      <span className={classes.equals}>=</span>
      <strong>{equals}</strong>
      {children}
    </p>
  );
}
