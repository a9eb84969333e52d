import { IconAlertCircle } from '@tabler/icons-react';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import { RefusedPoints } from './reorganisation-client';
import classes from './reorganisation.module.css';

const POINTS_SHOWN = 20;

/** The server's own sentences: what is wrong, where, what to do; every point at once. */
export function RefusedNote({ title, error }: { title: string; error: Error }) {
  const words = useWords();
  const detail = error instanceof Refusal ? error.detail : null;
  const points = error instanceof RefusedPoints ? error.points : [];
  return (
    <div role="alert" className={classes.refused}>
      <IconAlertCircle size={18} aria-hidden="true" />
      <div>
        <p>
          <strong>{title}</strong> {detail ?? words.state.offlineTitle}
        </p>
        {points.length > 0 && (
          <ul>
            {[...new Set(points)].slice(0, POINTS_SHOWN).map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
