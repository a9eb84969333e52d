import { IconAlertCircle } from '@tabler/icons-react';
import { Refusal } from '../client/refusal';
import confirm from '../frame/ConfirmCommand.module.css';
import { useWords } from '../words/words-provider';

/** The server's own sentences, every point at once. */
export function RefusedNote({ error }: { error: Error | null }) {
  const words = useWords();
  if (error === null) return null;
  const fields = error instanceof Refusal ? error.fields : [];
  return (
    <div role="alert" className={confirm.refused}>
      <IconAlertCircle size={18} aria-hidden="true" />
      <div>
        <strong>{words.settings.refused}</strong>{' '}
        {error instanceof Refusal && error.detail !== null ? error.detail : words.state.offlineTitle}
        {fields.length > 0 && (
          <ul>
            {[...new Set(fields.map(({ detail }) => detail))].map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
