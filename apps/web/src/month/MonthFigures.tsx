import type { BasisFigure, Overview } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercent, formatPoints, formatShare } from '../format/rate';
import { Chip } from '../frame/Chip';
import { type KeyFigure, KeyFigures } from '../frame/KeyFigures';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './MonthFigures.module.css';

function changeText(words: Words, points: string | null, previousMonth: number | null): string | undefined {
  if (points === null || previousMonth === null) return undefined;
  return words.month.change(formatPoints(points), words.time.column(previousMonth));
}

/** The country's figure of the same month, as published: beside the one that judges, never in its place. */
function nationalText(words: Words, overview: Overview): string {
  const national = overview.month.nationalAverage;
  return national === null ? '' : ` · ${words.month.national(formatShare(national.percent), national.source)}`;
}

function basisFigure(words: Words, figure: BasisFigure, compact: boolean, national: string): KeyFigure {
  const basis = words.basis[figure.basis];
  return {
    id: figure.basis,
    label: figure.used ? (
      <>
        {compact ? (
          words.month.averageOnShort(basis)
        ) : (
          <>
            <span className={classes.full}>{words.month.averageOn(basis)}</span>
            <span className={classes.brief}>{words.month.averageOnShort(basis)}</span>
          </>
        )}{' '}
        <Chip tone="accent">{words.month.usedForJudging}</Chip>
      </>
    ) : (
      words.month.on(basis)
    ),
    value: figure.rate === null ? '–' : formatPercent(figure.rate),
    beside: changeText(words, figure.changePoints, figure.previousMonth),
    below:
      figure.rate === null
        ? words.month.notAssigned
        : `${formatBillion(figure.disbursedDong)} / ${formatBillion(figure.planDong)} ${words.money.billion}${figure.used ? national : ''}`,
  };
}

function withoutLargestFigure(words: Words, overview: Overview): KeyFigure {
  const without = overview.withoutLargestProject;
  const previousMonth = overview.bases.find((basis) => basis.used)?.previousMonth ?? null;
  return {
    id: 'without-largest',
    label: words.month.withoutLargest,
    value: without?.rate == null ? '–' : formatPercent(without.rate),
    beside: without === null ? undefined : changeText(words, without.changePoints, previousMonth),
    below:
      without === null
        ? words.month.withoutLargestNone
        : words.month.withoutLargestOf(without.project.name, formatShare(without.planSharePercent)),
  };
}

function belowFigure(words: Words, overview: Overview): KeyFigure {
  const missing = overview.missingCount > 0 ? ` · ${words.month.missingCount(overview.missingCount)}` : '';
  return {
    id: 'below',
    label: words.month.belowAverage,
    value: overview.belowCount,
    beside: `${words.month.ofUnits(overview.ratedCount)}${missing}`,
    below: (
      <>
        {words.month.toDisburse}{' '}
        <strong>
          {formatBillion(overview.totalGapDong)} {words.money.billion}
        </strong>
        , {words.month.eachAlone}
      </>
    ),
  };
}

interface MonthFiguresProps {
  overview: Overview;
  waiting: boolean;
  /** Beside an open explanation there is room for three. */
  compact: boolean;
}

export function MonthFigures({ overview, waiting, compact }: MonthFiguresProps) {
  const words = useWords();
  const bases = [...overview.bases].sort((first, second) => Number(second.used) - Number(first.used));
  const figures = [
    ...bases.map((figure) => basisFigure(words, figure, compact, nationalText(words, overview))),
    withoutLargestFigure(words, overview),
    ...(compact ? [] : [belowFigure(words, overview)]),
  ];
  return <KeyFigures figures={figures} busy={waiting} />;
}
