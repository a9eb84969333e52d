import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import { FailedState } from './FailedState';
import { StateBox } from './StateBox';
import classes from './StateBox.module.css';

/** The last net: the session could not be read, or a screen threw. */
export function CrashState({ error }: ErrorComponentProps) {
  const words = useWords();
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  if (error instanceof Refusal) {
    const retry = () => {
      reset();
      void router.invalidate();
    };
    return (
      <main className={classes.page}>
        <FailedState error={error} what={words.product} onRetry={retry} heading="h1" />
      </main>
    );
  }
  return (
    <main className={classes.page}>
      <StateBox
        heading="h1"
        icon={<IconAlertCircle size={22} />}
        title={words.state.crashed}
        alert
        actions={
          <Button variant="filled" onClick={() => window.location.reload()}>
            {words.state.reload}
          </Button>
        }
      >
        <p>{words.state.crashedBody}</p>
      </StateBox>
    </main>
  );
}
