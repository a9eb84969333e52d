import { IconArrowBackUp, IconCalendarDue, IconCircleCheck, IconClock, IconFileText } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { NoticeShow } from '../client/queries';
import type { Notice } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatDayOf } from '../format/date';
import { parseMonth } from '../format/month';
import { Chip } from '../frame/Chip';
import { useWords } from '../words/words-provider';
import classes from './NoticeItem.module.css';

export function NoticeState({ notice }: { notice: Notice }) {
  const words = useWords();
  if (notice.superseded) {
    return <Chip icon={<IconFileText size={14} aria-hidden="true" />}>{words.notices.superseded}</Chip>;
  }
  if (notice.state === 'draft') {
    return <Chip icon={<IconFileText size={14} aria-hidden="true" />}>{words.notices.states.draft}</Chip>;
  }
  if (notice.state === 'withdrawn') {
    return <Chip icon={<IconArrowBackUp size={14} aria-hidden="true" />}>{words.notices.states.withdrawn}</Chip>;
  }
  if (notice.audience === 'announcement') {
    return (
      <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
        {words.notices.releasedState}
      </Chip>
    );
  }
  if (notice.state !== 'issued' && notice.state !== 'delivered') {
    return (
      <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
        {words.notices.states[notice.state]}
      </Chip>
    );
  }
  return (
    <Chip tone="below" icon={<IconClock size={14} aria-hidden="true" />}>
      {words.notices.states[notice.state]}
    </Chip>
  );
}

/** How many working days are left, or since when it is late; nothing where no deadline runs. */
export function DaysLeft({ notice }: { notice: Notice }) {
  const words = useWords();
  if (notice.due === null) return null;
  const { daysLeft, overdue } = notice.due;
  return (
    <Chip tone={overdue ? 'late' : 'plain'} icon={<IconCalendarDue size={14} aria-hidden="true" />}>
      {overdue ? words.notices.daysOver(-daysLeft) : words.notices.daysLeft(daysLeft)}
    </Chip>
  );
}

interface NoticeItemProps {
  notice: Notice;
  isOpen: boolean;
  show: NoticeShow | 'all' | undefined;
}

export function NoticeItem({ notice, isOpen, show }: NoticeItemProps) {
  const words = useWords();
  const { planYear, number } = parseMonth(notice.month);
  const gapDong = notice.lines.reduce((sum, line) => sum + line.gapDong, 0);
  const who = notice.audience === 'announcement' ? words.notices.audiences.announcement : notice.recipient.name;
  return (
    <li className={classes.item} data-open={isOpen || undefined}>
      <Link
        to="/notices/$id"
        params={{ id: String(notice.id) }}
        search={show === undefined ? {} : { show }}
        className={classes.link}
        aria-current={isOpen ? 'true' : undefined}
        resetScroll={false}
      >
        <span className={classes.title}>
          {words.notices.monthOf(number, planYear)} · {who}
        </span>
        {notice.due === null ? <NoticeState notice={notice} /> : <DaysLeft notice={notice} />}
        <span className={classes.facts}>
          {words.notices.lines(notice.lines.length)} · {words.notices.gapSum(formatBillion(gapDong))}
        </span>
        <span className={classes.date}>
          {notice.issuedAt === null ? words.notices.notIssued : formatDayOf(notice.issuedAt)}
        </span>
      </Link>
    </li>
  );
}
