import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/words-provider';
import classes from './security.module.css';

/** Shown once; going on is the person's own act. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const words = useWords();
  const { recovery } = words.security;
  const [isCopied, setCopied] = useState(false);
  return (
    <div className={classes.steps}>
      <p className={classes.explain}>{recovery.explain}</p>
      <ol className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={classes.actions}>
        {/* The clipboard exists over HTTPS and on this machine only. */}
        {window.isSecureContext && (
          <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))}>
            {isCopied ? recovery.copied : recovery.copy}
          </Button>
        )}
        <Button onClick={() => window.print()}>{recovery.print}</Button>
        <Button variant="filled" onClick={onDone}>
          {recovery.done}
        </Button>
      </div>
    </div>
  );
}
