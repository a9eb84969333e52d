import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { queryClient } from '../client/query-client';
import { setOwnEmail } from '../delivery/delivery-client';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { securityQuery } from './commands';
import { Problem } from './Problem';
import classes from './security.module.css';

/** Where one's notices are sent by mail beside the inbox. */
export function EmailCard({ email }: { email: string | null }) {
  const { ownEmail: say } = useWords();
  const [address, setAddress] = useState(email ?? '');
  const command = useMutation({
    mutationFn: () => setOwnEmail(address.trim() === '' ? null : address.trim()),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: securityQuery.queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <Card title={say.title}>
      <form onSubmit={submit} noValidate className={classes.inCard}>
        <p className={classes.explain}>{say.means}</p>
        <TextInput
          label={say.label}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Problem error={command.error} sentence={null} />
        <div role="status">{command.isSuccess && <p className={classes.done}>{say.done}</p>}</div>
        <div className={classes.actions}>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.save}
          </Button>
        </div>
      </form>
    </Card>
  );
}
