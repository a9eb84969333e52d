import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Unit } from '../client/types';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import type { Choices, DraftEnded } from './draft';
import classes from './reorganisation.module.css';
import { SuccessorSelect } from './SuccessorSelect';

interface EndedUnitsCardProps {
  units: readonly Unit[];
  /** Units that may be chosen next. */
  left: readonly Unit[];
  ended: DraftEnded[];
  choices: Choices;
  onChange: (ended: DraftEnded[]) => void;
}

const KINDS: Unit['kind'][] = ['district', 'investor', 'commune'];

/** Which units end, and in one choice each where all their projects and their unassigned capital go. */
export function EndedUnitsCard({ units, left, ended, choices, onChange }: EndedUnitsCardProps) {
  const words = useWords();
  const set = (unitCode: string, change: Partial<DraftEnded>) =>
    onChange(ended.map((unit) => (unit.unitCode === unitCode ? { ...unit, ...change } : unit)));
  const nameOf = new Map(units.map(({ code, name }) => [code, name]));
  const add = (codes: string[]) =>
    onChange([...ended, ...codes.map((unitCode) => ({ unitCode, successorCode: '', unassignedTo: '' }))]);
  return (
    <Card title={words.reorganisation.endedCard} right={ended.length}>
      {ended.length === 0 && <p className={classes.none}>{words.reorganisation.endedNone}</p>}
      <div className={classes.rows}>
        {ended.map(({ unitCode, successorCode, unassignedTo }) => {
          const name = nameOf.get(unitCode) ?? unitCode;
          return (
            <div key={unitCode} className={`${classes.row} ${classes.endedUnit}`}>
              <span>
                {name} <span className={classes.quiet}>{unitCode}</span>
              </span>
              <label className={classes.label}>
                {words.reorganisation.allTo}
                <SuccessorSelect
                  label={`${words.reorganisation.allTo}, ${name}`}
                  value={successorCode}
                  empty={words.reorganisation.byProject}
                  choices={choices}
                  onChange={(code) => set(unitCode, { successorCode: code })}
                />
              </label>
              <label className={classes.label}>
                {words.reorganisation.unassignedTo}
                <SuccessorSelect
                  label={`${words.reorganisation.unassignedTo}, ${name}`}
                  value={unassignedTo}
                  empty={words.reorganisation.sameAsProjects}
                  choices={choices}
                  onChange={(code) => set(unitCode, { unassignedTo: code })}
                />
              </label>
              <Button
                aria-label={words.reorganisation.remove(name)}
                leftSection={<IconX size={16} />}
                onClick={() => onChange(ended.filter((unit) => unit.unitCode !== unitCode))}
              >
                {words.reorganisation.removeShort}
              </Button>
            </div>
          );
        })}
      </div>
      <div className={classes.foot}>
        <select
          className={classes.input}
          aria-label={words.reorganisation.addEnded}
          value=""
          onChange={(event) => event.currentTarget.value !== '' && add([event.currentTarget.value])}
        >
          <option value="">{words.reorganisation.addEnded}…</option>
          {left.map((unit) => (
            <option key={unit.code} value={unit.code}>
              {unit.name} ({unit.code})
            </option>
          ))}
        </select>
        {KINDS.map((kind) => ({ kind, codes: left.filter((unit) => unit.kind === kind).map(({ code }) => code) }))
          .filter(({ codes }) => codes.length > 1)
          .map(({ kind, codes }) => (
            <Button key={kind} onClick={() => add(codes)}>
              {words.reorganisation.addEndedAll(words.kinds[kind], codes.length)}
            </Button>
          ))}
      </div>
    </Card>
  );
}
