import { IconBellRinging } from '@tabler/icons-react';
import type { Overview } from '../client/types';
import { formatBillion } from '../format/amount';
import { useWords } from '../words/words-provider';
import classes from './NextMonthStrip.module.css';

interface NextMonthStripProps {
  overview: Overview;
  /** The month asked for; the overview may still be that of the month before. */
  throughMonth: number;
  waiting: boolean;
  onExplain: (unit: string) => void;
}

/** Who completes the threshold next month, and how little avoids it: the warning that still helps. */
export function NextMonthStrip({ overview, throughMonth, waiting, onExplain }: NextMonthStripProps) {
  const words = useWords();
  if (overview.nextMonth.length === 0 || throughMonth >= 13) return null;
  const title = words.month.nextTitle(overview.policy.thresholdMonths, throughMonth + 1);
  return (
    <section className={classes.strip} aria-label={title} aria-busy={waiting}>
      <h2 className={classes.title}>
        <IconBellRinging size={17} aria-hidden="true" />
        {title}
      </h2>
      <ul className={classes.units} data-waiting={waiting || undefined}>
        {overview.nextMonth.map((next) => (
          <li key={next.unit.code}>
            <button
              type="button"
              className={classes.unit}
              onClick={() => onExplain(next.unit.code)}
              title={next.unit.name}
            >
              {next.shortName}{' '}
              <strong>
                {formatBillion(next.gapDong)} {words.money.billionShort}
              </strong>
            </button>
          </li>
        ))}
      </ul>
      <span className={classes.note}>{words.month.nextNote}</span>
    </section>
  );
}
