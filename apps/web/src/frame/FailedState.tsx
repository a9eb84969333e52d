import { Button } from '@mantine/core';
import { IconAlertCircle, IconLock, IconWifiOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import { StateBox } from './StateBox';
import classes from './StateBox.module.css';

const ICON_PX = 22;

interface FailedStateProps {
  error: Error;
  what: string;
  onRetry: () => void;
  heading?: 'h1' | 'h2';
}

/** A read that failed: refused, unknown, out of reach or broken, each with its own sentence and way on. */
export function FailedState({ error, what, onRetry, heading = 'h2' }: FailedStateProps) {
  const words = useWords();
  const navigate = useNavigate();
  const refusal = error instanceof Refusal ? error : null;
  const home = <Button onClick={() => void navigate({ to: '/' })}>{words.state.goBack}</Button>;
  const retry = (
    <Button variant="filled" onClick={onRetry}>
      {words.retry}
    </Button>
  );

  if (refusal?.isUnreachable === true) {
    return (
      <StateBox
        heading={heading}
        icon={<IconWifiOff size={ICON_PX} />}
        title={words.state.offlineTitle}
        actions={retry}
        alert
      >
        <p>{words.state.offlineBody(what)}</p>
      </StateBox>
    );
  }
  if (refusal?.status === 403) {
    return (
      <StateBox heading={heading} icon={<IconLock size={ICON_PX} />} title={words.state.forbiddenTitle} actions={home}>
        <p>{refusal.detail}</p>
      </StateBox>
    );
  }
  if (refusal?.status === 404) {
    return (
      <StateBox
        heading={heading}
        icon={<IconAlertCircle size={ICON_PX} />}
        title={words.state.errorTitle(what)}
        actions={home}
        alert
      >
        <p>{refusal.detail}</p>
      </StateBox>
    );
  }
  return (
    <StateBox
      heading={heading}
      icon={<IconAlertCircle size={ICON_PX} />}
      title={words.state.errorTitle(what)}
      actions={retry}
      alert
    >
      <p>
        {words.state.errorBody}{' '}
        <span className={classes.code}>{refusal?.requestId ?? refusal?.code ?? error.name}</span>.
      </p>
    </StateBox>
  );
}
