import { useId } from 'react';
import classes from './Picker.module.css';

interface PickerProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of many, in the line above a list. */
export function Picker({ label, value, options, onChange }: PickerProps) {
  const id = useId();
  return (
    <div className={classes.picker}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
