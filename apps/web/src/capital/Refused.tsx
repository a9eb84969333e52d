import { IconAlertCircle } from '@tabler/icons-react';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';

/** The server's no in its own words, with each field that is wrong. */
export function Refused({ label, error, place }: { label: string; error: Error; place: (pointer: string) => string }) {
  const words = useWords();
  const refusal = error instanceof Refusal ? error : null;
  return (
    <div role="alert" className={classes.refused}>
      <IconAlertCircle size={18} aria-hidden="true" />
      <div>
        <strong>{label}</strong> {refusal?.detail ?? words.state.offlineTitle}
        {refusal !== null && refusal.fields.length > 0 && (
          <ul>
            {refusal.fields.map(({ pointer, detail }) => (
              <li key={`${pointer} ${detail}`}>
                {place(pointer)}
                {detail}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
