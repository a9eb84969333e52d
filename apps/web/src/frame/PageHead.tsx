import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/words-provider';
import classes from './PageHead.module.css';

/** What was announced last; at first the page that was opened, where the reader starts at the top. */
let announced: string | null = null;

interface PageHeadProps {
  title: string;
  /** Facts beside the title: state, dates. */
  children?: ReactNode;
  actions?: ReactNode;
  /** Before the title: the way back on a phone. */
  before?: ReactNode;
}

/** The heading of a screen. It names the browser tab and takes the focus after a change of page. */
export function PageHead({ title, children, actions, before }: PageHeadProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    // Path and title: on the way to a page that is still being fetched the old heading already has the new path.
    const page = `${path} ${title}`;
    const isFirst = announced === null;
    if (page === announced) return;
    announced = page;
    // Whoever pages through months by keyboard stays on the arrow, and whoever is typing goes on typing.
    const active = document.activeElement;
    const isBusy = active instanceof HTMLInputElement || document.getElementById('content')?.contains(active) === true;
    if (!isFirst && !isBusy) heading.current?.focus({ preventScroll: true });
  }, [path, title]);
  return (
    <div className={classes.head}>
      <title>{`${title} · ${words.product}`}</title>
      {before}
      <h1 ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </h1>
      {children}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
