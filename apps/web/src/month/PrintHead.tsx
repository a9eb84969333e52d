import type { Month, Overview } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatDay } from '../format/date';
import { formatPercent, formatPoints } from '../format/rate';
import { Marking } from '../frame/Marking';
import { useWords } from '../words/words-provider';
import classes from './PrintSheet.module.css';

/** The head of the meeting's page: the result in sentences, as it would be read out. */
export function PrintHead({ item, overview, provinceName }: { item: Month; overview: Overview; provinceName: string }) {
  const words = useWords();
  const used = overview.bases.find((basis) => basis.used);
  const other = overview.bases.find((basis) => !basis.used && basis.rate !== null);
  const names = (change: 'new' | 'cleared') =>
    overview.units
      .filter((unit) => unit.change === change)
      .map((unit) => unit.name)
      .join(', ');
  const joined = names('new');
  const left = names('cleared');
  const withoutRate = overview.withoutLargestProject?.rate;

  return (
    <div className={`${classes.head} printOnly`}>
      <div className={classes.titleLine}>
        <p className={classes.title}>{words.print.title(item.number, item.planYear)}</p>
        {overview.illustrative && <Marking />}
      </div>
      <p className={classes.facts}>
        {words.print.province(provinceName)} · {words.month.asOf(formatDay(item.end))} ·{' '}
        {item.closedOn === null ? words.print.notClosed : words.print.closedOn(formatDay(item.closedOn), item.version)}
      </p>
      <p className={classes.sentence}>
        {used?.rate != null &&
          words.print.inBoth(
            formatPercent(used.rate),
            words.basis[used.basis],
            other?.rate == null ? '' : words.print.otherBasis(formatPercent(other.rate), words.basis[other.basis]),
          )}
        {withoutRate != null && words.print.without(formatPercent(withoutRate))}
        {words.print.below(overview.belowCount, overview.ratedCount, formatBillion(overview.totalGapDong))}
        {words.print.flagged(overview.flaggedCount, overview.policy.thresholdMonths)}
        {joined !== '' && words.print.joined(joined)}
        {left !== '' && words.print.left(left)}.
      </p>
      {overview.nextMonth.length > 0 && overview.throughMonth < 13 && (
        <p className={classes.sentence}>
          {words.month.nextTitle(overview.policy.thresholdMonths, overview.throughMonth + 1)}:{' '}
          {overview.nextMonth
            .map((next) => `${next.shortName} ${formatBillion(next.gapDong)} ${words.money.billionShort}`)
            .join('; ')}
          .
        </p>
      )}
      {overview.laggingKeyProjects.length > 0 && (
        <p className={classes.sentence}>
          {words.month.laggingTitle}:{' '}
          {overview.laggingKeyProjects
            .map((project) =>
              project.differencePoints === null
                ? project.name
                : `${project.name} (${words.how.difference(formatPoints(project.differencePoints))})`,
            )
            .join('; ')}
          .
        </p>
      )}
    </div>
  );
}
