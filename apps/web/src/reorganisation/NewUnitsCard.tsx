import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Named, Unit } from '../client/types';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import type { DraftUnit } from './draft';
import classes from './reorganisation.module.css';

interface NewUnitsCardProps {
  units: DraftUnit[];
  teams: Named[];
  onChange: (units: DraftUnit[]) => void;
}

const KINDS: Unit['kind'][] = ['investor', 'district', 'commune'];

export function NewUnitsCard({ units, teams, onChange }: NewUnitsCardProps) {
  const words = useWords();
  const set = (key: number, change: Partial<DraftUnit>) =>
    onChange(units.map((unit) => (unit.key === key ? { ...unit, ...change } : unit)));
  const add = () =>
    onChange([
      ...units,
      {
        key: Math.max(0, ...units.map(({ key }) => key)) + 1,
        code: '',
        name: '',
        shortName: '',
        kind: units.at(-1)?.kind ?? 'investor',
        teamCode: '',
      },
    ]);
  return (
    <Card title={words.reorganisation.newUnits} subtitle={words.reorganisation.newUnitsHint}>
      {units.length === 0 && <p className={classes.none}>{words.reorganisation.newUnitsNone}</p>}
      <div className={classes.rows}>
        {units.map((unit, i) => {
          const which = words.reorganisation.aNewUnit(i + 1);
          const text = (field: 'code' | 'name' | 'shortName', label: string, most: number) => (
            <label className={field === 'name' ? `${classes.label} ${classes.wide}` : classes.label}>
              {label}
              <input
                className={classes.input}
                aria-label={`${label}, ${which}`}
                maxLength={most}
                value={unit[field]}
                onChange={(event) => set(unit.key, { [field]: event.currentTarget.value })}
              />
            </label>
          );
          return (
            <div key={unit.key} className={`${classes.row} ${classes.newUnit}`}>
              {text('code', words.reorganisation.code, 40)}
              {text('name', words.reorganisation.name, 300)}
              <Button
                aria-label={words.reorganisation.remove(which)}
                leftSection={<IconX size={16} />}
                onClick={() => onChange(units.filter(({ key }) => key !== unit.key))}
              >
                {words.reorganisation.removeShort}
              </Button>
              {text('shortName', words.reorganisation.shortName, 60)}
              <label className={classes.label}>
                {words.reorganisation.kind}
                <select
                  className={classes.input}
                  aria-label={`${words.reorganisation.kind}, ${which}`}
                  value={unit.kind}
                  onChange={(event) => set(unit.key, { kind: event.currentTarget.value as Unit['kind'] })}
                >
                  {KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {words.kinds[kind]}
                    </option>
                  ))}
                </select>
              </label>
              <label className={classes.label}>
                {words.reorganisation.team}
                <select
                  className={classes.input}
                  aria-label={`${words.reorganisation.team}, ${which}`}
                  value={unit.teamCode}
                  onChange={(event) => set(unit.key, { teamCode: event.currentTarget.value })}
                >
                  <option value="">{words.reorganisation.teamOfOld}</option>
                  {teams.map((team) => (
                    <option key={team.code} value={team.code}>
                      {team.name}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          );
        })}
      </div>
      <div className={classes.foot}>
        <Button leftSection={<IconPlus size={16} />} onClick={add}>
          {words.reorganisation.addUnit}
        </Button>
      </div>
    </Card>
  );
}
