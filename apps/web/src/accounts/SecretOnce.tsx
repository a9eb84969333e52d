import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useWords } from '../words/words-provider';
import classes from './accounts.module.css';

interface SecretOnceProps {
  title: string;
  means: string;
  text: string;
  copyLabel: string;
  keptLabel: string;
  /** When it may go from the screen, which is for ever. */
  onKept: () => void;
}

/** A secret that the server tells once. It stays until the reader says that it was handed over or copied. */
export function SecretOnce({ title, means, text, copyLabel, keptLabel, onKept }: SecretOnceProps) {
  const words = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by-hand'>('no');
  const copy = async () => {
    field.current?.select();
    try {
      // Offices open the program by its address in the local network, where browsers have no clipboard for pages.
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      setCopied('by-hand');
    }
  };
  return (
    <section aria-labelledby={id} className={classes.secret}>
      <h2 id={id}>{title}</h2>
      <p className={classes.quiet}>{means}</p>
      <input ref={field} readOnly aria-labelledby={id} className={classes.code} value={text} />
      <div className={classes.row}>
        <Button
          variant="filled"
          leftSection={copied === 'yes' ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => void copy()}
        >
          {copied === 'yes' ? words.accounts.link.copied : copyLabel}
        </Button>
        <Button onClick={onKept}>{keptLabel}</Button>
      </div>
      <p role="status" className={classes.quiet}>
        {copied === 'by-hand' && words.accounts.link.select}
      </p>
    </section>
  );
}
