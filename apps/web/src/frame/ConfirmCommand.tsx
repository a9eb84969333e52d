import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { newIdempotencyKey } from '../client/commands';
import classes from './ConfirmCommand.module.css';
import type { Confirmation } from './ConfirmDialog';

// Most readers never close a month: the dialog is loaded when one is opened.
const ConfirmDialog = lazy(() => import('./ConfirmDialog').then((module) => ({ default: module.ConfirmDialog })));

interface ConfirmCommandProps extends Confirmation {
  /** The button that opens the dialog, and why it cannot be used now; it stays focusable either way. */
  label: string;
  icon?: ReactNode;
  blockedBy?: string | undefined;
  /** Not the main act of the page. */
  quiet?: boolean;
}

/** Nothing irreversible in one click: the consequences first, the server's refusal beside the button. */
export function ConfirmCommand({ label, icon, blockedBy, quiet = false, ...confirmation }: ConfirmCommandProps) {
  const [key, setKey] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setKey(null);
    opener.current?.focus();
  };
  const blocked = blockedBy !== undefined;
  return (
    <>
      <Button
        ref={opener}
        variant={quiet ? 'default' : 'filled'}
        aria-disabled={blocked || undefined}
        leftSection={icon}
        onClick={() => !blocked && setKey(newIdempotencyKey())}
        className={classes.opener}
      >
        {label}
      </Button>
      {blocked && <p className={classes.reason}>{blockedBy}</p>}
      {key !== null && (
        <Suspense fallback={null}>
          <ConfirmDialog {...confirmation} idempotencyKey={key} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
