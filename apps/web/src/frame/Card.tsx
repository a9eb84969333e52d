import { type ReactNode, useId } from 'react';
import classes from './Card.module.css';

interface CardProps {
  title: string;
  /** What the figures in the card are, and their unit: stated once, here. */
  subtitle?: ReactNode;
  icon?: ReactNode;
  right?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Card({ title, subtitle, icon, right, children, className }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className === undefined ? classes.card : `${classes.card} ${className}`}>
      <header className={classes.head}>
        {icon}
        <h2 id={id}>{title}</h2>
        {subtitle !== undefined && <span className={classes.subtitle}>{subtitle}</span>}
        {right !== undefined && <div className={classes.right}>{right}</div>}
      </header>
      {children}
    </section>
  );
}
