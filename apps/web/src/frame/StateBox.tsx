import type { ReactNode } from 'react';
import classes from './StateBox.module.css';

interface StateBoxProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  alert?: boolean;
  /** h1 where the box is all there is on the page. */
  heading?: 'h1' | 'h2';
}

/** Why there is nothing to see, and the next step: for empty, failed and refused pages alike. */
export function StateBox({ icon, title, children, actions, alert = false, heading: Heading = 'h2' }: StateBoxProps) {
  return (
    <div className={alert ? `${classes.box} ${classes.alert}` : classes.box} role={alert ? 'alert' : undefined}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <Heading className={classes.title}>{title}</Heading>
      {children}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
