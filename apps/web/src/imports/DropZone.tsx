import { IconFileSpreadsheet, IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useId, useState } from 'react';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import { sizeText } from './read-values';

interface DropZoneProps {
  file: File | null;
  tooBig: boolean;
  limits: string;
  onChoose: (file: File | null) => void;
}

/** A file input that also takes what is dropped on it; the server says no to wrong types, with what to do instead. */
export function DropZone({ file, tooBig, limits, onChoose }: DropZoneProps) {
  const { imports: own } = useWords();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [several, setSeveral] = useState(false);
  const take = (files: FileList | null) => {
    setSeveral((files?.length ?? 0) > 1);
    const first = files?.[0];
    if (first !== undefined) onChoose(first);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      data-filled={file !== null || undefined}
      onDragOver={over}
      onDragLeave={over}
      onDrop={(event) => {
        over(event);
        take(event.dataTransfer.files);
      }}
    >
      {file === null ? (
        <IconFileUpload size={28} aria-hidden="true" />
      ) : (
        <IconFileSpreadsheet size={28} aria-hidden="true" />
      )}
      <p className={classes.dropLine}>
        {file === null ? (
          own.drop
        ) : (
          <>
            <strong>{file.name}</strong> <span className={classes.quiet}>{sizeText(file.size)}</span>
          </>
        )}{' '}
        <input
          id={id}
          type="file"
          accept=".csv,.xlsx"
          className={classes.fileInput}
          aria-describedby={`${id}-limits`}
          onChange={(event) => {
            take(event.currentTarget.files);
            // The same file chosen again after it was mended must be noticed.
            event.currentTarget.value = '';
          }}
        />
        <label htmlFor={id} className={classes.fileLabel}>
          {file === null ? own.choose : own.chooseOther}
        </label>
      </p>
      <p id={`${id}-limits`} className={classes.limits} data-wrong={tooBig || undefined}>
        {limits} {own.limitsSoft}
      </p>
      {several && (
        <p role="status" className={classes.limits}>
          {own.oneFile}
        </p>
      )}
    </div>
  );
}
