import { useWords } from '../words/words-provider';
import { LateNote } from './LateNote';
import classes from './StateBox.module.css';

export function LoadingBlock({ what }: { what: string }) {
  const words = useWords();
  return (
    <div className={classes.loading}>
      <LateNote>
        {words.loading} {what}…
      </LateNote>
    </div>
  );
}
