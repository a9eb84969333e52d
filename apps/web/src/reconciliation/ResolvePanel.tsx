import { IconChevronLeft, IconRefreshAlert, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Difference, ReconciliationList } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { parseMonth } from '../format/month';
import { Choice } from '../frame/Choice';
import { useWords } from '../words/words-provider';
import { CorrectionForm } from './CorrectionForm';
import { StateChip } from './DifferencesTable';
import { NoteForm } from './NoteForm';
import classes from './ResolvePanel.module.css';
import { signedDong } from './signed-dong';

interface ResolvePanelProps {
  month: string;
  months: ReconciliationList['items'];
  difference: Difference;
  onClose: () => void;
}

/** One difference beside the table: both figures, why they may differ, how it was answered, and how to answer it. */
export function ResolvePanel({ month, months, difference, onClose }: ResolvePanelProps) {
  const words = useWords();
  const own = words.reconciliation;
  const session = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  const [way, setWay] = useState<'note' | 'entry'>('note');
  const answers = session.role === 'staff' || session.role === 'approver';
  const isOpen = difference.differenceDong !== 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  // The reader who opened it by keyboard goes on reading here; closing goes back to the row.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <aside className={classes.panel} aria-labelledby="difference-title" onKeyDown={onKeyDown}>
      <button type="button" className={classes.back} onClick={onClose}>
        <IconChevronLeft size={18} aria-hidden="true" />
        {own.back}
      </button>
      <header className={classes.head}>
        <div>
          <h2 id="difference-title" ref={heading} tabIndex={-1}>
            {difference.project?.name ?? own.notInRegister(difference.nationalCode ?? difference.key)}
          </h2>
          <p className={classes.quiet}>
            {[difference.source.name, difference.carriedOver ? own.carriedOver : '', difference.unit?.name ?? '']
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <button type="button" className={classes.close} aria-label={own.closePanel} onClick={onClose}>
          <IconX size={18} aria-hidden="true" />
        </button>
      </header>
      <Figures difference={difference} />
      <div className={classes.body}>
        <Answered difference={difference} />
        {isOpen && answers && (
          <>
            {session.role === 'staff' && (
              <Choice
                label={own.how}
                value={way}
                options={[
                  { value: 'note', label: own.byNote },
                  { value: 'entry', label: own.byEntry },
                ]}
                onChange={setWay}
              />
            )}
            {way === 'note' ? (
              <NoteForm month={month} difference={difference} onDone={onClose} />
            ) : (
              <CorrectionForm month={month} months={months} difference={difference} onDone={onClose} />
            )}
          </>
        )}
        {isOpen && !answers && <p className={classes.quiet}>{own.staffResolves}</p>}
      </div>
    </aside>
  );
}

function Figures({ difference }: { difference: Difference }) {
  const words = useWords();
  const own = words.reconciliation;
  const { counterpart, booksRecoveredDong, treasuryRecoveredDong } = difference;
  return (
    <div
      className={difference.state === 'accepted' || difference.state === 'corrected' ? classes.calm : classes.figures}
    >
      <p className={classes.state}>
        <StateChip state={difference.state} /> <strong>{own.causes[difference.cause]}</strong>
      </p>
      <dl>
        <div>
          <dt>{own.inBooks}</dt>
          <dd>{formatDong(difference.booksDong)}</dd>
        </div>
        <div>
          <dt>{own.atTreasury}</dt>
          <dd>{formatDong(difference.treasuryDong)}</dd>
        </div>
        <div className={classes.difference}>
          <dt>{own.difference}</dt>
          <dd>{signedDong(difference.differenceDong)}</dd>
        </div>
      </dl>
      <p>{own.why[difference.cause]}</p>
      {counterpart !== null && (
        <p>
          {own.counterpart(
            words.time.column(parseMonth(counterpart.month).number),
            counterpart.carriedOver ? `${counterpart.source.name}, ${own.carriedOver}` : counterpart.source.name,
            formatDong(counterpart.booksDong),
            formatDong(counterpart.treasuryDong),
          )}
        </p>
      )}
      {(booksRecoveredDong !== 0 || treasuryRecoveredDong !== 0) && (
        <p>{own.recovered(formatDong(booksRecoveredDong), formatDong(treasuryRecoveredDong))}</p>
      )}
    </div>
  );
}

/** The last answer, and whether it still holds. */
function Answered({ difference }: { difference: Difference }) {
  const words = useWords();
  const own = words.reconciliation;
  const { resolution } = difference;
  if (resolution === null) return null;
  return (
    <div className={classes.answered}>
      {difference.state === 'lapsed' && (
        <p className={classes.lapsed}>
          <IconRefreshAlert size={16} aria-hidden="true" />
          {own.lapsedNote}
        </p>
      )}
      <h3>{own.answered}</h3>
      <p>{resolution.note}</p>
      {resolution.entries.map(({ id, month, amountDong }) => (
        <p key={id}>{own.answeredEntry(id, words.time.column(parseMonth(month).number), signedDong(amountDong))}</p>
      ))}
      <p className={classes.quiet}>
        {own.answeredBy(resolution.by, formatMoment(resolution.at))}.{' '}
        {own.answeredThen(formatDong(resolution.booksDong), formatDong(resolution.treasuryDong))}
      </p>
    </div>
  );
}
