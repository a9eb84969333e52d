import { Button } from '@mantine/core';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import { sizeText } from './read-values';

export function UploadProgress({ sent, total, onStop }: { sent: number; total: number; onStop: () => void }) {
  const { imports: own } = useWords();
  const text = sent >= total ? own.uploaded : own.uploading(sizeText(sent), sizeText(total));
  return (
    <div className={classes.sending}>
      <progress className={classes.bar} value={sent} max={Math.max(total, 1)} aria-label={text} />
      <span className={classes.missing}>{text}</span>
      <Button onClick={onStop}>{own.stop}</Button>
    </div>
  );
}
