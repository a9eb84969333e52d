import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatDay } from '../format/date';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { unitHistoryQuery } from './reorganisation-client';
import classes from './reorganisation.module.css';

/** Whom the unit followed, with the run each ended on, and who followed it. Nothing where the unit has no history. */
export function UnitHistoryCard({ code }: { code: string }) {
  const words = useWords();
  const history = useQuery(unitHistoryQuery(code));
  const { predecessors = [], successors = [] } = history.data ?? {};
  if (predecessors.length + successors.length === 0) return null;
  const monthIn = (month: string) => {
    const { number, planYear } = parseMonth(month);
    return words.time.inTextYear(number, planYear);
  };
  return (
    <Card title={words.reorganisation.history}>
      <div className={classes.history}>
        {[
          { title: words.reorganisation.historyFrom, units: predecessors },
          {
            title: words.reorganisation.historyTo,
            units: successors.map((unit) => ({ ...unit, lastMonth: null, lastStreak: null })),
          },
        ]
          .filter(({ units }) => units.length > 0)
          .map(({ title, units }) => (
            <div key={title}>
              <h3>{title}</h3>
              <ul>
                {units.map((unit) => (
                  <li key={unit.code}>
                    <Link to="/units/$code" params={{ code: unit.code }}>
                      {unit.name}
                    </Link>
                    <span className={classes.quiet}>
                      {words.reorganisation.historyBy(unit.decisionNo, formatDay(unit.effectiveDate))}
                      {unit.lastMonth !== null &&
                        ` · ${
                          (unit.lastStreak ?? 0) > 0
                            ? words.reorganisation.streak(unit.lastStreak ?? 0, monthIn(unit.lastMonth))
                            : words.reorganisation.streakNone(monthIn(unit.lastMonth))
                        }`}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </div>
    </Card>
  );
}
