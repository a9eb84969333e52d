import { Link } from '@tanstack/react-router';
import type { Explanation, Month } from '../../client/types';
import { formatMillion } from '../../format/amount';
import { formatDay } from '../../format/date';
import { useWords } from '../../words/words-provider';
import classes from './How.module.css';

/** Down to the decisions and entries that the figures are made of. */
export function HowSources({ explanation, item }: { explanation: Explanation; item: Month }) {
  const words = useWords();
  const { sources, unit } = explanation;
  const reported = sources.reportedOn;
  return (
    <ul>
      <li className={classes.source}>
        <Link to="/units/$code" params={{ code: unit.code }} search={{ month: item.month, lines: true }} hash="plan">
          {words.how.planSource(sources.decisions, sources.lines)}
        </Link>
        <span>
          {formatMillion(explanation.planDong)} {words.money.million}
        </span>
      </li>
      <li className={classes.source}>
        <Link
          to="/units/$code"
          params={{ code: unit.code }}
          search={{ month: item.month, entries: 'all' }}
          hash="entries"
        >
          {words.how.entriesSource(sources.entries, words.time.range(1, item.number))}
        </Link>
        <span>
          {formatMillion(explanation.disbursedDong)} {words.money.million}
        </span>
      </li>
      <li className={classes.source}>
        {words.how.reportSource(item.number)}
        <span>{reported === null ? words.how.notReported : formatDay(reported)}</span>
      </li>
      <li className={classes.source}>
        <Link to="/units/$code" params={{ code: unit.code }} search={{ month: item.month }}>
          {words.how.openUnit}
        </Link>
      </li>
    </ul>
  );
}
