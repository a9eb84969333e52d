import {
  IconAlertCircle,
  IconArrowsExchange,
  IconCheck,
  IconCircleDot,
  IconClock,
  IconLoader,
  IconLock,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Chip } from '../frame/Chip';
import { UnitPicker } from '../frame/UnitPicker';
import { useWords } from '../words/words-provider';
import classes from './GridPage.module.css';
import type { GridBook } from './grid-book';

/** Beside the title: which month takes figures, and whether it was submitted. */
export function GridFacts({ book }: { book: GridBook }) {
  const words = useWords();
  const { month } = book.data;
  const only = book.units.length === 1 ? book.units[0] : undefined;
  return (
    <>
      {book.isOpen(month) ? (
        <Chip tone="accent" icon={<IconCircleDot size={14} aria-hidden="true" />}>
          {words.grid.monthOpen(month)}
        </Chip>
      ) : (
        <Chip icon={<IconLock size={14} aria-hidden="true" />}>{words.grid.monthsClosed}</Chip>
      )}
      {only?.data.reportedMonths.includes(month) && (
        <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
          {words.grid.submitted(month)}
        </Chip>
      )}
    </>
  );
}

interface LineProps {
  book: GridBook;
  chosen: string | undefined;
  showsAll: boolean;
  onShowAll: (all: boolean) => void;
  readOnly: boolean;
}

GridFacts.Line = function Line({ book, chosen, showsAll, onShowAll, readOnly }: LineProps) {
  const words = useWords();
  const navigate = useNavigate();
  const { month } = book.data;
  const hasMore = book.data.months.length > 4;
  return (
    <div className={classes.facts}>
      <UnitPicker
        chosen={chosen}
        onChoose={(unit) => void navigate({ to: '/grid', search: (before) => ({ ...before, unit }) })}
      />
      <span>
        {words.grid.moneyUnit} <strong>{words.money.million}</strong>
      </span>
      <span>{words.grid.basis}</span>
      {hasMore && (
        <span className={classes.months}>
          {!showsAll && month > 4 && `${words.grid.hiddenMonths(words.time.range(1, month - 4))} `}
          <button type="button" className={classes.link} aria-pressed={showsAll} onClick={() => onShowAll(!showsAll)}>
            {showsAll ? words.grid.hideMonths : words.grid.showMonths}
          </button>
        </span>
      )}
      {readOnly && <span>{words.grid.readOnly}</span>}
      <Legend />
    </div>
  );
};

function Legend() {
  const words = useWords();
  const { states } = words.grid;
  const items: [ReactNode, string, string?][] = [
    [<IconCheck key="i" size={14} aria-hidden="true" />, states.saved],
    [<IconLoader key="i" size={14} aria-hidden="true" />, states.saving],
    [<IconClock key="i" size={14} aria-hidden="true" />, states.waiting],
    [<IconAlertCircle key="i" size={14} aria-hidden="true" />, states.invalid, classes.err],
    [<IconArrowsExchange key="i" size={14} aria-hidden="true" />, states.conflict, classes.err],
    [<span key="i">≠</span>, states.treasury, classes.attention],
    [<span key="i" className={classes.corner} aria-hidden="true" />, states.commented],
    [<IconLock key="i" size={14} aria-hidden="true" />, states.locked],
  ];
  return (
    <ul className={classes.legend}>
      {items.map(([icon, word, tone]) => (
        <li key={word} className={tone}>
          {icon}
          {word}
        </li>
      ))}
    </ul>
  );
}
