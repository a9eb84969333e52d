import { useQuery } from '@tanstack/react-query';
import { instanceQuery } from '../client/queries';
import { formatDay } from '../format/date';
import { useWords } from '../words/words-provider';
import { Marking } from './Marking';
import classes from './MarkingStrip.module.css';

/** Under the bar of every screen of a demonstration, sign-in included. */
export function MarkingStrip() {
  const words = useWords();
  const instance = useQuery(instanceQuery);
  if (instance.data?.illustrative !== true) return null;
  const day = formatDay(instance.data.businessDate);
  return (
    <aside className={classes.strip} aria-label={words.illustrative}>
      <Marking />
      <span className={classes.long}>{words.illustrativeWhy}</span>
      <span className={classes.short}>{words.illustrativeShort}</span>
      <span className={classes.day}>
        <span className={classes.long}>{words.businessDay(day)}</span>
        <span className={classes.short}>{words.businessDayShort(day)}</span>
      </span>
    </aside>
  );
}
