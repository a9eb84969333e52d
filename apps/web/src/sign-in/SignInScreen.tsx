import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { signIn } from '../client/commands';
import { instanceQuery, sessionQuery } from '../client/queries';
import { Refusal } from '../client/refusal';
import { LanguageSwitch } from '../frame/LanguageSwitch';
import { Logo } from '../frame/Logo';
import { Marking } from '../frame/Marking';
import { MarkingStrip } from '../frame/MarkingStrip';
import { OfflineBanner } from '../frame/OfflineBanner';
import { useWords } from '../words/words-provider';
import { DemonstrationAccounts } from './DemonstrationAccounts';
import classes from './SignInScreen.module.css';
import { ThemeSwitch } from './ThemeSwitch';

export function SignInScreen() {
  const words = useWords();
  const { from } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queryClient = useQueryClient();
  const instance = useQuery(instanceQuery);
  const passwordInput = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isVisible, setVisible] = useState(false);
  const [isIncomplete, setIncomplete] = useState(false);

  const command = useMutation({
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: (session) => {
      // Nothing read by the person before may be shown to the one who signs in now.
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'instance' });
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.history.push(from ?? '/');
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = username.trim() === '' || password === '';
    setIncomplete(incomplete);
    if (!incomplete) command.mutate();
  };

  const accounts = instance.data?.demonstrationAccounts ?? [];
  const refusal = command.error instanceof Refusal ? command.error : null;
  const problem = isIncomplete
    ? words.signIn.missing
    : command.isError
      ? (refusal?.detail ?? words.state.offlineTitle)
      : null;

  return (
    <div className={classes.page}>
      <title>{`${words.signIn.title} · ${words.product}`}</title>
      <header className={classes.bar}>
        <span className={classes.brand}>
          <Logo />
          {words.product}
        </span>
        <span className={classes.tools}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <MarkingStrip />
      <OfflineBanner />
      <main className={classes.columns} data-alone={accounts.length === 0 || undefined}>
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
      </main>
      {instance.data?.illustrative === true && (
        <p className="printOnly">
          <Marking />
        </p>
      )}
    </div>
  );
}
