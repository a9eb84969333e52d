import { IconAlertTriangle, IconChecklist, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Month } from '../client/types';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { useWords } from '../words/words-provider';
import classes from './ClosingCard.module.css';

/** Who is missing, and the way to the sheet on which the month is closed. */
export function ClosingCard({ item }: { item: Month }) {
  const words = useWords();
  const missing = item.missingUnits;
  return (
    <Card
      title={words.closing.title(item.number)}
      right={
        missing.length === 0 ? (
          <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
            {words.closing.allIn}
          </Chip>
        ) : (
          <Chip tone="below" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
            {words.closing.missing(missing.length)}
          </Chip>
        )
      }
    >
      <div className={classes.body}>
        <h3>{words.closing.reports(item.reportsReceived, item.reportsExpected)}</h3>
        {missing.length > 0 && (
          <ul className={classes.missing}>
            {missing.map((unit) => (
              <li key={unit.code}>{unit.name}</li>
            ))}
          </ul>
        )}
        <p>{words.closing.sheetHolds}</p>
        <Link to="/closing/$month" params={{ month: item.month }} className={classes.sheet}>
          <IconChecklist size={16} aria-hidden="true" />
          {words.closing.openSheet(item.number)}
        </Link>
      </div>
    </Card>
  );
}
