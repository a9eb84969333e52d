import { Textarea } from '@mantine/core';
import { useId } from 'react';
import type { Difference } from '../client/types';
import { useWords } from '../words/words-provider';
import classes from './AnswerFields.module.css';

const LONGEST_NOTE = 1000;

export type Cause = Difference['cause'];

interface AnswerFieldsProps {
  cause: Cause;
  onCause: (cause: Cause) => void;
  note: string;
  onNote: (note: string) => void;
  /** Shown once the form was sent without a note. */
  isNoteMissing: boolean;
}

/** The cause as the person judges it, the suggestion chosen at first, and the note: every answer has both. */
export function AnswerFields({ cause, onCause, note, onNote, isNoteMissing }: AnswerFieldsProps) {
  const words = useWords().reconciliation;
  const id = useId();
  return (
    <>
      <div className={classes.field}>
        <label htmlFor={id}>{words.causeChosen}</label>
        <select
          id={id}
          className={classes.input}
          value={cause}
          onChange={(event) => onCause(event.currentTarget.value as Cause)}
        >
          {(Object.keys(words.causes) as Cause[]).map((each) => (
            <option key={each} value={each}>
              {words.causes[each]}
            </option>
          ))}
        </select>
      </div>
      <Textarea
        className={classes.wide}
        label={words.note}
        placeholder={words.noteHint}
        rows={3}
        maxLength={LONGEST_NOTE}
        value={note}
        error={isNoteMissing ? words.noteMissing : undefined}
        onChange={(event) => onNote(event.currentTarget.value)}
      />
    </>
  );
}
