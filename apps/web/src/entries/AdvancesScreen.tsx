import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { formatBillion, formatMillion } from '../format/amount';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { KeyFigures } from '../frame/KeyFigures';
import { LoadingBlock } from '../frame/LoadingBlock';
import { MoreRows } from '../frame/MoreRows';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { UnitPicker } from '../frame/UnitPicker';
import { useWords } from '../words/words-provider';
import classes from './entries.module.css';
import { type Advance, advancesQuery } from './queries';

/** What was paid in advance and is not yet recovered, by project and source, over all plan years. */
export function AdvancesScreen() {
  const words = useWords();
  const navigate = useNavigate();
  const { unit } = useSearch({ from: '/frame/advances' });
  const advances = useInfiniteQuery(advancesQuery(unit === undefined ? {} : { unit }));
  const items = advances.data?.pages.flatMap((page) => page.items) ?? [];
  const first = advances.data?.pages[0];
  const say = words.advances;
  return (
    <>
      <PageHead
        title={say.title}
        actions={<ExportLink list="advances" filter={unit === undefined ? {} : { unit }} />}
      />
      <div className={`${classes.filters} screenOnly`}>
        <UnitPicker
          chosen={unit}
          onChoose={(next) =>
            void navigate({ to: '/advances', search: next === undefined ? {} : { unit: next }, replace: true })
          }
        />
      </div>
      {advances.isError && items.length === 0 ? (
        <FailedState error={advances.error} what={say.what} onRetry={() => void advances.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={say.what} />
      ) : first.total === 0 ? (
        <StateBox icon={<IconCircleCheck size={22} />} title={say.empty}>
          <p>{unit === undefined ? say.emptyBody : say.emptyOfUnit}</p>
        </StateBox>
      ) : (
        <>
          <KeyFigures
            figures={[
              {
                id: 'total',
                label: say.total,
                value: formatBillion(first.totalDong),
                beside: words.money.billion,
                below: say.totalBelow(first.total),
              },
            ]}
          />
          <Card title={say.list} subtitle={say.count(items.length, first.total)}>
            <AdvancesTable items={items} />
            <MoreRows query={advances} shown={items.length} total={first.total} />
          </Card>
          <p className={classes.note}>{say.note}</p>
        </>
      )}
    </>
  );
}

function AdvancesTable({ items }: { items: Advance[] }) {
  const words = useWords();
  const say = words.advances;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{say.project}</th>
            <th scope="col" className={table.wideOnly}>
              {say.holder}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.source}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.since}
            </th>
            <th scope="col" className={`${table.number} ${table.wideOnly}`}>
              {say.advanced}
            </th>
            <th scope="col" className={`${table.number} ${table.wideOnly}`}>
              {say.recovered}
            </th>
            <th scope="col" className={table.number}>
              {say.balance}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => {
            const { number, planYear } = parseMonth(row.since);
            const since = words.time.inTextYear(number, planYear);
            return (
              <tr key={`${row.project.code} ${row.source.code}`}>
                <th scope="row">
                  <Link to="/projects/$code" params={{ code: row.project.code }} className={table.link}>
                    {row.project.name}
                  </Link>
                  <span className={table.under}>{row.project.code}</span>
                  <span className={`${table.under} ${table.narrowOnly}`}>
                    {[row.unit?.name ?? say.nobody, row.source.name, since].join(' · ')}
                  </span>
                </th>
                <td className={row.unit === null ? `${table.wideOnly} ${table.quiet}` : table.wideOnly}>
                  {row.unit?.name ?? say.nobody}
                </td>
                <td className={table.wideOnly}>{row.source.name}</td>
                <td className={`${table.wideOnly} ${table.brief}`}>{since}</td>
                <td className={`${table.number} ${table.wideOnly}`}>{formatMillion(row.advancedDong)}</td>
                <td className={`${table.number} ${table.wideOnly}`}>{formatMillion(row.recoveredDong)}</td>
                <td className={`${table.number} ${table.strong}`}>{formatMillion(row.balanceDong)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
