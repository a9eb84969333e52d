import { TextInput } from '@mantine/core';
import { IconBuildingCommunity, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { instanceQuery, monthsQuery, overviewQuery, unitsQuery } from '../client/queries';
import { seesProvince } from '../client/rights';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { groupUnits } from './group-units';
import classes from './UnitsScreen.module.css';
import { UnitsTable } from './UnitsTable';

export function UnitsScreen() {
  const words = useWords();
  const session = useSession();
  const [text, setText] = useState('');
  const instance = useQuery(instanceQuery);
  const day = instance.data?.businessDate;
  const units = useQuery({ ...unitsQuery(day), enabled: day !== undefined });
  const months = useQuery(monthsQuery());
  const latest = months.data?.latestClosed ?? null;
  const overview = useQuery({ ...overviewQuery(latest ?? ''), enabled: latest !== null && seesProvince(session.role) });
  const groups = useMemo(() => groupUnits(units.data ?? [], text), [units.data, text]);
  const shown = groups.reduce((count, group) => count + group.units.length, 0);
  const total = units.data?.length ?? 0;

  const head = (
    <PageHead title={words.units.title} actions={<ExportLink list="units" />}>
      <span className={classes.count} role="status">
        {units.data !== undefined && (shown === total ? words.units.count(total) : words.units.countOf(shown, total))}
        {day !== undefined && ` · ${words.units.at(formatDay(day))}`}
      </span>
    </PageHead>
  );
  if (units.isError) {
    return (
      <>
        {head}
        <FailedState error={units.error} what={words.units.what} onRetry={() => void units.refetch()} />
      </>
    );
  }
  if (units.data === undefined) {
    return (
      <>
        {head}
        <LoadingBlock what={words.units.what} />
      </>
    );
  }
  if (total === 0) {
    return (
      <>
        {head}
        <StateBox icon={<IconBuildingCommunity size={22} />} title={words.units.empty}>
          <p>{words.units.emptyBody}</p>
        </StateBox>
      </>
    );
  }
  return (
    <>
      {head}
      <TextInput
        className={`${classes.filter} screenOnly`}
        aria-label={words.units.filter}
        placeholder={words.units.filter}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {shown === 0 ? (
        <p className={classes.none}>
          {words.units.none(text.trim())}{' '}
          <button type="button" className={classes.clear} onClick={() => setText('')}>
            {words.units.clear}
          </button>
        </p>
      ) : (
        <UnitsTable groups={groups} showsResults={seesProvince(session.role)} overview={overview.data} />
      )}
    </>
  );
}
