import { Button, Textarea } from '@mantine/core';
import { IconMessage, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { formatDong, formatQuotient, THIN_SPACE } from '../format/amount';
import { formatDay, formatMoment } from '../format/date';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './CellPanel.module.css';
import type { GridBook } from './grid-book';
import { type CellAddress, cellQuery, commentCell } from './grid-requests';
import type { CellDetail, CellPlace } from './grid-types';
import { abs } from './read-amount';
import { million } from './SheetRow';

/** Moving along with the arrow keys must not ask the server at every step. */
const ASK_AFTER_MS = 250;

interface CellPanelProps {
  book: GridBook;
  place: CellPlace | undefined;
  mayComment: boolean;
  onClose: () => void;
}

/** Beside the sheet: where a cell's figure comes from, and what was said about it. */
export function CellPanel({ book, place, mayComment, onClose }: CellPanelProps) {
  const words = useWords();
  const address = place && addressOf(book, place);
  const [asked, ask] = useState<CellAddress | null>(address ?? null);
  const key = address === undefined ? '' : JSON.stringify(address);
  useEffect(() => {
    const timer = setTimeout(() => ask(key === '' ? null : (JSON.parse(key) as CellAddress)), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const detail = useQuery(cellQuery(asked));
  const row = place && book.rows[place.row];
  const isCurrent = asked !== null && JSON.stringify(asked) === key;
  return (
    <aside className={classes.panel} aria-label={words.grid.panel}>
      <header className={classes.head}>
        <div className={classes.heading}>
          <h2>{row?.projectName ?? words.grid.panel}</h2>
          {row && place && (
            <p className={classes.quiet}>
              {words.grid.cellHead(row.sourceName, words.time.inTextYear(place.month, book.data.planYear))}
              {row.carriedOver && ` · ${words.grid.carriedOver}`}
            </p>
          )}
        </div>
        <button type="button" className={classes.close} aria-label={words.close} onClick={onClose}>
          <IconX size={18} aria-hidden="true" />
        </button>
      </header>
      {!row || !place || !address ? (
        <p className={classes.hint}>{words.grid.panelHint}</p>
      ) : (
        <>
          <Figures book={book} place={place} />
          {isCurrent && detail.isError ? (
            <FailedState error={detail.error} what={words.grid.cellWhat} onRetry={() => void detail.refetch()} />
          ) : isCurrent && detail.data ? (
            <Detail detail={detail.data} month={place.month} planYear={book.data.planYear} />
          ) : (
            <LoadingBlock what={words.grid.cellWhat} />
          )}
          {mayComment && asked !== null && isCurrent && (
            <CommentForm
              key={key}
              address={asked}
              onDone={() => {
                row.comments[place.month] = (row.comments[place.month] ?? 0) + 1;
                book.changed();
              }}
            />
          )}
        </>
      )}
    </aside>
  );
}

function addressOf(book: GridBook, { row: index, month }: CellPlace): CellAddress | undefined {
  const row = book.rows[index];
  if (!row || row.projectCode === null) return undefined;
  const { unitCode, projectCode, sourceCode, carriedOver } = row;
  return { planYear: book.data.planYear, month, unitCode, projectCode, sourceCode, carriedOver };
}

function Figures({ book, place }: { book: GridBook; place: CellPlace }) {
  const words = useWords();
  const row = book.rows[place.row];
  if (!row) return null;
  const shown = book.shown(place);
  const treasury = row.treasury[place.month] ?? null;
  let sum = 0n;
  for (let month = 1; month <= book.data.month; month++) sum += book.shown({ row: place.row, month }) ?? 0n;
  const rate = (plan: bigint | null): string =>
    plan === null || plan <= 0n ? words.grid.pmNone : `${formatQuotient(sum * 100n, plan, 1)}${THIN_SPACE}%`;
  return (
    <>
      {treasury !== null && treasury !== (row.actual[place.month] ?? 0n) && (
        <section className={classes.treasury}>
          <h3>≠ {words.grid.treasuryTitle}</h3>
          <dl className={classes.pairs}>
            <dt>{words.grid.treasuryOurs}</dt>
            <dd>{million(row.actual[place.month] ?? 0n)}</dd>
            <dt>{words.grid.treasuryTheirs}</dt>
            <dd>{million(treasury)}</dd>
            <dt>{words.grid.treasuryDifference}</dt>
            <dd>{million((row.actual[place.month] ?? 0n) - treasury)}</dd>
          </dl>
        </section>
      )}
      <section className={classes.part}>
        <dl className={classes.pairs}>
          <dt>{words.grid.exact}</dt>
          <dd>{shown === null ? '–' : `${formatDong(shown)} ${words.money.dong}`}</dd>
          {book.edit(place) && (
            <>
              <dt>{words.grid.inBooks}</dt>
              <dd>{formatDong(book.booked(place))}</dd>
            </>
          )}
          {row.estimate[place.month] != null && (
            <>
              <dt>{words.grid.estimate}</dt>
              <dd>{formatDong(row.estimate[place.month] ?? 0n)}</dd>
            </>
          )}
          <dt>
            {words.grid.rateBoth}, {words.basis.province}
          </dt>
          <dd>{rate(row.planProvince)}</dd>
          <dt>
            {words.grid.rateBoth}, {words.basis.pm}
          </dt>
          <dd>{rate(row.planPm)}</dd>
        </dl>
      </section>
    </>
  );
}

function Detail({ detail, month, planYear }: { detail: CellDetail; month: number; planYear: number }) {
  const words = useWords();
  const amounts = detail.values.map(({ actualDong }) => (actualDong === null ? null : BigInt(actualDong)));
  const most = amounts.reduce<bigint>((max, amount) => (amount !== null && abs(amount) > max ? abs(amount) : max), 1n);
  return (
    <>
      <section className={classes.part}>
        <h3>{words.grid.valuesTitle(detail.values.length)}</h3>
        <ul className={classes.values}>
          {detail.values.map((value, i) => {
            const amount = amounts[i] ?? null;
            const isOwn = value.month === month && value.planYear === planYear;
            return (
              <li key={`${value.planYear}-${value.month}`} className={isOwn ? classes.own : undefined}>
                <span>{words.grid.valueMonth(value.month, value.planYear)}</span>
                <span className={classes.bar} aria-hidden="true">
                  <span style={{ width: `${amount === null ? 0 : Number((abs(amount) * 100n) / most)}%` }} />
                </span>
                <span className={classes.value}>{million(amount)}</span>
              </li>
            );
          })}
        </ul>
      </section>
      <section className={classes.part}>
        <h3>{words.grid.entriesTitle}</h3>
        {detail.entries.length === 0 && <p className={classes.quiet}>{words.grid.entriesNone}</p>}
        <ul className={classes.entries}>
          {detail.entries.map((entry) => (
            <li key={entry.id}>
              <span className={classes.entryHead}>
                <span>
                  {words.unit.entryKinds[entry.kind]}
                  {entry.basis === 'estimate' && ` · ${words.unit.estimate}`}
                </span>
                <strong>{million(BigInt(entry.amountDong))}</strong>
              </span>
              <span className={classes.quiet}>
                {[
                  entry.documentNo ?? words.unit.noDocument,
                  entry.documentDate === null ? null : formatDay(entry.documentDate),
                  entry.corrects === null ? null : words.unit.corrects(entry.corrects),
                  entry.reason,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
              <span className={classes.quiet}>
                {words.grid.entryBy(entry.recordedBy, formatMoment(entry.recordedAt))}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section className={classes.part}>
        <h3 className={classes.icon}>
          <IconMessage size={16} aria-hidden="true" /> {words.grid.comments}
        </h3>
        {detail.comments.length === 0 && <p className={classes.quiet}>{words.grid.commentNone}</p>}
        <ul className={classes.entries}>
          {detail.comments.map((comment) => (
            <li key={comment.id}>
              <span>{comment.text}</span>
              <span className={classes.quiet}>
                {words.grid.entryBy(comment.recordedBy, formatMoment(comment.recordedAt))}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function CommentForm({ address, onDone }: { address: CellAddress; onDone: () => void }) {
  const words = useWords();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => commentCell(address, text.trim()),
    onSuccess: async () => {
      setText('');
      onDone();
      await queryClient.invalidateQueries({ queryKey: cellQuery(address).queryKey });
    },
  });
  return (
    <form
      className={classes.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && !send.isPending) send.mutate();
      }}
    >
      <Textarea
        label={words.grid.commentWrite}
        value={text}
        maxLength={1000}
        rows={2}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Refused label={words.grid.commentRefused} error={send.error} />
      <Button
        type="submit"
        className={classes.send}
        aria-disabled={text.trim() === '' || undefined}
        loading={send.isPending}
      >
        {words.grid.commentSave}
      </Button>
    </form>
  );
}
