import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MoreRows } from '../frame/MoreRows';
import { formatDong } from '../format/amount';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { AmountRows } from './AmountRows';
import { importRowsQuery } from './import-queries';
import classes from './imports.module.css';
import { RecordRows } from './RecordRows';
import { RejectedRows } from './RejectedRows';
import { OUTCOMES, type Difference, type Import, type Outcome } from './types';

/** The rows of the file by what they do, page by page. */
export function RowsCard({ file, difference }: { file: Import; difference: Difference }) {
  const words = useWords();
  const own = words.imports;
  const [chosen, choose] = useState<Outcome | null>(null);
  // What needs a look first: wrong rows, then what changes.
  const first = (['rejected', 'changed', 'new'] as const).find((outcome) => difference[outcome].cells > 0) ?? 'same';
  const outcome = chosen ?? first;
  const rows = useInfiniteQuery(importRowsQuery(file.id, outcome));
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const total = rows.data?.pages[0]?.total;
  return (
    <Card
      title={own.rows}
      subtitle={own.rowsUnit}
      right={
        <Choice
          label={own.show}
          value={outcome}
          options={OUTCOMES.map((value) => ({
            value,
            label: `${own.outcomes[value]} ${formatDong(difference[value].cells)}`,
          }))}
          onChange={choose}
        />
      }
    >
      {outcome === 'rejected' && items.length > 0 && <p className={classes.hint}>{own.markedHint}</p>}
      {rows.isError && total === undefined ? (
        <FailedState error={rows.error} what={own.whatRows} onRetry={() => void rows.refetch()} />
      ) : total === undefined ? (
        <LoadingBlock what={own.whatRows} />
      ) : items.length === 0 ? (
        <p className={table.none}>{own.noRows[outcome]}</p>
      ) : (
        // Focusable, so that the keyboard can scroll it where it is wider than the page.
        <div className={table.scroll} tabIndex={0} role="region" aria-label={own.rows}>
          {outcome === 'rejected' ? (
            <RejectedRows rows={items} />
          ) : file.kind === 'disbursements' ? (
            <AmountRows rows={items} reason={file.reason} />
          ) : (
            <RecordRows rows={items} />
          )}
        </div>
      )}
      {total !== undefined && <MoreRows query={rows} shown={items.length} total={total} />}
    </Card>
  );
}
