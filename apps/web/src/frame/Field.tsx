import { type ReactNode, useId } from 'react';
import form from './Form.module.css';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  wide?: boolean;
  /** Draws the input with the id and the hint it is described by. */
  children: (input: { id: string; className: string | undefined; 'aria-describedby': string | undefined }) => ReactNode;
}

/** A labelled field of a form. */
export function Field({ label, hint, wide = false, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={wide ? form.wide : undefined}>
      <label className={form.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, className: form.input, 'aria-describedby': hint === undefined ? undefined : hintId })}
      {hint !== undefined && (
        <div id={hintId} className={form.hint}>
          {hint}
        </div>
      )}
    </div>
  );
}
