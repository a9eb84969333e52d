import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import type { Offer, Session, SetUp } from './commands';
import { Problem } from './Problem';
import { QrCode } from './QrCode';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './security.module.css';

interface SetUpSecondFactorProps {
  setUp: SetUp;
  /** One that was asked for already. */
  offer?: Offer;
  /** After the recovery codes were kept. */
  onDone: (session: Session | undefined) => void;
  /** A way out, until the recovery codes are shown: leaving them would lose them. */
  children?: ReactNode;
}

/** QR code, a code to confirm it, and the recovery codes: in this order and each once. */
export function SetUpSecondFactor({ setUp, offer, onDone, children }: SetUpSecondFactorProps) {
  const words = useWords();
  const say = words.security.setUp;
  const [code, setCode] = useState('');
  const asked = useMutation({ mutationFn: () => setUp.offer() });
  const confirmed = useMutation({ mutationFn: () => setUp.confirm(code.replace(/\s/g, '')) });
  const { mutate: ask } = asked;
  useEffect(() => {
    if (offer === undefined) ask();
  }, [ask, offer]);

  if (confirmed.data !== undefined) {
    const { recoveryCodes, session } = confirmed.data;
    return <RecoveryCodes codes={recoveryCodes} onDone={() => onDone(session)} />;
  }
  const shown = asked.data ?? offer;
  if (shown === undefined) return asked.isError ? <Problem error={asked.error} /> : <LoadingBlock what={say.qr} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code !== '') confirmed.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={classes.steps}>
      <ol className={classes.list}>
        {say.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <QrCode text={shown.address} label={say.qr} />
      <p className={classes.explain}>
        {say.byHand} <code className={classes.key}>{shown.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <TextInput
        label={words.security.code.label}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Problem error={confirmed.error} />
      <div className={classes.actions}>
        <Button type="submit" variant="filled" loading={confirmed.isPending}>
          {say.confirm}
        </Button>
        <Button onClick={() => ask()}>{say.renew}</Button>
      </div>
      {children}
    </form>
  );
}
