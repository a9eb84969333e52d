import { IconChevronDown, IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { formatMoment } from '../format/date';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { inboxQuery, markRead, type InboxItem } from './delivery-client';
import classes from './delivery.module.css';

/** One's own messages. Having them on the screen is having read them: the mark stays until the page is left. */
export function InboxScreen() {
  const words = useWords();
  const client = useQueryClient();
  const inbox = useInfiniteQuery(inboxQuery);
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = items[0];
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  useEffect(() => {
    if (newest === undefined || unread === 0) return undefined;
    void markRead(newest.id).catch(() => undefined);
    // What was unread stays marked while it is looked at; the count in the bar is told anew afterwards.
    return () => void client.invalidateQueries({ queryKey: inboxQuery.queryKey });
  }, [client, newest?.id, unread === 0]);
  return (
    <>
      <PageHead title={words.inbox.title} />
      {inbox.isError && items.length === 0 ? (
        <FailedState error={inbox.error} what={words.inbox.what} onRetry={() => void inbox.refetch()} />
      ) : inbox.data === undefined ? (
        <LoadingBlock what={words.inbox.what} />
      ) : items.length === 0 ? (
        <StateBox icon={<IconInbox size={22} />} title={words.inbox.none}>
          <p>{words.inbox.noneBody}</p>
        </StateBox>
      ) : (
        <section aria-label={words.inbox.list} className={classes.list}>
          <ul>
            {items.map((item) => (
              <Message key={item.id} item={item} />
            ))}
          </ul>
          {inbox.hasNextPage && (
            <button type="button" className={table.more} onClick={() => void inbox.fetchNextPage()}>
              {words.inbox.more}
            </button>
          )}
        </section>
      )}
    </>
  );
}

function Message({ item }: { item: InboxItem }) {
  const words = useWords();
  return (
    <li className={classes.message} data-unread={item.readAt === null || undefined}>
      <details>
        <summary>
          <span className={classes.title}>{item.title}</span>
          <span className={classes.at}>
            {item.readAt === null && <Chip tone="accent">{words.inbox.fresh}</Chip>} {formatMoment(item.at)}
            <IconChevronDown size={16} aria-hidden="true" className={classes.chevron} />
          </span>
        </summary>
        <p className={classes.text}>{item.text.trim()}</p>
      </details>
      {item.notice !== null && (
        <Link to="/notices/$id" params={{ id: String(item.notice) }} className={classes.open}>
          {words.inbox.open}
        </Link>
      )}
    </li>
  );
}
