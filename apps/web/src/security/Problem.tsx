import { IconAlertCircle } from '@tabler/icons-react';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import classes from './security.module.css';

/** What went wrong, in a place that is read out when something comes into it. */
export function Problem({ error, sentence = null }: { error?: Error | null; sentence?: string | null }) {
  const words = useWords();
  const said = sentence ?? (error ? sentenceOf(error, words.state.offlineTitle) : null);
  return (
    <div role="alert">
      {said !== null && (
        <p className={classes.problem}>
          <IconAlertCircle size={18} aria-hidden="true" />
          {said}
        </p>
      )}
    </div>
  );
}

export function sentenceOf(error: Error, away: string): string {
  return error instanceof Refusal ? (error.detail ?? away) : away;
}
