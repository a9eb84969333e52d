import { Button } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Field } from '../frame/Field';
import { newIdempotencyKey } from '../client/client';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import {
  candidatesQuery,
  disable,
  openWorkQuery,
  type Account,
  type Administration,
  type OpenWork,
} from './account-client';
import classes from './accounts.module.css';
import { Refused } from './Refused';

interface LeaveCardProps {
  account: Account;
  onOutcome: (outcome: Administration) => Promise<unknown>;
}

/** Somebody leaves: first what is in their hands, then who takes it over, then the end, at once. */
export function LeaveCard({ account, onOutcome }: LeaveCardProps) {
  const { one: say } = useWords().accounts;
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={say.disable} icon={<IconUserOff size={17} aria-hidden="true" />}>
      {isOpen ? (
        <Leaving account={account} onOutcome={onOutcome} onClose={() => setOpen(false)} />
      ) : (
        <div className={classes.body}>
          <Button onClick={() => setOpen(true)}>{say.disable}…</Button>
        </div>
      )}
    </Card>
  );
}

function Leaving({ account, onOutcome, onClose }: LeaveCardProps & { onClose: () => void }) {
  const words = useWords();
  const { leave: say } = words.accounts;
  const work = useQuery(openWorkQuery(account.id));
  const others = useQuery(candidatesQuery);
  const [successor, setSuccessor] = useState('');
  const [note, setNote] = useState('');
  const [key] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => disable(account.id, successor === '' ? null : Number(successor), note.trim(), key),
    onSuccess: onOutcome,
  });
  if (work.isError) return <FailedState error={work.error} what={say.what} onRetry={() => void work.refetch()} />;
  if (work.data === undefined) return <LoadingBlock what={say.what} />;
  const candidates = (others.data?.items ?? []).filter(({ id }) => id !== account.id);
  // Whoever does the same work comes first.
  const [same, different] = [true, false].map((isSame) =>
    candidates.filter(({ role }) => (role === account.role) === isSame),
  );
  return (
    <div className={classes.body}>
      <p className={classes.quiet}>{say.means}</p>
      <Work work={work.data} hasSuccessor={successor !== ''} />
      <Field label={say.successor} wide>
        {(input) => (
          <select {...input} value={successor} onChange={(event) => setSuccessor(event.currentTarget.value)}>
            <option value="">{say.nobody}</option>
            {[...(same ?? []), ...(different ?? [])].map(({ id, displayName, role }) => (
              <option key={id} value={id}>
                {displayName} · {words.account.roles[role]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.note} wide>
        {(input) => (
          <input {...input} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        )}
      </Field>
      <div className={classes.row}>
        <Button variant="filled" loading={command.isPending} onClick={() => command.mutate()}>
          {say.confirm}
        </Button>
        <Button onClick={onClose}>{say.back}</Button>
      </div>
      <Refused label={say.refused} error={command.error} />
    </div>
  );
}

function Work({ work, hasSuccessor }: { work: OpenWork; hasSuccessor: boolean }) {
  const { leave: say } = useWords().accounts;
  const rows = [...work.units, ...work.teams];
  const isEmpty =
    rows.length +
      work.importTotal +
      work.reopeningTotal +
      work.accountRequestTotal +
      work.reorganisationTotal +
      work.noticeTotal ===
    0;
  return (
    <div className={classes.work}>
      {isEmpty && <p>{say.nothing}</p>}
      <Part title={say.imports} total={work.importTotal} then={hasSuccessor ? say.importsGo : say.importsStay}>
        {work.imports.map(({ id, fileName, createdAt }) => (
          <li key={id}>
            {fileName} <span className={classes.quiet}>{formatMoment(createdAt)}</span>
          </li>
        ))}
      </Part>
      <Part title={say.reopenings} total={work.reopeningTotal} then={say.withdrawn}>
        {work.reopenings.map(({ month, reason }) => (
          <li key={month}>
            {month}: {reason}
          </li>
        ))}
      </Part>
      <Part title={say.requests} total={work.accountRequestTotal} then={say.withdrawn}>
        {work.accountRequests.map(({ id, displayName }) => (
          <li key={id}>{displayName}</li>
        ))}
      </Part>
      <Part title={say.reorganisations} total={work.reorganisationTotal} then={say.stay}>
        {work.reorganisations.map(({ id, decisionNo }) => (
          <li key={id}>{decisionNo}</li>
        ))}
      </Part>
      <Part title={say.rows} total={rows.length} then={hasSuccessor ? say.rowsGo : say.rowsStay}>
        {rows.map(({ code, name }) => (
          <li key={code}>{name}</li>
        ))}
      </Part>
      <Part title={say.notices} total={work.noticeTotal} then={say.noticesGo}>
        {work.notices.map(({ id, subject, recipientName }) => (
          <li key={id}>
            {subject} <span className={classes.quiet}>{recipientName}</span>
          </li>
        ))}
      </Part>
      <p className={classes.quiet}>{say.ends(work.sessions, work.tokens)}</p>
    </div>
  );
}

function Part({ title, total, then, children }: { title: string; total: number; then: string; children: ReactNode }) {
  if (total === 0) return null;
  return (
    <section>
      <h3>
        {title} ({total})
      </h3>
      <ul>{children}</ul>
      <p className={classes.quiet}>{then}</p>
    </section>
  );
}
