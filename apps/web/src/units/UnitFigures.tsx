import type { UnitYear } from '../client/types';
import { formatBillion, formatDong } from '../format/amount';
import { formatPercent, formatPoints } from '../format/rate';
import { KeyFigures } from '../frame/KeyFigures';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { belowRun } from './below-run';

function runText(words: Words, year: UnitYear): string {
  const run = year.current.streak === 0 ? null : belowRun(year.months);
  if (run === null) return words.status[year.current.status];
  const { column } = words.time;
  const range =
    run.first === run.last
      ? words.unit.runOne(column(run.first))
      : words.unit.runSince(column(run.first), column(run.last));
  if (run.missing.length === 0) return range;
  return `${range}, ${words.unit.runMissing(run.missing.map(column).join(', '))}`;
}

export function UnitFigures({ year }: { year: UnitYear }) {
  const words = useWords();
  const { current } = year;
  const used = current.bases.find((each) => each.used)?.basis ?? 'province';
  const other = current.bases.find((each) => !each.used);
  const isBelow = current.status === 'below';
  return (
    <KeyFigures
      figures={[
        {
          id: 'rate',
          label: words.unit.rateOn(words.basis[used]),
          value: current.rate === null ? '–' : formatPercent(current.rate),
          beside:
            current.differencePoints === null
              ? undefined
              : words.how.difference(formatPoints(current.differencePoints)),
          below:
            current.averageRate === null
              ? words.unit.noAverage
              : words.unit.averageIs(formatPercent(current.averageRate)),
        },
        {
          id: 'disbursed',
          label: words.unit.disbursedOfPlan,
          value: formatBillion(current.disbursedDong),
          beside: `/ ${formatBillion(current.planDong)} ${words.money.billionShort}`,
          below: words.unit.otherBasis(
            words.basis[other?.basis ?? 'pm'],
            other?.rate == null ? words.unit.noneHere : formatPercent(other.rate),
          ),
        },
        {
          id: 'streak',
          label: words.unit.runBelow,
          value: words.streak.months(current.streak),
          beside: words.unit.listedFrom(year.thresholdMonths),
          below: runText(words, year),
        },
        {
          id: 'gap',
          label: words.unit.gap,
          value: isBelow ? formatBillion(current.gapDong) : '–',
          attention: isBelow,
          beside: isBelow ? words.money.billion : undefined,
          below: isBelow
            ? `${formatDong(current.gapDong)} ${words.money.dong}${current.gapAttainable ? '' : `, ${words.month.notAttainable}`}`
            : words.unit.gapNone,
        },
      ]}
    />
  );
}
