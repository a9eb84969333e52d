import { IconCircleCheck, IconFileImport, IconLock, IconLockOpen, IconRefreshAlert } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Reconciliation, ReconciliationList } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay, formatMoment } from '../format/date';
import { parseMonth } from '../format/month';
import { Chip } from '../frame/Chip';
import { ExportLink } from '../frame/ExportLink';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import classes from './ReconciliationHead.module.css';

interface ReconciliationHeadProps {
  month: string;
  list: ReconciliationList | undefined;
  state: Reconciliation | undefined;
}

/** Which month, which statement, as of when; and the way to the other months. */
export function ReconciliationHead({ month, list, state }: ReconciliationHeadProps) {
  const words = useWords();
  const session = useSession();
  const { planYear, number } = parseMonth(month);
  const statement = state?.statement ?? null;
  const months = useRef<HTMLElement>(null);
  // On a phone the thirteen months are wider than the page.
  useEffect(() => {
    const current = months.current?.querySelector<HTMLElement>('[aria-current]');
    if (months.current && current) months.current.scrollLeft = current.offsetLeft - months.current.clientWidth / 2;
  }, [month, list]);
  return (
    <>
      <PageHead
        title={words.reconciliation.title(number, planYear)}
        actions={
          <>
            {statement !== null && <ExportLink list="reconciliation-differences" filter={{ month }} />}
            {session.role === 'staff' && (
              <Link to="/imports" search={{ kind: 'treasury' }} className={classes.import}>
                <IconFileImport size={16} aria-hidden="true" />
                {words.reconciliation.importLink}
              </Link>
            )}
          </>
        }
      >
        {state !== undefined && (
          <Chip
            tone={state.monthState === 'closed' ? 'plain' : 'accent'}
            icon={
              state.monthState === 'closed' ? (
                <IconLock size={14} aria-hidden="true" />
              ) : (
                <IconLockOpen size={14} aria-hidden="true" />
              )
            }
          >
            {words.reconciliation.monthState[state.monthState as keyof typeof words.reconciliation.monthState]}
          </Chip>
        )}
      </PageHead>
      <nav ref={months} aria-label={words.reconciliation.months} className={classes.months}>
        {list?.items.map((item) => {
          const standing =
            item.signOff.state !== 'none' ? item.signOff.state : item.statement === null ? 'none' : 'statement';
          return (
            <Link
              key={item.month}
              to="/reconciliation/$month"
              params={{ month: item.month }}
              className={classes.month}
              aria-current={item.month === month ? 'page' : undefined}
              data-standing={standing}
            >
              {standing === 'signed' && <IconCircleCheck size={14} aria-hidden="true" />}
              {standing === 'stale' && <IconRefreshAlert size={14} aria-hidden="true" />}
              {words.time.column(item.number)}
              <span className="spoken">, {words.reconciliation.monthTip[standing]}</span>
            </Link>
          );
        })}
      </nav>
      {statement !== null && (
        <p className={classes.asOf}>
          <strong>{words.reconciliation.statement(statement.version, formatDay(statement.asOf))}</strong>
          {[
            ...(statement.documentNo === null ? [] : [words.reconciliation.statementNo(statement.documentNo)]),
            ...(state !== undefined && statement.asOf < state.end
              ? [words.reconciliation.interim(formatDay(state.end))]
              : []),
            words.reconciliation.imported(formatMoment(statement.importedAt), statement.importedBy),
          ].map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      )}
    </>
  );
}
