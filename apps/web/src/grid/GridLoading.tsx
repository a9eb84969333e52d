import { LateNote } from '../frame/LateNote';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import classes from './GridPage.module.css';

const LINES = 16;

/** The frame and the row height of what is coming; no shimmer. */
export function GridLoading() {
  const words = useWords();
  return (
    <>
      <PageHead title={words.grid.title} />
      <div className={classes.loading}>
        <LateNote>
          {words.loading} {words.grid.what}…
        </LateNote>
        {Array.from({ length: LINES }, (_, i) => (
          <div key={i} className={classes.loadingLine} />
        ))}
      </div>
    </>
  );
}
