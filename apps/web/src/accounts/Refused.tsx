import { IconAlertCircle } from '@tabler/icons-react';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import classes from './accounts.module.css';

/** The server's no in its own words, with each field that is wrong. */
export function Refused({ label, error }: { label: string; error: Error | null }) {
  const words = useWords();
  if (error === null) return null;
  const refusal = error instanceof Refusal ? error : null;
  return (
    <p role="alert" className={classes.refused}>
      <IconAlertCircle size={18} aria-hidden="true" />
      <span>
        <strong>{label}</strong> {refusal?.detail ?? words.state.offlineTitle}
        {refusal?.fields.map(({ pointer, detail }) => (
          <span key={`${pointer} ${detail}`}>
            {' '}
            {pointer.slice(1)}: {detail}
          </span>
        ))}
      </span>
    </p>
  );
}
