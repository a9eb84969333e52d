import { Link } from '@tanstack/react-router';
import type { ClosingSheet } from '../client/types';
import { formatBillion } from '../format/amount';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { StreakDots } from '../frame/StreakDots';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';

/** In January the lists of two plan years stand side by side, each named by its plan year. */
export function BesideCard({ beside }: { beside: NonNullable<ClosingSheet['beside']> }) {
  const words = useWords();
  const { planYear, number } = parseMonth(beside.month);
  return (
    <Card
      title={words.sheet.beside(number, planYear)}
      right={
        <Link to="/closing/$month" params={{ month: beside.month }}>
          {words.closing.openSheet(number)}
        </Link>
      }
    >
      {beside.flagged === null ? (
        <p className={classes.fine}>{words.sheet.besideOpen}</p>
      ) : beside.flagged.length === 0 ? (
        <p className={classes.fine}>{words.sheet.besideNone}</p>
      ) : (
        <ul className={classes.beside}>
          {beside.flagged.map(({ unit, streak, gapDong }) => (
            <li key={unit.code}>
              <span title={unit.name}>{unit.shortName}</span>{' '}
              <StreakDots streak={streak} threshold={beside.thresholdMonths ?? streak} />
              <strong>{words.sheet.billionShort(formatBillion(gapDong))}</strong>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
