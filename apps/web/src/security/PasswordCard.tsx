import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { queryClient } from '../client/query-client';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { changePassword, ownSessionsQuery } from './commands';
import { type NewPassword, NewPasswordFields } from './NewPasswordFields';
import { Problem } from './Problem';
import classes from './security.module.css';

const EMPTY: NewPassword = { password: '', again: '' };

export function PasswordCard({ username }: { username: string }) {
  const words = useWords();
  const { password: say, link } = words.security;
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState(EMPTY);
  const [isDifferent, setDifferent] = useState(false);
  const command = useMutation({
    mutationFn: () => changePassword(current, fresh.password),
    onSuccess: () => {
      setCurrent('');
      setFresh(EMPTY);
      void queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const different = fresh.password !== fresh.again;
    setDifferent(different);
    if (!different) command.mutate();
  };
  return (
    <Card title={say.title}>
      <form onSubmit={submit} noValidate className={classes.inCard}>
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordInput
          label={say.current}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordFields value={fresh} onChange={setFresh} />
        <Problem error={command.error} sentence={isDifferent ? link.differ : null} />
        <div role="status">{command.isSuccess && <p className={classes.done}>{say.done}</p>}</div>
        <div className={classes.actions}>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.submit}
          </Button>
        </div>
      </form>
    </Card>
  );
}
