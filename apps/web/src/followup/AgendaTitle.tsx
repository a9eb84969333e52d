import { Link } from '@tanstack/react-router';
import type { MeetingDetail } from './queries';

interface AgendaTitleProps {
  item: Pick<MeetingDetail['agenda'][number], 'source' | 'refId' | 'title'>;
  /** While an agenda is being put together: what is not saved yet stays behind. */
  inNewTab?: boolean;
}

/** What a meeting talks about, as a way to the case, notice, difficulty or objection itself. */
export function AgendaTitle({ item: { source, refId, title }, inNewTab = false }: AgendaTitleProps) {
  const opens = inNewTab ? { target: '_blank', rel: 'noopener' } : {};
  const params = { id: String(refId) };
  if (source === 'warning-case')
    return (
      <Link to="/cases/$id" params={params} {...opens}>
        {title}
      </Link>
    );
  if (source === 'overdue-notice')
    return (
      <Link to="/notices/$id" params={params} {...opens}>
        {title}
      </Link>
    );
  if (source === 'difficulty')
    return (
      <Link to="/difficulties/$id" params={params} {...opens}>
        {title}
      </Link>
    );
  if (source === 'objection')
    return (
      <Link to="/answers" search={{ show: 'all' }} {...opens}>
        {title}
      </Link>
    );
  return <span>{title}</span>;
}
