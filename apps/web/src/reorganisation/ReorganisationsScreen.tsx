import { Button } from '@mantine/core';
import { IconArrowsSplit, IconCircleCheck, IconCircleX, IconClock, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Named } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { MoreRows } from '../frame/MoreRows';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { preparesReorganisations, reorganisationsQuery, type ReorganisationRow } from './reorganisation-client';
import classes from './reorganisation.module.css';

const NAMES_SHOWN = 3;

export function ReorganisationsScreen() {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const list = useInfiniteQuery(reorganisationsQuery);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total;
  const prepare = preparesReorganisations(session.role) ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/reorganisations/new' })}>
      {words.reorganisation.prepare}
    </Button>
  ) : undefined;

  return (
    <>
      <PageHead title={words.reorganisation.title} {...(prepare === undefined ? {} : { actions: prepare })}>
        <span className={classes.quiet} role="status">
          {total !== undefined && words.reorganisation.count(total)}
        </span>
      </PageHead>
      {list.isError && items.length === 0 ? (
        <FailedState error={list.error} what={words.reorganisation.what} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingBlock what={words.reorganisation.what} />
      ) : items.length === 0 ? (
        <StateBox icon={<IconArrowsSplit size={22} />} title={words.reorganisation.empty}>
          <p>{words.reorganisation.emptyBody}</p>
        </StateBox>
      ) : (
        <div className={`${classes.card} ${table.scroll}`}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{words.reorganisation.decision}</th>
                <th scope="col">{words.reorganisation.effective}</th>
                <th scope="col" className={table.wideOnly}>
                  {words.reorganisation.ended}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {words.reorganisation.successors}
                </th>
                <th scope="col">{words.reorganisation.state}</th>
                <th scope="col" className={table.wideOnly}>
                  {words.reorganisation.people}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <Link to="/reorganisations/$id" params={{ id: String(row.id) }} className={table.link}>
                      {row.decisionNo}
                    </Link>
                    <span className={table.under}>{formatDay(row.decisionDate)}</span>
                  </th>
                  <td>{formatDay(row.effectiveDate)}</td>
                  <td className={table.wideOnly}>
                    <UnitNames units={row.endedUnits} />
                  </td>
                  <td className={table.wideOnly}>
                    <UnitNames units={row.successors} />
                  </td>
                  <td>
                    <StateChip state={row.state} />
                  </td>
                  <td className={table.wideOnly}>
                    {row.preparedByName}
                    {row.decidedByName !== null && <span className={table.under}>{row.decidedByName}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <MoreRows query={list} shown={items.length} total={total ?? 0} />
        </div>
      )}
    </>
  );
}

function UnitNames({ units }: { units: Named[] }) {
  const words = useWords();
  const shown = units.slice(0, NAMES_SHOWN).map(({ name }) => name);
  return (
    <>
      {shown.join(', ')}
      {units.length > NAMES_SHOWN && (
        <span className={table.under}>{words.reorganisation.andMore(units.length - NAMES_SHOWN)}</span>
      )}
    </>
  );
}

export function StateChip({ state }: { state: ReorganisationRow['state'] }) {
  const words = useWords();
  const tone = { draft: 'below', 'carried-out': 'ok', withdrawn: 'plain' } as const;
  const Icon = { draft: IconClock, 'carried-out': IconCircleCheck, withdrawn: IconCircleX }[state];
  return (
    <Chip tone={tone[state]} icon={<Icon size={14} aria-hidden="true" />}>
      {words.reorganisation.states[state]}
    </Chip>
  );
}
