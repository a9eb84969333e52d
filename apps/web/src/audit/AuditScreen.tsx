import { IconShieldLock } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './audit.module.css';
import { auditEventsQuery, type AuditEvent, type AuditFilter } from './audit-queries';
import { ChainLine } from './ChainLine';
import { EventPanel } from './EventPanel';
import { FilterBar, wordOf } from './FilterBar';

/** Every change, who made it and when; nothing of it can be taken away. */
export function AuditScreen() {
  const { audit: own } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const { event, ...filter } = useSearch({ from: '/frame/audit' });
  if (!session.permissions.includes('audit.read'))
    return (
      <StateBox icon={<IconShieldLock size={28} />} title={own.notAllowed} heading="h1">
        <p>{own.notAllowedBody}</p>
      </StateBox>
    );
  const go = (search: AuditFilter & { event?: number }) => void navigate({ to: '/audit', search, replace: true });
  return (
    <div className={classes.screen} data-panel={event === undefined ? undefined : ''}>
      <div className={classes.main}>
        <PageHead title={own.title}>
          <span className={classes.quiet}>{own.subtitle}</span>
        </PageHead>
        <div className={classes.stack}>
          <ChainLine />
          <FilterBar key={JSON.stringify(filter)} filter={filter} onChange={go} />
          <EventsCard filter={filter} chosen={event} />
        </div>
      </div>
      {event !== undefined && <EventPanel seq={event} onClose={() => go(filter)} />}
    </div>
  );
}

function EventsCard({ filter, chosen }: { filter: AuditFilter; chosen: number | undefined }) {
  const words = useWords();
  const own = words.audit;
  const list = useInfiniteQuery(auditEventsQuery(filter));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <Card title={own.list} subtitle={items === undefined ? '\u00a0' : own.newestFirst}>
      {list.isError && items === undefined ? (
        <FailedState error={list.error} what={own.what} onRetry={() => void list.refetch()} />
      ) : items === undefined ? (
        <LoadingBlock what={own.what} />
      ) : items.length === 0 ? (
        <p className={table.none}>{own.none}</p>
      ) : (
        <div className={table.scroll} tabIndex={0} role="region" aria-label={own.list}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col" className={table.number}>
                  {own.seq}
                </th>
                <th scope="col">{own.action}</th>
                <th scope="col" className={table.wideOnly}>
                  {own.object}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {own.actor}
                </th>
                <th scope="col">{own.at}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <EventRow key={item.seq} item={item} filter={filter} isChosen={item.seq === chosen} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className={table.more}
          aria-disabled={list.isFetchingNextPage}
          onClick={() => !list.isFetchingNextPage && void list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? words.loading : own.older}
        </button>
      )}
    </Card>
  );
}

function EventRow({ item, filter, isChosen }: { item: AuditEvent; filter: AuditFilter; isChosen: boolean }) {
  const { audit: own } = useWords();
  const { seq, actor, object } = item;
  const what = `${wordOf(own.objectTypes, object.type)} ${object.id}`;
  return (
    <tr data-chosen={isChosen ? '' : undefined} className={classes.row}>
      <td className={table.number}>{formatDong(seq)}</td>
      <th scope="row">
        <Link
          to="/audit"
          search={{ ...filter, event: seq }}
          className={table.link}
          aria-current={isChosen || undefined}
        >
          {wordOf(own.actions, item.action)}
        </Link>
        <span className={`${table.under} ${table.narrowOnly} ${classes.wrap}`}>
          {what} · {actor.displayName ?? wordOf(own.roles, actor.username)}
        </span>
      </th>
      <td className={`${table.wideOnly} ${classes.wrap}`}>{what}</td>
      <td className={table.wideOnly}>{actor.displayName ?? wordOf(own.roles, actor.username)}</td>
      <td className={classes.moment}>{formatMoment(item.at)}</td>
    </tr>
  );
}
