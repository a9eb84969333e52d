import { useQuery } from '@tanstack/react-query';
import { instanceQuery } from '../client/queries';
import type { Month, Overview } from '../client/types';
import { FlaggedList } from './FlaggedList';
import { HeatTable } from './HeatTable';
import { LaggingProjects } from './LaggingProjects';
import type { MonthSearch } from './month-search';
import { MonthDuties } from './MonthDuties';
import { MonthFigures } from './MonthFigures';
import classes from './MonthScreen.module.css';
import { NextMonthStrip } from './NextMonthStrip';
import { PrintFoot } from './PrintFoot';
import { PrintHead } from './PrintHead';

interface MonthResultProps {
  item: Month;
  overview: Overview;
  waiting: boolean;
  isHowOpen: boolean;
  search: MonthSearch;
  onSearch: (next: MonthSearch) => void;
}

export function MonthResult({ item, overview, waiting, isHowOpen, search, onSearch }: MonthResultProps) {
  const instance = useQuery(instanceQuery);
  const keepRates = search.rates === undefined ? {} : { rates: search.rates };
  const explain = (unit: string) => onSearch({ ...keepRates, how: true, unit });

  return (
    <>
      <PrintHead item={item} overview={overview} provinceName={instance.data?.provinceName ?? ''} />
      <div className="screenOnly">
        <MonthDuties item={item} overview={overview} />
        <MonthFigures overview={overview} waiting={waiting} compact={isHowOpen} />
        <NextMonthStrip overview={overview} throughMonth={item.number} waiting={waiting} onExplain={explain} />
      </div>
      <div className={classes.columns}>
        <HeatTable
          overview={overview}
          throughMonth={item.number}
          waiting={waiting}
          rates={search.rates ?? 'cumulative'}
          onRates={(rates) => onSearch({ ...search, rates: rates === 'own' ? 'own' : undefined })}
          selected={isHowOpen ? search.unit : undefined}
          onExplain={explain}
        />
        <div className={`${classes.side} screenOnly`}>
          <FlaggedList overview={overview} waiting={waiting} onExplain={explain} />
          <LaggingProjects overview={overview} waiting={waiting} />
        </div>
      </div>
      <PrintFoot overview={overview} />
    </>
  );
}
