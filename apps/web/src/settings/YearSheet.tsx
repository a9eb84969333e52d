import { useWords } from '../words/words-provider';
import type { Deadlines, NewCalendarDay } from './settings-client';
import classes from './settings.module.css';

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Twelve months at a glance. Weekdays come from the calendar itself, counted in UTC so that no zone moves a day. */
export function YearSheet({ year, days, deadlines }: { year: number; days: NewCalendarDay[]; deadlines: Deadlines }) {
  const words = useWords();
  const say = words.settings.days;
  const kindOf = new Map(days.map(({ date, kind, name }) => [date, { kind, name }]));
  const due = new Set(deadlines.months.map(({ reportDue }) => reportDue));
  return (
    <>
      <div className={classes.months}>
        {MONTHS.map((month) => {
          const first = new Date(Date.UTC(year, month - 1, 1));
          const blanks = (first.getUTCDay() + 6) % 7;
          const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
          return (
            <section key={month} aria-label={words.time.long(month, year)}>
              <h3>{words.time.column(month)}</h3>
              <div className={classes.month}>
                {say.weekdays.map((weekday) => (
                  <span key={weekday} className={classes.quiet}>
                    {weekday}
                  </span>
                ))}
                {Array.from({ length: blanks }, (_, i) => (
                  <span key={`blank ${i}`} />
                ))}
                {Array.from({ length }, (_, i) => {
                  const date = `${year}-${String(month).padStart(2, '0')}-${String(i + 1).padStart(2, '0')}`;
                  const known = kindOf.get(date);
                  const isWeekend = (blanks + i) % 7 > 4;
                  const look =
                    known === undefined
                      ? isWeekend
                        ? classes.off
                        : undefined
                      : known.kind === 'make-up-day'
                        ? classes.worked
                        : classes.holiday;
                  const told = [known && `${say.kinds[known.kind]}: ${known.name}`, due.has(date) && say.reportDue];
                  return (
                    <span
                      key={date}
                      className={[look, due.has(date) ? classes.due : undefined].filter(Boolean).join(' ')}
                      title={told.filter(Boolean).join('; ') || undefined}
                    >
                      {i + 1}
                    </span>
                  );
                })}
              </div>
            </section>
          );
        })}
      </div>
      <p className={classes.legend}>
        <span>
          <span className={`${classes.swatch} ${classes.holiday}`}>1</span>
          {say.legendOff}
        </span>
        <span>
          <span className={`${classes.swatch} ${classes.worked}`}>1</span>
          {say.kinds['make-up-day']}
        </span>
        <span>
          <span className={`${classes.swatch} ${classes.due}`}>1</span>
          {say.reportDue}
        </span>
      </p>
    </>
  );
}
