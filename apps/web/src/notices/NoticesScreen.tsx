import { IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { noticesQuery, type NoticeShow } from '../client/queries';
import { useSession } from '../client/use-session';
import { Choice } from '../frame/Choice';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { MoreRows } from '../frame/MoreRows';
import { useWords } from '../words/words-provider';
import { NoticeDetail } from './NoticeDetail';
import { NoticeItem } from './NoticeItem';
import classes from './NoticesScreen.module.css';

type NoticeFilter = NoticeShow | 'all';

/** A list and, beside it, what is being read; on a phone one after the other. */
export function NoticesScreen() {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { show?: NoticeFilter };
  const answers = session.role === 'inspector' || session.role === 'reporter';
  // Whoever must answer opens on what is new; the others read everything.
  const defaultFilter: NoticeFilter = answers ? 'new' : 'all';
  const filter = search.show ?? defaultFilter;
  // Only what is addressed to the reader can be answered; announcements stand under "all".
  const own = session.role === 'inspector' ? 'team' : session.role === 'reporter' ? 'unit' : undefined;
  const notices = useInfiniteQuery(filter === 'all' ? noticesQuery() : noticesQuery(filter, own));
  const items = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const first = notices.data?.pages[0];
  const opened = id === undefined ? items[0]?.id : Number(id);

  const changeFilter = (next: NoticeFilter) =>
    void navigate({ to: '/notices', search: next === defaultFilter ? {} : { show: next } });

  const options = [
    ...(['new', 'due', 'overdue', 'done'] as const).map((value) => ({ value, label: words.notices.dueTabs[value] })),
    { value: 'all' as const, label: words.notices.all },
  ];

  return (
    <div data-reading={id !== undefined || undefined} className={classes.screen}>
      <div className={classes.head}>
        <PageHead title={words.notices.title} actions={<ExportLink list="notices" />}>
          {session.team !== null && <span className={classes.team}>{session.team.name}</span>}
        </PageHead>
      </div>
      <div className={classes.columns}>
        <section aria-label={words.notices.list} className={classes.list}>
          <div className={classes.filter}>
            <Choice label={words.notices.filter} value={filter} options={options} onChange={changeFilter} />
          </div>
          {notices.isError && items.length === 0 ? (
            <FailedState error={notices.error} what={words.notices.what} onRetry={() => void notices.refetch()} />
          ) : first === undefined ? (
            <LoadingBlock what={words.notices.what} />
          ) : items.length === 0 ? (
            <StateBox
              icon={<IconInbox size={22} />}
              title={filter === 'all' ? words.notices.none : words.notices.noneShown[filter]}
            >
              <p>{words.notices.noneWaitingBody}</p>
            </StateBox>
          ) : (
            <ul>
              {items.map((notice) => (
                <NoticeItem key={notice.id} notice={notice} isOpen={notice.id === opened} show={search.show} />
              ))}
            </ul>
          )}
          {first !== undefined && <MoreRows query={notices} shown={items.length} total={first.total} />}
        </section>
        {opened !== undefined && (
          <NoticeDetail
            key={opened}
            id={opened}
            known={items.find((notice) => notice.id === opened)}
            isPage={id !== undefined}
          />
        )}
      </div>
    </div>
  );
}
