import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Refusal } from '../client/refusal';
import type { Session } from '../client/types';
import { proveSecondFactor, setUpWhileSigningIn } from '../security/commands';
import { Problem } from '../security/Problem';
import security from '../security/security.module.css';
import { SetUpSecondFactor } from '../security/SetUpSecondFactor';
import { useWords } from '../words/words-provider';
import classes from './SignInScreen.module.css';

interface SecondStepProps {
  needed: 'required' | 'setup-required';
  onEntered: (session: Session) => void;
  onBack: () => void;
}

/** What follows the password: a code, or the setting up of what makes codes. */
export function SecondStep({ needed, onEntered, onBack }: SecondStepProps) {
  const words = useWords();
  const { code: say, setUp } = words.security;
  if (needed === 'required') return <CodeForm onEntered={onEntered} onBack={onBack} />;
  return (
    <div className={classes.form}>
      <h1 className={classes.title}>{setUp.title}</h1>
      <p className={classes.subtitle}>{setUp.why}</p>
      <SetUpSecondFactor setUp={setUpWhileSigningIn} onDone={(session) => session && onEntered(session)}>
        <button type="button" className={security.linkButton} onClick={onBack}>
          {say.back}
        </button>
      </SetUpSecondFactor>
    </div>
  );
}

function CodeForm({ onEntered, onBack }: Omit<SecondStepProps, 'needed'>) {
  const words = useWords();
  const say = words.security.code;
  const [code, setCode] = useState('');
  const [isRecovery, setRecovery] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const command = useMutation({
    mutationFn: () => proveSecondFactor(isRecovery ? code.trim() : code.replace(/\s/g, '')),
    onSuccess: ({ session }) => session && onEntered(session),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = code.trim().length < 6;
    setMissing(missing);
    if (!missing) command.mutate();
  };
  const isOver = command.error instanceof Refusal && command.error.code === 'not-signed-in';
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <h1 className={classes.title}>{say.title}</h1>
      <p className={classes.subtitle}>{isRecovery ? say.askRecovery : say.ask}</p>
      <TextInput
        key={String(isRecovery)}
        label={isRecovery ? say.recoveryLabel : say.label}
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Problem error={command.error} sentence={isMissing ? say.missing : isOver ? say.over : null} />
      <Button type="submit" variant="filled" fullWidth loading={command.isPending} className={classes.submit}>
        {say.submit}
      </Button>
      <button
        type="button"
        className={security.linkButton}
        onClick={() => {
          setRecovery(!isRecovery);
          setCode('');
          setMissing(false);
          command.reset();
        }}
      >
        {isRecovery ? say.useApp : say.useRecovery}
      </button>
      <button type="button" className={security.linkButton} onClick={onBack}>
        {say.back}
      </button>
    </form>
  );
}
