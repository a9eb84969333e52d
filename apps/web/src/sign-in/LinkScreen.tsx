import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { LoadingBlock } from '../frame/LoadingBlock';
import { lookAtLink, type Opened, redeemLink } from '../security/commands';
import { type NewPassword, NewPasswordFields } from '../security/NewPasswordFields';
import { Problem } from '../security/Problem';
import { useWords } from '../words/words-provider';
import { SecondStep } from './SecondStep';
import classes from './SignInScreen.module.css';
import { SignInShell } from './SignInShell';
import { useEnter } from './use-enter';

/** Sets a password with a link from an administrator. The secret stands behind the # and goes to no server's log. */
export function LinkScreen() {
  const words = useWords();
  const say = words.security.link;
  const enter = useEnter();
  const navigate = useNavigate();
  const [secret] = useState(() => window.location.hash.slice(1));
  const [fresh, setFresh] = useState<NewPassword>({ password: '', again: '' });
  const [isDifferent, setDifferent] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => {
    // Nobody who looks over the shoulder or into the history finds it there.
    window.history.replaceState(window.history.state, '', '/link');
  }, []);
  const link = useQuery({ queryKey: ['link', secret], queryFn: () => lookAtLink(secret), staleTime: Infinity });
  const command = useMutation({
    mutationFn: () => redeemLink(secret, fresh.password),
    onSuccess: (done) => (done.session ? enter(done.session, '/') : setOpened(done)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const different = fresh.password !== fresh.again;
    setDifferent(different);
    if (!different) command.mutate();
  };
  const title = say.title[link.data?.purpose ?? 'reset'];
  return (
    <SignInShell title={title} isAlone>
      {opened !== null && opened.secondFactor !== 'none' ? (
        <SecondStep
          needed={opened.secondFactor}
          onEntered={(session) => enter(session, '/')}
          onBack={() => void navigate({ to: '/sign-in' })}
        />
      ) : link.isError ? (
        <div className={classes.form}>
          <h1 className={classes.title}>{say.over}</h1>
          <Problem error={link.error} />
          <Link to="/sign-in">{say.toSignIn}</Link>
        </div>
      ) : link.data === undefined ? (
        <LoadingBlock what={title} />
      ) : (
        <form onSubmit={submit} noValidate className={classes.form}>
          <h1 className={classes.title}>{title}</h1>
          <p className={classes.subtitle}>{say.whose(link.data.displayName, link.data.username)}</p>
          {/* Password managers keep the new password under this name. */}
          <input type="text" name="username" autoComplete="username" value={link.data.username} readOnly hidden />
          <NewPasswordFields value={fresh} onChange={setFresh} />
          <Problem error={command.error} sentence={isDifferent ? say.differ : null} />
          <Button type="submit" variant="filled" fullWidth loading={command.isPending} className={classes.submit}>
            {say.submit}
          </Button>
        </form>
      )}
    </SignInShell>
  );
}
