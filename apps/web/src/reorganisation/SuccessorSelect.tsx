import { useWords } from '../words/words-provider';
import type { Choices } from './draft';
import classes from './reorganisation.module.css';

interface SuccessorSelectProps {
  label: string;
  value: string;
  /** What '' means here. */
  empty: string;
  choices: Choices;
  onChange: (code: string) => void;
}

/** Which unit takes over: one that begins with the act, or one that exists. */
export function SuccessorSelect({ label, value, empty, choices, onChange }: SuccessorSelectProps) {
  const words = useWords();
  const groups = [
    { label: words.reorganisation.optionNew, units: choices.newUnits },
    { label: words.reorganisation.optionExisting, units: choices.existing },
  ].filter(({ units }) => units.length > 0);
  return (
    <select
      className={classes.input}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{empty}</option>
      {groups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.units.map((unit) => (
            <option key={unit.code} value={unit.code}>
              {unit.name} ({unit.code})
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
