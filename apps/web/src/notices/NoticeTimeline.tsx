import type { Notice } from '../client/types';
import { formatMoment } from '../format/date';
import { parseMonth } from '../format/month';
import { useWords } from '../words/words-provider';
import classes from './NoticeTimeline.module.css';

/** Who did what when and why, the newest last; a mark of a deadline beside the states. */
export function NoticeTimeline({ timeline }: { timeline: Notice['timeline'] }) {
  const words = useWords();
  if (timeline.length === 0) return null;
  return (
    <section aria-labelledby="notice-timeline">
      <h3 id="notice-timeline" className={classes.title}>
        {words.notices.timeline}
      </h3>
      <ol className={classes.steps}>
        {timeline.map(({ what, at, by, because, month }) => (
          <li key={what} data-late={/-(overdue|escalated)$/.test(what) || undefined}>
            <p>
              <strong>{words.notices.steps[what] ?? what}</strong> · {by}
              {month !== null && ` · ${words.notices.stepMonth(monthOf(month))}`}
            </p>
            <p className={classes.when}>{formatMoment(at)}</p>
            {because !== null && <p className={classes.because}>{because}</p>}
          </li>
        ))}
      </ol>
    </section>
  );

  function monthOf(month: string): string {
    const { planYear, number } = parseMonth(month);
    return words.notices.monthOf(number, planYear).toLowerCase();
  }
}
