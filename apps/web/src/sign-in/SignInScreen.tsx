import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { instanceQuery } from '../client/queries';
import { Refusal } from '../client/refusal';
import { type Opened, pendingQuery, signIn } from '../security/commands';
import security from '../security/security.module.css';
import { useWords } from '../words/words-provider';
import { DemonstrationAccounts } from './DemonstrationAccounts';
import { SecondStep } from './SecondStep';
import classes from './SignInScreen.module.css';
import { SignInShell } from './SignInShell';
import { useEnter } from './use-enter';

export function SignInScreen() {
  const words = useWords();
  const { from, step, refused } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const enter = useEnter();
  const instance = useQuery(instanceQuery);
  const passwordInput = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isVisible, setVisible] = useState(false);
  const [isIncomplete, setIncomplete] = useState(false);

  const [opened, setOpened] = useState<Opened | null>(null);
  // Who comes back from single sign-on may still owe a second factor.
  const pending = useQuery({ ...pendingQuery, enabled: step === 'code' && opened === null });

  const command = useMutation({
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: (done) => (done.session ? enter(done.session, from ?? '/') : setOpened(done)),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = username.trim() === '' || password === '';
    setIncomplete(incomplete);
    if (!incomplete) command.mutate();
  };

  const accounts = instance.data?.demonstrationAccounts ?? [];
  const singleSignOn = instance.data?.singleSignOn ?? null;
  const refusal = command.error instanceof Refusal ? command.error : null;
  const problem = isIncomplete
    ? words.signIn.missing
    : command.isError
      ? (refusal?.detail ?? words.state.offlineTitle)
      : refused !== undefined
        ? (words.security.sso.refused[refused] ?? null)
        : null;
  const needed = opened?.secondFactor ?? (step === 'code' ? pending.data?.secondFactor : undefined);

  if (needed !== undefined && needed !== 'none')
    return (
      <SignInShell title={words.security.code.title} isAlone>
        <SecondStep
          needed={needed}
          onEntered={(session) => enter(session, from ?? '/')}
          onBack={() => {
            setOpened(null);
            setPassword('');
            void navigate({ to: '/sign-in', search: from === undefined ? {} : { from } });
          }}
        />
      </SignInShell>
    );

  return (
    <SignInShell title={words.signIn.title} isAlone={accounts.length === 0}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <h1 className={classes.title}>{words.signIn.title}</h1>
        <p className={classes.subtitle}>
          {instance.data === undefined ? '\u00a0' : words.signIn.subtitle(instance.data.provinceName)}
        </p>
        {from !== undefined && <p className={classes.back}>{words.signIn.cameBack}</p>}
        <TextInput
          label={words.signIn.username}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordInput}
          label={words.signIn.password}
          name="password"
          autoComplete="current-password"
          value={password}
          rightSectionWidth={44}
          visible={isVisible}
          onVisibilityChange={setVisible}
          visibilityToggleButtonProps={{
            'aria-label': isVisible ? words.signIn.hide : words.signIn.show,
            tabIndex: 0,
            className: classes.eye,
          }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div role="alert">
          {problem !== null && (
            <p className={classes.problem}>
              <IconAlertCircle size={18} aria-hidden="true" />
              {problem}
            </p>
          )}
        </div>
        <Button type="submit" variant="filled" fullWidth loading={command.isPending} className={classes.submit}>
          {words.signIn.submit}
        </Button>
        {singleSignOn !== null && (
          <>
            <p className={security.or}>{words.security.sso.or}</p>
            <Button
              component="a"
              href={`/api/v1/single-sign-on${from === undefined ? '' : `?from=${encodeURIComponent(from)}`}`}
              fullWidth
              className={classes.submit}
            >
              {words.security.sso.button(singleSignOn)}
            </Button>
          </>
        )}
        <p className={classes.forgotten}>{words.signIn.forgotten}</p>
      </form>
      {accounts.length > 0 && (
        <DemonstrationAccounts
          accounts={accounts}
          chosen={username}
          onChoose={(account) => {
            setUsername(account);
            setIncomplete(false);
            passwordInput.current?.focus();
          }}
        />
      )}
    </SignInShell>
  );
}
