import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LetterAnswers } from '../answers/LetterAnswers';
import { noticeQuery } from '../client/queries';
import { mayAcknowledge } from '../client/rights';
import type { Notice } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay, formatMoment } from '../format/date';
import { parseMonth } from '../format/month';
import { formatPercent } from '../format/rate';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { useWords } from '../words/words-provider';
import { Acknowledgement } from './Acknowledgement';
import classes from './NoticeDetail.module.css';
import { DaysLeft, NoticeState } from './NoticeItem';
import { NoticeLineBlock } from './NoticeLineBlock';
import { NoticeTimeline } from './NoticeTimeline';

interface NoticeDetailProps {
  id: number;
  /** The same notice from the list: shown at once, while the full one is read again. */
  known: Notice | undefined;
  isPage: boolean;
}

export function NoticeDetail({ id, known, isPage }: NoticeDetailProps) {
  const words = useWords();
  const read = useQuery({ ...noticeQuery(id), ...(known === undefined ? {} : { placeholderData: known }) });
  return (
    <article className={classes.detail} aria-labelledby="notice-title">
      {isPage && (
        <Link to="/notices" className={classes.back}>
          <IconChevronLeft size={18} aria-hidden="true" />
          {words.notices.back}
        </Link>
      )}
      {read.isError ? (
        <FailedState error={read.error} what={words.notices.what} onRetry={() => void read.refetch()} />
      ) : read.data === undefined ? (
        <LoadingBlock what={words.notices.what} />
      ) : (
        <NoticeBody notice={read.data} />
      )}
    </article>
  );
}

function NoticeBody({ notice }: { notice: Notice }) {
  const words = useWords();
  const session = useSession();
  const { planYear, number } = parseMonth(notice.month);
  const facts = [
    words.notices.audiences[notice.audience],
    words.notices.monthOf(number, planYear),
    notice.issuedAt === null ? words.notices.notIssued : words.notices.issued(formatMoment(notice.issuedAt)),
    // A reminder of a report rests on no result and is no document.
    notice.step === '' ? words.notices.version(notice.monthVersion) : null,
    notice.audience === 'team' || notice.step !== '' ? null : words.notices.numberBlank,
  ].filter((fact) => fact !== null);
  return (
    <>
      <header className={classes.head}>
        <h2 id="notice-title" className={classes.title}>
          {notice.subject}
        </h2>
        <p className={classes.facts}>
          {facts.join(' · ')} {notice.illustrative && <Marking />}
        </p>
        {notice.fallback && <p className={classes.fallback}>{words.notices.fallback}</p>}
        <p className={classes.average}>
          <NoticeState notice={notice} />
          <DaysLeft notice={notice} />
          {notice.due !== null && (
            <span>{words.notices.dueBy(words.notices.duties[notice.due.duty], formatDay(notice.due.on))}</span>
          )}
          {notice.corrects !== null && <Chip tone="accent">{words.notices.correction}</Chip>}
          {notice.replacedBy !== null && (
            <Link to="/notices/$id" params={{ id: String(notice.replacedBy) }}>
              {words.notices.replaced}
            </Link>
          )}
          {notice.average !== null && (
            <>
              {words.notices.average} <strong>{formatPercent(notice.average)}</strong>
            </>
          )}
        </p>
      </header>
      {mayAcknowledge(session, notice) && <Acknowledgement notice={notice} />}
      {notice.audience === 'team' && session.permissions.includes('inspections.record') && (
        <p className={classes.next}>
          <Link to="/inspections/new" search={{ notice: notice.id }}>
            {words.inspections.planFromNotice}
          </Link>
        </p>
      )}
      {notice.audience === 'unit' && notice.step === '' && notice.state !== 'draft' && (
        <LetterAnswers notice={notice} />
      )}
      <h3 className={classes.linesTitle}>
        {words.notices.unitsInNotice} · {notice.lines.length}
      </h3>
      <ol>
        {notice.lines.map((line) => (
          <NoticeLineBlock key={line.ordinal} line={line} month={notice.month} threshold={notice.thresholdMonths} />
        ))}
      </ol>
      <NoticeTimeline timeline={notice.timeline} />
    </>
  );
}
