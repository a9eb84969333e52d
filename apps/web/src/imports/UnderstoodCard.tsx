import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card } from '../frame/Card';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import { columnText, lettersOf, pairsText } from './read-values';
import type { Import, Reading } from './types';

interface UnderstoodCardProps {
  file: Import;
  reading: Reading;
  onChange?: (() => void) | undefined;
}

/** What was read from where: nobody has to guess, and whoever commits says that it is right. */
export function UnderstoodCard({ file, reading, onChange }: UnderstoodCardProps) {
  const words = useWords();
  const own = words.imports;
  return (
    <Card title={own.understood}>
      <dl className={classes.pairs}>
        {facts(words, file, reading).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <details className={classes.details}>
        <summary>{own.showColumns(reading.columns.length)}</summary>
        <ul className={classes.columnList}>
          {reading.columns.map((column) => (
            <li key={column.column}>
              <span className={classes.quiet}>{lettersOf(column.column)}</span> {column.title} →{' '}
              <strong>{columnText(words, column)}</strong>
            </li>
          ))}
        </ul>
      </details>
      {onChange !== undefined && (
        <div className={classes.cardFoot}>
          <Button onClick={onChange}>{own.changeReading}</Button>
        </div>
      )}
    </Card>
  );
}

function facts(words: Words, file: Import, reading: Reading): [string, ReactNode][] {
  const own = words.imports;
  const { amountUnitStatedAt: cell, ignored, headerRows, stated, assumed } = reading;
  const list: [string, ReactNode][] = [];
  if (reading.columns.some(({ field }) => field?.includes('_vnd'))) {
    const where =
      cell !== null
        ? own.unitFromCell(cell.row, cell.text)
        : file.choices.amountUnit !== null
          ? own.unitFromSender
          : own.unitFromNobody;
    list.push([
      own.amountUnit,
      <>
        <strong>{own.amountUnits[reading.amountUnit]}</strong>
        <span className={classes.under}>{where}</span>
      </>,
    ]);
  }
  if (file.choices.decimal !== null) list.push([own.decimal, own.decimals[file.choices.decimal]]);
  if (reading.ambiguousAmounts > 0)
    list.push([own.decimal, <strong className={classes.attention}>{own.ambiguous(reading.ambiguousAmounts)}</strong>]);
  if (file.kind === 'disbursements') list.push([own.period, reading.cumulative ? own.cumulative : own.ofMonth]);
  list.push([own.mode, own.modes[reading.mode]]);
  if (Object.keys(stated).length > 0) list.push([own.stated, pairsText(words, stated)]);
  if (Object.keys(file.choices.constants).length > 0) list.push([own.given, pairsText(words, file.choices.constants)]);
  if (Object.keys(assumed).length > 0) list.push([own.assumed, <strong>{pairsText(words, assumed)}</strong>]);
  const leftOut = (['titles', 'groups', 'totals', 'withoutAmount'] as const)
    .filter((what) => ignored[what] > 0)
    .map((what) => own.ignoredParts[what](ignored[what]));
  list.push([own.ignored, leftOut.length === 0 ? own.nothingIgnored : leftOut.join(', ')]);
  const unknown = reading.columns.filter(({ use }) => use === 'unknown');
  if (unknown.length > 0)
    list.push([
      own.unknownColumns,
      <strong className={classes.attention}>
        {unknown.map(({ column, title }) => `${lettersOf(column)}. ${title}`).join(', ')}
      </strong>,
    ]);
  if (reading.formulas > 0) list.push([own.formulas, own.formulaCells(reading.formulas)]);
  if (reading.hiddenRows > 0) list.push([own.hidden, own.hiddenRows(reading.hiddenRows)]);
  const [first, last] = [headerRows[0], headerRows.at(-1)];
  if (first !== undefined && last !== undefined) list.push([own.headerAt, own.headerRows(first, last)]);
  return list;
}
