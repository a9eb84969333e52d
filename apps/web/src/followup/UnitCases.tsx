import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { unitCasesQuery } from './queries';

/** The unit's warning cases, newest first, each a way to what happened in it; nothing for a unit without one. */
export function UnitCases({ code }: { code: string }) {
  const words = useWords();
  const say = words.tackling.case;
  const cases = useQuery(unitCasesQuery(code));
  if (cases.data === undefined || cases.data.length === 0) return null;
  return (
    <Card title={say.ofUnit}>
      <ul className={classes.cards}>
        {cases.data.map(({ id, planYear, openedMonth, state, endedMonth }) => (
          <li key={id} className={classes.item}>
            <Link to="/cases/$id" params={{ id: String(id) }}>
              {say.since(words.time.long(openedMonth, planYear).toLowerCase())}
            </Link>
            <span>
              <Chip tone={state === 'open' ? 'below' : state === 'cleared' ? 'ok' : 'plain'}>
                {words.tackling.effect.states[state]}
                {endedMonth !== null && ` T${endedMonth}`}
              </Chip>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
