import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { wordOf } from '../audit/FilterBar';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useProven } from '../security/use-proven';
import { useWords } from '../words/words-provider';
import { makeToken, revokeOwnToken, tokensQuery, type MadeToken } from './account-client';
import classes from './accounts.module.css';
import { Refused } from './Refused';
import { SecretOnce } from './SecretOnce';
import { TokensTable } from './TokensTable';

const USUAL_DAYS = 90;

/** One's own tokens for programs: made here, shown once, revoked here. */
export function TokensScreen() {
  const { tokens: say } = useWords().accounts;
  const client = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [made, setMade] = useState<MadeToken | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });
  return (
    <>
      <PageHead title={say.title} />
      <div className={classes.stack}>
        <p className={classes.quiet}>{say.means}</p>
        {made !== null && (
          <SecretOnce
            title={say.shown}
            means={say.shownMeans(formatMoment(made.expiresAt))}
            text={made.secret}
            copyLabel={say.copy}
            keptLabel={say.kept}
            onKept={() => setMade(null)}
          />
        )}
        {tokens.isError && tokens.data === undefined ? (
          <FailedState error={tokens.error} what={say.what} onRetry={() => void tokens.refetch()} />
        ) : tokens.data === undefined ? (
          <LoadingBlock what={say.what} />
        ) : (
          <>
            <Card title={say.of} icon={<IconKey size={17} aria-hidden="true" />}>
              <TokensTable tokens={tokens.data.items} revoke={revokeOwnToken} onDone={refresh} />
            </Card>
            <MakeCard
              // A new form after each token: the next one is for something else.
              key={tokens.data.items[0]?.id ?? 0}
              grantable={tokens.data.grantable}
              mostDays={tokens.data.mostDays}
              onMade={async (next) => {
                setMade(next);
                await refresh();
              }}
            />
          </>
        )}
      </div>
    </>
  );
}

interface MakeCardProps {
  grantable: string[];
  mostDays: number;
  onMade: (made: MadeToken) => Promise<unknown>;
}

function MakeCard({ grantable, mostDays, onMade }: MakeCardProps) {
  const words = useWords();
  const { tokens: say, permissions: named } = words.accounts;
  const [name, setName] = useState('');
  const [days, setDays] = useState(String(USUAL_DAYS));
  const [chosen, setChosen] = useState<string[]>(['books.read']);
  const [refused, setRefused] = useState<Error | null>(null);
  const { doProven, dialog } = useProven(setRefused);
  const command = useMutation({
    mutationFn: (password?: string) =>
      makeToken({ name: name.trim(), days: Number(days), permissions: chosen, password }),
    onSuccess: onMade,
  });
  const isReady = name.trim() !== '' && chosen.length > 0 && /^[1-9][0-9]{0,2}$/.test(days) && Number(days) <= mostDays;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || command.isPending) return;
    setRefused(null);
    void doProven(say.make, (password) => command.mutateAsync(password));
  };
  return (
    <Card title={say.make} icon={<IconPlus size={17} aria-hidden="true" />}>
      <form onSubmit={send} noValidate>
        <div className={form.fields}>
          <Field label={say.name} hint={say.nameHint}>
            {(input) => (
              <input {...input} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            )}
          </Field>
          <Field label={say.days} hint={say.daysHint(mostDays)}>
            {(input) => (
              <input
                {...input}
                inputMode="numeric"
                maxLength={3}
                value={days}
                onChange={(event) => setDays(event.currentTarget.value)}
              />
            )}
          </Field>
          <fieldset className={`${classes.permissions} ${form.wide}`}>
            <legend>
              {say.permissions} <span className={classes.quiet}>{say.permissionsHint}</span>
            </legend>
            {grantable.map((permission) => (
              <label key={permission} className={classes.check}>
                <input
                  type="checkbox"
                  checked={chosen.includes(permission)}
                  onChange={(event) =>
                    setChosen(
                      event.currentTarget.checked
                        ? [...chosen, permission]
                        : chosen.filter((one) => one !== permission),
                    )
                  }
                />
                {wordOf(named, permission)}
              </label>
            ))}
          </fieldset>
        </div>
        <div className={form.actions}>
          <Button type="submit" variant="filled" aria-disabled={!isReady || undefined} loading={command.isPending}>
            {say.make}
          </Button>
          {!isReady && <span className={form.missing}>{say.missing}</span>}
        </div>
        {refused !== null && (
          <div className={classes.body}>
            <Refused label={say.refused} error={refused} />
          </div>
        )}
      </form>
      {dialog}
    </Card>
  );
}
