import { IconRefreshAlert } from '@tabler/icons-react';
import { useState } from 'react';
import type { Difference, ReconciliationList } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { parseMonth } from '../format/month';
import { signedDong } from '../format/signed-dong';
import { Choice } from '../frame/Choice';
import { SidePanel } from '../frame/SidePanel';
import { useWords } from '../words/words-provider';
import { CorrectionForm } from './CorrectionForm';
import { StateChip } from './DifferencesTable';
import { NoteForm } from './NoteForm';
import classes from './ResolvePanel.module.css';

interface ResolvePanelProps {
  month: string;
  months: ReconciliationList['items'];
  difference: Difference;
  /** The heading of the page it stands in for on a phone. */
  page: string;
  onClose: () => void;
}

/** One difference beside the table: both figures, why they may differ, how it was answered, and how to answer it. */
export function ResolvePanel({ month, months, difference, page, onClose }: ResolvePanelProps) {
  const words = useWords();
  const own = words.reconciliation;
  const session = useSession();
  const [way, setWay] = useState<'note' | 'entry'>('note');
  const answers = session.role === 'staff' || session.role === 'approver';
  const isOpen = difference.differenceDong !== 0;

  return (
    <SidePanel
      subject={difference.key}
      title={difference.project?.name ?? own.notInRegister(difference.nationalCode ?? difference.key)}
      subtitle={[difference.source.name, difference.carriedOver ? own.carriedOver : '', difference.unit?.name ?? '']
        .filter(Boolean)
        .join(' · ')}
      page={page}
      backLabel={own.back}
      closeLabel={own.closePanel}
      onClose={onClose}
    >
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
    </SidePanel>
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
