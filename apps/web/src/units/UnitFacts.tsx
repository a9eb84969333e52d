import { IconAlertTriangle, IconFlag } from '@tabler/icons-react';
import type { UnitYear } from '../client/types';
import { formatDay } from '../format/date';
import { Chip } from '../frame/Chip';
import { useWords } from '../words/words-provider';
import classes from './UnitFacts.module.css';

/** Beside the name: whether the unit is on the list, its code, until when it exists, who inspects it. */
export function UnitFacts({ year }: { year: UnitYear }) {
  const words = useWords();
  const { unit, current } = year;
  const facts = [
    words.time.inTextYear(year.throughMonth, year.planYear),
    words.unit.code(unit.code),
    unit.validFrom === null ? null : words.unit.validFrom(formatDay(unit.validFrom)),
    unit.validTo === null ? null : words.unit.validTo(formatDay(unit.validTo)),
    unit.team?.name ?? null,
  ].filter((fact) => fact !== null);
  return (
    <>
      {current.flagged && (
        <Chip tone="below" icon={<IconFlag size={14} aria-hidden="true" />}>
          {words.unit.monthInList(current.streak)}
        </Chip>
      )}
      {current.status === 'missing' && (
        <Chip tone="below" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
          {words.status.missing}
        </Chip>
      )}
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </>
  );
}
