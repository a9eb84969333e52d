import { formatDong } from '../format/amount';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import type { Import } from './types';

export function ReadingProgress({ file: { state, progress } }: { file: Import }) {
  const { imports: own } = useWords();
  const { rowsRead, rowsTotal, percent } = progress;
  const text = own.rowsRead(formatDong(rowsRead), rowsTotal === null ? null : formatDong(rowsTotal));
  return (
    <Card title={state === 'waiting' ? own.waitingTitle : own.readingTitle}>
      <div className={classes.reading} role="status">
        <progress
          className={classes.bar}
          max={100}
          aria-label={own.readingTitle}
          // Without a value the bar says that nobody knows yet.
          {...(state === 'waiting' ? {} : { value: percent })}
        />
        <p>{text}</p>
        <p className={classes.quiet}>{own.mayLeave}</p>
      </div>
    </Card>
  );
}
