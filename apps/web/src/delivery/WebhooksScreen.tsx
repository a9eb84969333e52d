import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import account from '../accounts/accounts.module.css';
import { SecretOnce } from '../accounts/SecretOnce';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { FailedState } from '../frame/FailedState';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { addWebhook, endWebhook, webhooksQuery, type MadeWebhook, type Webhook } from './delivery-client';
import classes from './delivery.module.css';

/** Addresses of other programs: made here with a secret that is shown once, ended here. */
export function WebhooksScreen() {
  const { webhooks: say } = useWords();
  const client = useQueryClient();
  const webhooks = useQuery(webhooksQuery);
  const [made, setMade] = useState<MadeWebhook | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  return (
    <>
      <PageHead title={say.title} />
      <div className={account.stack}>
        <p className={classes.means}>{say.means}</p>
        {made !== null && (
          <SecretOnce
            title={say.shown}
            means={say.shownMeans}
            text={made.secret}
            copyLabel={say.copy}
            keptLabel={say.kept}
            onKept={() => setMade(null)}
          />
        )}
        {webhooks.isError && webhooks.data === undefined ? (
          <FailedState error={webhooks.error} what={say.what} onRetry={() => void webhooks.refetch()} />
        ) : webhooks.data === undefined ? (
          <LoadingBlock what={say.what} />
        ) : (
          <>
            <Card title={say.of} icon={<IconWebhook size={17} aria-hidden="true" />}>
              <WebhooksTable webhooks={webhooks.data.items} onDone={refresh} />
            </Card>
            <MakeCard
              // A new form after each: the next one is for another address.
              key={webhooks.data.items.length}
              topics={webhooks.data.topics}
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

function WebhooksTable({ webhooks, onDone }: { webhooks: Webhook[]; onDone: () => Promise<unknown> }) {
  const words = useWords();
  const say = words.webhooks;
  if (webhooks.length === 0) return <p className={table.none}>{say.none}</p>;
  return (
    <ul className={classes.hooks}>
      {webhooks.map(({ id, url, topics, createdAt, createdBy, endedAt }) => (
        <li key={id}>
          <div className={classes.address}>
            <strong>{url}</strong>
            <span className={table.under}>{topics.map((topic) => say.topicNames[topic] ?? topic).join(', ')}</span>
            <span className={table.under}>{say.since(createdBy, formatMoment(createdAt))}</span>
          </div>
          {endedAt === null ? (
            <div className={account.row}>
              <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
                {say.works}
              </Chip>
              <ConfirmCommand
                quiet
                label={say.end}
                title={say.endTitle(url)}
                consequencesTitle={say.endMeans}
                consequences={[say.endNow, say.endEver]}
                confirmLabel={say.end}
                backLabel={words.cancel}
                refusedLabel={say.endRefused}
                run={(key) => endWebhook(id, key)}
                onDone={onDone}
              />
            </div>
          ) : (
            <Chip icon={<IconCircleX size={14} aria-hidden="true" />}>{say.ended}</Chip>
          )}
        </li>
      ))}
    </ul>
  );
}

function MakeCard({ topics, onMade }: { topics: string[]; onMade: (made: MadeWebhook) => Promise<unknown> }) {
  const { webhooks: say } = useWords();
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<string[]>(['issued', 'closed', 'withdrawn']);
  const command = useMutation({
    mutationFn: () => addWebhook(url.trim(), chosen as Parameters<typeof addWebhook>[1]),
    onSuccess: onMade,
  });
  const isReady = url.trim() !== '' && chosen.length > 0;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !command.isPending) command.mutate();
  };
  return (
    <Card title={say.make} icon={<IconPlus size={17} aria-hidden="true" />}>
      <form onSubmit={send} noValidate>
        <div className={form.fields}>
          <Field label={say.url} hint={say.urlHint} wide>
            {(input) => (
              <input
                {...input}
                type="url"
                inputMode="url"
                maxLength={500}
                value={url}
                onChange={(event) => setUrl(event.currentTarget.value)}
              />
            )}
          </Field>
          <fieldset className={`${account.permissions} ${form.wide}`}>
            <legend>{say.topics}</legend>
            {topics.map((topic) => (
              <label key={topic} className={account.check}>
                <input
                  type="checkbox"
                  checked={chosen.includes(topic)}
                  onChange={(event) =>
                    setChosen(event.currentTarget.checked ? [...chosen, topic] : chosen.filter((one) => one !== topic))
                  }
                />
                {say.topicNames[topic] ?? topic}
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
        <Refused label={say.refused} error={command.error} />
      </form>
    </Card>
  );
}
