import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { useSession } from '../client/use-session';
import { Card } from '../frame/Card';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { AccessFields, fitting, isComplete, type DraftAccess } from './AccessFields';
import { invite, requestsQuery } from './account-client';
import { AloneNote } from './AccountsScreen';
import classes from './accounts.module.css';
import { OutcomeNote } from './OutcomeNote';
import { Refused } from './Refused';

/** Asking for a new account; where nobody else could confirm, opening it at once. */
export function InviteScreen() {
  const words = useWords();
  const say = words.accounts;
  const { permissions } = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const requests = useQuery({ ...requestsQuery, enabled: permissions.includes('accounts.confirm') });
  const [person, setPerson] = useState({ username: '', displayName: '', note: '' });
  const [access, setAccess] = useState<DraftAccess>({ role: 'staff', units: [], teams: [] });
  const command = useMutation({
    mutationFn: () => {
      const { note, ...named } = person;
      return invite({ ...named, ...fitting(access), ...(note.trim() === '' ? {} : { note }) });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  if (!permissions.includes('accounts.manage'))
    return (
      <StateBox heading="h1" icon={<IconLock size={22} />} title={words.state.forbiddenTitle}>
        <p>{say.forbidden}</p>
      </StateBox>
    );
  const isReady = person.username.trim() !== '' && person.displayName.trim() !== '' && isComplete(access);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !command.isPending) command.mutate();
  };
  const back = () => void navigate({ to: '/accounts' });
  return (
    <>
      <PageHead title={say.form.title} />
      <div className={classes.stack}>
        {command.data === undefined ? (
          <>
            <AloneNote />
            <form className={form.form} onSubmit={send} noValidate>
              <Card title={say.form.person}>
                <div className={form.fields}>
                  <Field label={say.form.username} hint={say.form.usernameHint}>
                    {(input) => (
                      <input
                        {...input}
                        autoComplete="off"
                        autoCapitalize="none"
                        spellCheck={false}
                        maxLength={64}
                        value={person.username}
                        onChange={(event) =>
                          setPerson({ ...person, username: event.currentTarget.value.toLowerCase() })
                        }
                      />
                    )}
                  </Field>
                  <Field label={say.form.displayName}>
                    {(input) => (
                      <input
                        {...input}
                        autoComplete="off"
                        maxLength={200}
                        value={person.displayName}
                        onChange={(event) => setPerson({ ...person, displayName: event.currentTarget.value })}
                      />
                    )}
                  </Field>
                </div>
              </Card>
              <Card title={say.form.access}>
                <div className={form.fields}>
                  <AccessFields draft={access} onChange={setAccess} />
                  <Field label={say.form.note} wide>
                    {(input) => (
                      <input
                        {...input}
                        maxLength={500}
                        value={person.note}
                        onChange={(event) => setPerson({ ...person, note: event.currentTarget.value })}
                      />
                    )}
                  </Field>
                </div>
                <div className={form.actions}>
                  <Button
                    type="submit"
                    variant="filled"
                    aria-disabled={!isReady || undefined}
                    loading={command.isPending}
                  >
                    {requests.data?.hasSecondPerson === false ? say.form.sendAlone : say.form.send}
                  </Button>
                  {!isReady && <span className={form.missing}>{say.form.missing}</span>}
                </div>
              </Card>
              <Refused label={say.requests.refused} error={command.error} />
            </form>
          </>
        ) : (
          <>
            <OutcomeNote outcome={command.data} onKept={back} />
            {command.data.link === null && (
              <div>
                <Button onClick={back}>{say.outcome.back}</Button>
              </div>
            )}
          </>
        )}
        <p className={classes.quiet}>{say.needsTwo}</p>
      </div>
    </>
  );
}
