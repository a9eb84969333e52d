import { IconCalculator, IconChevronLeft, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { explanationQuery } from '../../client/queries';
import type { Month, Overview } from '../../client/types';
import { FailedState } from '../../frame/FailedState';
import { LoadingBlock } from '../../frame/LoadingBlock';
import { Marking } from '../../frame/Marking';
import { useWords } from '../../words/words-provider';
import classes from './HowPanel.module.css';
import { HowProvince } from './HowProvince';
import { HowUnit } from './HowUnit';

interface HowPanelProps {
  overview: Overview;
  item: Month;
  unit: string | undefined;
  onClose: () => void;
}

/** "How was this computed?": beside the table, so that the row it explains stays in sight. */
export function HowPanel({ overview, item, unit, onClose }: HowPanelProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const row = overview.units.find((candidate) => candidate.code === unit);
  const explanation = useQuery({ ...explanationQuery(item.month, unit ?? ''), enabled: unit !== undefined });

  // The reader who opened it by keyboard goes on reading here; closing goes back to the row.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [unit]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };

  return (
    <aside className={`${classes.panel} screenOnly`} aria-labelledby="how-title" onKeyDown={onKeyDown}>
      <button type="button" className={classes.back} onClick={onClose}>
        <IconChevronLeft size={18} aria-hidden="true" />
        {words.how.backTo(item.number)}
      </button>
      <h1 className={classes.page}>{words.time.long(item.number, item.planYear)}</h1>
      <header className={classes.head}>
        <IconCalculator size={18} aria-hidden="true" />
        <h2 id="how-title" ref={heading} tabIndex={-1}>
          {unit === undefined
            ? words.how.titleProvince(item.number)
            : words.how.title(explanation.data?.unit.name ?? row?.name ?? unit, item.number)}
        </h2>
        <button type="button" className={classes.close} aria-label={words.how.closePanel} onClick={onClose}>
          <IconX size={18} aria-hidden="true" />
        </button>
      </header>
      <div className={classes.body}>
        {unit === undefined ? (
          <HowProvince overview={overview} />
        ) : explanation.isError ? (
          <FailedState error={explanation.error} what={words.how.what} onRetry={() => void explanation.refetch()} />
        ) : explanation.data === undefined ? (
          <LoadingBlock what={words.how.what} />
        ) : (
          <HowUnit explanation={explanation.data} overview={overview} item={item} />
        )}
        {overview.illustrative && <Marking />}
      </div>
    </aside>
  );
}
