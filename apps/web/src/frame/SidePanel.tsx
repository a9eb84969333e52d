import { IconChevronLeft, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import classes from './SidePanel.module.css';

interface SidePanelProps {
  /** What it is about: another subject takes the focus to the heading again. */
  subject: string | number;
  title: string;
  subtitle?: string;
  icon?: ReactNode;
  /** The heading of the page that it stands in for where there is no room beside it. */
  page: string;
  backLabel: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
}

/** An explanation beside the table, so that the row it belongs to stays in sight; on a phone in place of the page. */
export function SidePanel({
  subject,
  title,
  subtitle,
  icon,
  page,
  backLabel,
  closeLabel,
  onClose,
  children,
}: SidePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();

  // The reader who opened it by keyboard goes on reading here; closing goes back to the row.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [subject]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };

  return (
    <aside className={`${classes.panel} screenOnly`} aria-labelledby={id} onKeyDown={onKeyDown}>
      <button type="button" className={classes.back} onClick={onClose}>
        <IconChevronLeft size={18} aria-hidden="true" />
        {backLabel}
      </button>
      <h1 className={classes.page}>{page}</h1>
      <header className={classes.head}>
        {icon}
        <div>
          <h2 id={id} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {subtitle !== undefined && <p className={classes.subtitle}>{subtitle}</p>}
        </div>
        <button type="button" className={classes.close} aria-label={closeLabel} onClick={onClose}>
          <IconX size={18} aria-hidden="true" />
        </button>
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}
