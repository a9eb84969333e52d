import { IconFileImport, IconScale } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { seesProvince } from '../client/rights';
import type { Difference } from '../client/types';
import { useSession } from '../client/use-session';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { DifferencesTable } from './DifferencesTable';
import { HistoryCard } from './HistoryCard';
import { ReconciliationFigures } from './ReconciliationFigures';
import { ReconciliationHead } from './ReconciliationHead';
import {
  addressOf,
  differencesQuery,
  reconciliationQuery,
  reconciliationsQuery,
  type ShownDifferences,
} from './reconciliation-queries';
import classes from './ReconciliationScreen.module.css';
import { ResolvePanel } from './ResolvePanel';
import { SignOffCard } from './SignOffCard';

/** Books against the Treasury's statement of a month: what differs, why it may, who answered, who signed. */
export function ReconciliationScreen() {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate({ from: '/reconciliation/$month' });
  const { month } = useParams({ from: '/frame/reconciliation/$month' });
  const search = useSearch({ from: '/frame/reconciliation/$month' });
  const { planYear, number } = parseMonth(month);
  const show: ShownDifferences = search.show ?? 'unresolved';
  const months = useQuery(reconciliationsQuery(planYear));
  const state = useQuery(reconciliationQuery(month));
  const pages = useInfiniteQuery({
    ...differencesQuery(month, show),
    enabled: state.data !== undefined && state.data.statement !== null,
  });
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = rows.find((row) => addressOf(row) === search.difference);

  const change = (next: { difference?: string; show?: ShownDifferences }) =>
    void navigate({
      to: '/reconciliation/$month',
      params: { month },
      search: {
        ...(next.show === undefined || next.show === 'unresolved' ? {} : { show: next.show }),
        ...(next.difference === undefined ? {} : { difference: next.difference }),
      },
      resetScroll: false,
    });
  const choose = (row: Difference) => change({ show, difference: addressOf(row) });
  const closePanel = () => {
    const address = search.difference;
    // An answer that was long under way closes its own panel, not the next one that was opened meanwhile.
    void navigate({
      to: '/reconciliation/$month',
      params: { month },
      search: ({ difference, ...rest }) =>
        difference === undefined || difference === address ? rest : { ...rest, difference },
      resetScroll: false,
    });
    // Back to the row that was answered, once the table is there again on a phone.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`button[data-difference="${CSS.escape(address ?? '')}"]`)?.focus(),
    );
  };

  if (state.isError) {
    return (
      <FailedState
        error={state.error}
        what={words.reconciliation.what}
        onRetry={() => void state.refetch()}
        heading="h1"
      />
    );
  }
  const list = () => {
    if (state.data === undefined) return <LoadingBlock what={words.reconciliation.what} />;
    if (state.data.statement === null) {
      return (
        <StateBox icon={<IconScale size={22} />} title={words.reconciliation.noStatement}>
          <p>
            {seesProvince(session.role) ? words.reconciliation.noStatementBody : words.reconciliation.noStatementRead}
          </p>
          {session.role === 'staff' && (
            <Link to="/imports" search={{ kind: 'treasury' }} className={classes.import}>
              <IconFileImport size={16} aria-hidden="true" />
              {words.reconciliation.importLink}
            </Link>
          )}
        </StateBox>
      );
    }
    return (
      <>
        <ReconciliationFigures state={state.data} />
        <Card
          title={words.reconciliation.list}
          subtitle={words.reconciliation.listUnit}
          right={
            <Choice
              label={words.reconciliation.show}
              value={show}
              options={(['unresolved', 'resolved', 'all'] as const).map((value) => ({
                value,
                label: words.reconciliation.shows[value],
              }))}
              onChange={(value) => change({ show: value })}
            />
          }
        >
          {pages.isError ? (
            <FailedState error={pages.error} what={words.reconciliation.what} onRetry={() => void pages.refetch()} />
          ) : (
            <DifferencesTable
              rows={pages.data === undefined ? undefined : rows}
              total={pages.data?.pages[0]?.total ?? 0}
              show={show}
              chosen={search.difference}
              onChoose={choose}
              onMore={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
            />
          )}
        </Card>
      </>
    );
  };

  return (
    <div className={classes.screen} data-panel={chosen !== undefined || undefined}>
      <div className={classes.main}>
        <ReconciliationHead month={month} list={months.data} state={state.data} />
        {list()}
      </div>
      <div className={classes.side}>
        {chosen !== undefined && state.data !== undefined && (
          <ResolvePanel
            key={search.difference}
            month={month}
            months={months.data?.items ?? []}
            difference={chosen}
            page={words.reconciliation.title(number, planYear)}
            onClose={closePanel}
          />
        )}
        {state.data !== undefined && (
          <div className={classes.standing}>
            <SignOffCard month={month} number={number} state={state.data} />
            <HistoryCard month={month} />
          </div>
        )}
      </div>
    </div>
  );
}
