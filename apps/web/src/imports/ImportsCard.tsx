import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MoreRows } from '../frame/MoreRows';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import table from '../frame/table.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { importsQuery } from './import-queries';
import { ImportState } from './ImportState';
import classes from './imports.module.css';
import type { Import } from './types';

/** Who sent which file when, and what became of it. */
export function ImportsCard() {
  const words = useWords();
  const own = words.imports;
  const list = useInfiniteQuery(importsQuery);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const first = list.data?.pages[0];
  return (
    <Card title={own.list} subtitle={first === undefined ? '\u00a0' : own.listCount(first.total)}>
      {list.isError && first === undefined ? (
        <FailedState error={list.error} what={own.what} onRetry={() => void list.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={own.what} />
      ) : items.length === 0 ? (
        <p className={table.none}>{own.none}</p>
      ) : (
        <div className={table.scroll} tabIndex={0} role="region" aria-label={own.list}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{own.file}</th>
                <th scope="col" className={table.wideOnly}>
                  {own.sentBy}
                </th>
                <th scope="col">{own.stateHead}</th>
                <th scope="col" className={table.wideOnly}>
                  {own.counts}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <th scope="row" className={classes.fileCell}>
                    <Link
                      to="/imports/$id"
                      params={{ id: String(item.id) }}
                      className={`${table.link} ${classes.wrap}`}
                    >
                      {item.fileName}
                    </Link>
                    <span className={table.under}>{own.kinds[item.kind]}</span>
                    <span className={`${table.under} ${table.narrowOnly}`}>
                      {item.createdBy}, {formatMoment(item.createdAt)}
                    </span>
                    <span className={`${table.under} ${table.narrowOnly}`}>{outcome(words, item)}</span>
                  </th>
                  <td className={table.wideOnly}>
                    {item.createdBy}
                    <span className={`${table.under} ${classes.moment}`}>{formatMoment(item.createdAt)}</span>
                  </td>
                  <td>
                    <ImportState state={item.state} />
                  </td>
                  <td className={table.wideOnly}>{outcome(words, item)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {first !== undefined && <MoreRows query={list} shown={items.length} total={first.total} />}
    </Card>
  );
}

/** Counts where there are some, else the sentence that says why not. */
function outcome({ imports: own }: Words, { difference, failure }: Import): string {
  if (failure !== null) return failure.detail;
  if (difference === null) return '–';
  const { new: added, changed, same, rejected } = difference;
  return own.countsShort({
    new: formatDong(added.cells),
    changed: formatDong(changed.cells),
    same: formatDong(same.cells),
    rejected: formatDong(rejected.cells),
  });
}
