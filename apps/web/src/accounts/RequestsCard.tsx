import { Button } from '@mantine/core';
import { IconChecks, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../client/client';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { useWords } from '../words/words-provider';
import {
  confirmRequest,
  requestsQuery,
  withdrawRequest,
  type AccountRequest,
  type Administration,
} from './account-client';
import classes from './accounts.module.css';
import { OutcomeNote } from './OutcomeNote';
import { Refused } from './Refused';
import { ScopeNames } from './ScopeNames';

/** What waits for a second person: who asked sees it and may take it back, another person carries it out. */
export function RequestsCard({ accountId }: { accountId?: number }) {
  const words = useWords();
  const say = words.accounts.requests;
  const client = useQueryClient();
  const requests = useQuery(requestsQuery);
  const [outcome, setOutcome] = useState<Administration | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });
  const items = requests.data?.items.filter((one) => accountId === undefined || one.accountId === accountId) ?? [];
  if (accountId !== undefined && items.length === 0 && outcome === null) return null;
  return (
    <Card title={say.title} icon={<IconUsers size={17} aria-hidden="true" />}>
      {outcome !== null && (
        <div className={classes.body}>
          <OutcomeNote outcome={outcome} onKept={() => setOutcome(null)} />
        </div>
      )}
      {requests.data !== undefined && items.length === 0 && outcome === null && (
        <p className={`${classes.body} ${classes.quiet}`}>{say.none}</p>
      )}
      <ul className={classes.requests}>
        {items.map((request) => (
          <Request key={request.id} request={request} onConfirmed={setOutcome} onDone={refresh} />
        ))}
      </ul>
      {requests.isError && (
        <div className={classes.body}>
          <Refused label={say.refused} error={requests.error} />
        </div>
      )}
    </Card>
  );
}

interface RequestProps {
  request: AccountRequest;
  onConfirmed: (outcome: Administration) => void;
  onDone: () => Promise<unknown>;
}

function Request({ request, onConfirmed, onDone }: RequestProps) {
  const words = useWords();
  const session = useSession();
  const say = words.accounts.requests;
  const [key] = useState(newIdempotencyKey);
  const { id, kind, displayName, username, role, now } = request;
  const isOwn = request.requestedBy === session.username;
  const withdraw = useMutation({ mutationFn: () => withdrawRequest(id, key), onSuccess: onDone });
  const means = {
    invite: [say.meansInvite(words.account.roles[role]), say.meansLink],
    change: [say.meansChange(words.account.roles[role])],
    enable: [say.meansEnable],
    reset: [say.meansReset, say.meansLink],
  }[kind];
  return (
    <li className={classes.request}>
      <div className={classes.name}>
        <p>
          <Chip tone="accent">{say.kinds[kind]}</Chip> <strong>{displayName}</strong>{' '}
          <span className={classes.quiet}>{username}</span>
        </p>
        {kind === 'change' && now !== null && (
          <p className={classes.quiet}>
            {say.from}: {words.account.roles[now.role]},{' '}
            <ScopeNames role={now.role} units={now.units} teams={now.teams} />
          </p>
        )}
        <p>
          {kind === 'change' && `${say.to}: `}
          {words.account.roles[role]}, <ScopeNames role={role} units={request.units} teams={request.teams} whole />
        </p>
        {request.note !== '' && <p>{request.note}</p>}
        <p className={classes.quiet}>
          {say.asked(request.requestedByName, formatMoment(request.requestedAt))} ·{' '}
          {say.until(formatMoment(request.expiresAt))}
        </p>
        <Refused label={say.refused} error={withdraw.error} />
      </div>
      <div className={classes.buttons}>
        {isOwn || username === session.username ? (
          <p className={classes.quiet}>{isOwn ? say.own : say.about}</p>
        ) : (
          <ConfirmCommand
            label={say.confirm}
            icon={<IconChecks size={16} aria-hidden="true" />}
            title={say.confirmTitle(say.kinds[kind], displayName)}
            consequencesTitle={say.confirmMeans}
            consequences={[...means, say.meansSigned]}
            confirmLabel={say.confirm}
            backLabel={say.back}
            refusedLabel={say.refused}
            run={async (idempotencyKey) => onConfirmed(await confirmRequest(id, idempotencyKey))}
            onDone={onDone}
          />
        )}
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {isOwn ? say.withdraw : say.decline}
        </Button>
      </div>
    </li>
  );
}
