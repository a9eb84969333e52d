import { Button } from '@mantine/core';
import { IconBook2, IconFiles, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newIdempotencyKey } from '../client/commands';
import { monthsQuery } from '../client/queries';
import { seesProvince } from '../client/rights';
import { useSession } from '../client/use-session';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { FailedState } from '../frame/FailedState';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { MoreRows } from '../frame/MoreRows';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import classes from './documents.module.css';
import { composeDocument, documentsQuery, shortMonth, type DocumentView } from './documents-client';
import { DocumentsTable } from './DocumentsTable';

const route = getRouteApi('/frame/documents');

/** Official documents; a clerk begins with those that wait for a number. */
export function DocumentsScreen() {
  const { documents: say } = useWords();
  const session = useSession();
  const navigate = route.useNavigate();
  const { show, search } = route.useSearch();
  const isClerk = session.permissions.includes('documents.number');
  const view = show ?? (isClerk ? 'waiting' : 'all');
  const documents = useInfiniteQuery(documentsQuery(view, search));
  const items = documents.data?.pages.flatMap((page) => page.items) ?? [];
  const first = documents.data?.pages[0];
  const isProvince = seesProvince(session.role);
  return (
    <>
      <PageHead
        title={say.title}
        actions={
          isProvince && (
            <Button component={Link} to="/document-register" leftSection={<IconBook2 size={16} />}>
              {say.register}
            </Button>
          )
        }
      />
      <div className={classes.bar}>
        {isProvince && (
          <Choice<DocumentView>
            label={say.show}
            value={view}
            options={(['waiting', 'drafts', 'issued', 'all'] as const).map((value) => ({
              value,
              label:
                value === 'waiting' && first !== undefined
                  ? `${say.views.waiting} (${first.waiting})`
                  : say.views[value],
            }))}
            onChange={(next) => void navigate({ search: (was) => ({ ...was, show: next }) })}
          />
        )}
        <SearchField
          value={search ?? ''}
          label={say.search}
          onSearch={(text) => void navigate({ search: { ...(show ? { show } : {}), search: text }, replace: true })}
        />
        {session.permissions.includes('documents.compose') && <ComposeButton />}
      </div>
      {documents.isError ? (
        <FailedState error={documents.error} what={say.what} onRetry={() => void documents.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={say.what} />
      ) : items.length === 0 ? (
        <StateBox icon={<IconFiles size={22} />} title={view === 'waiting' ? say.emptyWaiting : say.empty}>
          <p>{view === 'waiting' ? say.emptyWaitingBody : say.emptyBody}</p>
        </StateBox>
      ) : (
        <Card title={say.views[view]} subtitle={say.count(items.length, first.total)}>
          <DocumentsTable items={items} />
          <MoreRows query={documents} shown={items.length} total={first.total} />
        </Card>
      )}
    </>
  );
}

/** Asks when the reader is done typing, not at each letter. */
export function SearchField(props: { value: string; label: string; onSearch: (text: string | undefined) => void }) {
  const [text, setText] = useState(props.value);
  const ask = () => props.onSearch(text.trim() === '' ? undefined : text.trim());
  return (
    <input
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      className={`${form.input} ${classes.search}`}
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && ask()}
      onBlur={() => text !== props.value && ask()}
    />
  );
}

/** The announcement of the month that was closed last, whoever released it or not. */
function ComposeButton() {
  const { documents: say } = useWords();
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const months = useQuery(monthsQuery());
  const month = months.data?.latestClosed;
  const [key] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => composeDocument({ kind: 'announcement', month: month ?? '' }, key),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['documents'] });
      await navigate({ to: '/documents/$id', params: { id: String(id) } });
    },
  });
  if (!month) return null;
  return (
    <>
      <Button
        leftSection={<IconPlus size={16} />}
        loading={command.isPending}
        onClick={() => !command.isPending && command.mutate()}
      >
        {say.composeMonth(shortMonth(month))}
      </Button>
      <Refused label={say.refused} error={command.error} />
    </>
  );
}
