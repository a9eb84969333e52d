import {
  IconAlertCircle,
  IconArrowsExchange,
  IconCheck,
  IconCircleDot,
  IconClock,
  IconLoader,
  IconLock,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { unitsQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { compareVietnamese } from '../format/fold';
import { Chip } from '../frame/Chip';
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
  const { month } = book.data;
  const hasMore = book.data.months.length > 4;
  return (
    <div className={classes.facts}>
      <UnitPicker chosen={chosen} />
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

/** Staff choose among all units, a reporter of several among the own ones. */
function UnitPicker({ chosen }: { chosen: string | undefined }) {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const units = useQuery({ ...unitsQuery(), enabled: session.units.length !== 1 });
  if (session.units.length === 1) return null;
  const sorted = [...(units.data ?? [])].sort((a, b) => compareVietnamese(a.name, b.name));
  return (
    <label className={classes.picker}>
      <span>{words.grid.unit}</span>
      <select
        value={chosen ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          void navigate({ to: '/grid', search: (before) => ({ ...before, unit: value === '' ? undefined : value }) });
        }}
      >
        <option value="">{words.grid.allUnits}</option>
        {sorted.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

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
