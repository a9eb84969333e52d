import { IconBell } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { inboxQuery } from '../delivery/delivery-client';
import { useWords } from '../words/words-provider';
import classes from './InboxBell.module.css';

/** The way to one's messages, and how many were never opened. */
export function InboxBell() {
  const words = useWords();
  const inbox = useInfiniteQuery(inboxQuery);
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  return (
    <Link to="/inbox" className={classes.bell} aria-label={words.inbox.unread(unread)}>
      <IconBell size={18} stroke={1.6} aria-hidden="true" />
      {unread > 0 && <span className={classes.count}>{unread > 99 ? '99+' : unread}</span>}
    </Link>
  );
}
