import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { formatMillion } from '../format/amount';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import form from '../frame/Form.module.css';
import type { RecordedDecision } from './types';

/** Booked; where annual plans now exceed the medium-term plan, that is said at once, and blocks nothing. */
export function DecisionSaved({ decision }: { decision: RecordedDecision }) {
  const words = useWords();
  const navigate = useNavigate();
  const { newDecision: say } = words.capital;
  return (
    <div className={form.form}>
      <p className={classes.saved} role="status">
        <IconCheck size={18} aria-hidden="true" />
        {say.saved(decision.number)}
      </p>
      {decision.mediumTermExcess.length > 0 && (
        <div className={classes.warning}>
          <IconAlertTriangle size={18} aria-hidden="true" />
          <div>
            {say.warned}
            <ul className={classes.warnList}>
              {decision.mediumTermExcess.map((row) => (
                <li key={`${row.project.code} ${row.source.code}`}>
                  {say.warnedLine(row.project.name, row.source.name, formatMillion(row.excessDong))}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div className={form.actions}>
        <Button
          variant="filled"
          onClick={() => void navigate({ to: '/decisions/$id', params: { id: String(decision.id) } })}
        >
          {say.open}
        </Button>
        <Button onClick={() => void navigate({ to: '/decisions', search: { year: decision.planYear } })}>
          {say.back}
        </Button>
      </div>
    </div>
  );
}
