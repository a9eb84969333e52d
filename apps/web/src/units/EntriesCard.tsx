import { useInfiniteQuery } from '@tanstack/react-query';
import { entriesQuery } from '../client/queries';
import type { UnitYear } from '../client/types';
import { writeMonth } from '../format/month';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { MoreRows } from '../frame/MoreRows';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { EntriesTable } from './EntriesTable';
import classes from './UnitScreen.module.css';

interface EntriesCardProps {
  year: UnitYear;
  showsAll: boolean;
  onShowAll: (all: boolean) => void;
}

/** The entries that the rate is made of, page by page: the end of the way from the province down to the voucher. */
export function EntriesCard({ year, showsAll, onShowAll }: EntriesCardProps) {
  const words = useWords();
  const { planYear, throughMonth } = year;
  const entries = useInfiniteQuery(
    entriesQuery({ unit: year.unit.code, planYear, throughMonth, ...(showsAll ? {} : { month: throughMonth }) }),
  );
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const first = entries.data?.pages[0];
  return (
    <div id="entries">
      <Card
        title={showsAll ? words.unit.entriesAll(words.time.range(1, throughMonth)) : words.unit.entries(throughMonth)}
        subtitle={first === undefined ? '\u00a0' : words.unit.entriesCount(items.length, first.total)}
        right={
          <div className={`screenOnly ${classes.cardTools}`}>
            <ExportLink
              list="disbursements"
              filter={{
                planYear,
                unit: year.unit.code,
                ...(showsAll ? {} : { month: writeMonth({ planYear, number: throughMonth }) }),
              }}
              what={words.unit.entriesWhat}
            />
            <Choice
              label={words.unit.entriesShown}
              value={showsAll ? 'all' : 'month'}
              onChange={(value) => onShowAll(value === 'all')}
              options={[
                { value: 'month', label: words.unit.onlyMonth(throughMonth) },
                { value: 'all', label: words.unit.allMonths },
              ]}
            />
          </div>
        }
      >
        {entries.isError && items.length === 0 ? (
          <FailedState error={entries.error} what={words.unit.entriesWhat} onRetry={() => void entries.refetch()} />
        ) : first === undefined ? (
          <LoadingBlock what={words.unit.entriesWhat} />
        ) : items.length === 0 ? (
          <p className={table.none}>{words.unit.entriesNone}</p>
        ) : (
          <EntriesTable items={items} totalDong={first.totalDong} />
        )}
        {first !== undefined && <MoreRows query={entries} shown={items.length} total={first.total} />}
      </Card>
    </div>
  );
}
