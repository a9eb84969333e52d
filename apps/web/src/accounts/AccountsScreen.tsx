import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconLock,
  IconMailForward,
  IconPlus,
  IconUsers,
} from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Field } from '../frame/Field';
import type { Role } from '../client/types';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { accountsQuery, requestsQuery, type AccountFilter, type AccountRow, type AccountState } from './account-client';
import classes from './accounts.module.css';
import { RequestsCard } from './RequestsCard';
import { ScopeNames } from './ScopeNames';

const TYPING_PAUSE_MS = 250;

/** Accounts for those who administer or audit them; what waits for a second person, for those who may be one. */
export function AccountsScreen() {
  const words = useWords();
  const say = words.accounts;
  const { permissions } = useSession();
  const navigate = useNavigate();
  const confirms = permissions.includes('accounts.confirm');
  const reads = permissions.includes('accounts.read');
  if (!confirms && !reads)
    return (
      <StateBox heading="h1" icon={<IconLock size={22} />} title={words.state.forbiddenTitle}>
        <p>{say.forbidden}</p>
      </StateBox>
    );
  const invite = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} />}
      onClick={() => void navigate({ to: '/accounts/new' })}
    >
      {say.invite}
    </Button>
  );
  return (
    <>
      <PageHead title={say.title} {...(permissions.includes('accounts.manage') ? { actions: invite } : {})} />
      <div className={classes.stack}>
        {permissions.includes('accounts.manage') && <AloneNote />}
        {confirms && <RequestsCard />}
        {reads && <ListCard />}
      </div>
    </>
  );
}

/** Said before anything is asked: here what one asks takes effect at once. */
export function AloneNote() {
  const { accounts: say } = useWords();
  const requests = useQuery(requestsQuery);
  if (requests.data?.hasSecondPerson !== false) return null;
  return (
    <p className={classes.alone}>
      <IconAlertTriangle size={18} aria-hidden="true" />
      <span>
        <strong>{say.noSecond}.</strong> {say.noSecondMeans}
      </span>
    </p>
  );
}

function ListCard() {
  const words = useWords();
  const say = words.accounts;
  const [filter, setFilter] = useState<AccountFilter>({ search: '', role: '', state: '' });
  const [search] = useDebouncedValue(filter.search.trim(), TYPING_PAUSE_MS);
  const list = useInfiniteQuery({ ...accountsQuery({ ...filter, search }), placeholderData: keepPreviousData });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total;
  return (
    <Card
      title={say.title}
      icon={<IconUsers size={17} aria-hidden="true" />}
      right={<span role="status">{total !== undefined && say.count(total)}</span>}
    >
      <div className={classes.filters}>
        <Field label={say.search}>
          {(input) => (
            <input
              {...input}
              type="search"
              value={filter.search}
              onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={say.role}>
          {(input) => (
            <select
              {...input}
              value={filter.role}
              onChange={(event) => setFilter({ ...filter, role: event.currentTarget.value as Role | '' })}
            >
              <option value="">{say.anyRole}</option>
              {Object.entries(words.account.roles).map(([role, name]) => (
                <option key={role} value={role}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say.state}>
          {(input) => (
            <select
              {...input}
              value={filter.state}
              onChange={(event) => setFilter({ ...filter, state: event.currentTarget.value as AccountState | '' })}
            >
              <option value="">{say.anyState}</option>
              {Object.entries(say.states).map(([state, name]) => (
                <option key={state} value={state}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {list.isError && items.length === 0 ? (
        <FailedState error={list.error} what={say.what} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : items.length === 0 ? (
        <p className={table.none}>{say.noneFound}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{say.person}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.role}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {say.scope}
                </th>
                <th scope="col">{say.state}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.lastSeen}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
          {list.hasNextPage && (
            <button type="button" className={table.more} onClick={() => void list.fetchNextPage()}>
              {list.isFetchingNextPage ? words.loading : words.showMore(items.length, total ?? 0)}
            </button>
          )}
        </div>
      )}
    </Card>
  );
}

function Row({ row }: { row: AccountRow }) {
  const words = useWords();
  const say = words.accounts;
  return (
    <tr>
      <th scope="row" className={classes.name}>
        <Link to="/accounts/$id" params={{ id: String(row.id) }} className={table.link}>
          {row.displayName}
        </Link>
        <span className={table.under}>
          {row.username}
          {row.isDemonstration && ` · ${say.demonstration}`}
        </span>
        <span className={`${table.under} ${table.narrowOnly}`}>{words.account.roles[row.role]}</span>
      </th>
      <td className={table.wideOnly}>{words.account.roles[row.role]}</td>
      <td className={table.wideOnly}>
        <ScopeNames role={row.role} units={row.units} teams={row.teams} />
      </td>
      <td>
        <AccountStateChip state={row.state} />
        {row.pendingRequestId !== null && <span className={table.under}>{say.pendingHere}</span>}
      </td>
      <td className={table.wideOnly}>{row.lastSeenAt === null ? say.never : formatMoment(row.lastSeenAt)}</td>
    </tr>
  );
}

export function AccountStateChip({ state }: { state: AccountState }) {
  const { accounts: say } = useWords();
  const tone = { invited: 'accent', active: 'ok', disabled: 'plain' } as const;
  const Icon = { invited: IconMailForward, active: IconCircleCheck, disabled: IconCircleX }[state];
  return (
    <Chip tone={tone[state]} icon={<Icon size={14} aria-hidden="true" />}>
      {say.states[state]}
    </Chip>
  );
}
