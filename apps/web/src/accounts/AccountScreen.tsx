import { Button } from '@mantine/core';
import { IconKey, IconLock, IconUserCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import {
  accountQuery,
  enable,
  endSessionsOf,
  orderLink,
  rename,
  revokeTokenOf,
  type Account,
  type Administration,
} from './account-client';
import { AccessCard } from './AccessCard';
import { AccountStateChip } from './AccountsScreen';
import classes from './accounts.module.css';
import { LeaveCard } from './LeaveCard';
import { OutcomeNote } from './OutcomeNote';
import { Refused } from './Refused';
import { RequestsCard } from './RequestsCard';
import { TokensTable } from './TokensTable';

export function AccountScreen() {
  const words = useWords();
  const say = words.accounts;
  const { permissions } = useSession();
  const { id } = useParams({ from: '/frame/accounts/$id' });
  const reads = permissions.includes('accounts.read');
  const found = useQuery({ ...accountQuery(Number(id)), enabled: reads });
  if (!reads)
    return (
      <StateBox heading="h1" icon={<IconLock size={22} />} title={words.state.forbiddenTitle}>
        <p>{say.forbidden}</p>
      </StateBox>
    );
  if (found.isError && found.data === undefined)
    return <FailedState error={found.error} what={say.whatOne} onRetry={() => void found.refetch()} heading="h1" />;
  if (found.data === undefined) return <LoadingBlock what={say.whatOne} />;
  return <Content key={id} account={found.data.value} etag={found.data.etag} />;
}

function Content({ account, etag }: { account: Account; etag: string }) {
  const words = useWords();
  const say = words.accounts;
  const session = useSession();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Administration | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });
  const came = (next: Administration) => {
    setOutcome(next);
    return refresh();
  };
  const manages = session.permissions.includes('accounts.manage');
  return (
    <>
      <PageHead title={account.displayName}>
        <AccountStateChip state={account.state} />
        {account.isDemonstration && <Chip>{say.demonstration}</Chip>}
      </PageHead>
      <div className={classes.stack}>
        {outcome !== null && <OutcomeNote outcome={outcome} onKept={() => setOutcome(null)} />}
        {session.permissions.includes('accounts.confirm') && <RequestsCard accountId={account.id} />}
        <div className={classes.columns}>
          <div className={classes.stack}>
            <AccessCard account={account} manages={manages} onOutcome={came} />
            <Card title={say.tokens.of} icon={<IconKey size={17} aria-hidden="true" />}>
              <TokensTable
                tokens={account.tokenList}
                {...(manages ? { revoke: (token: number) => revokeTokenOf(account.id, token) } : {})}
                onDone={refresh}
              />
            </Card>
            {manages && account.state !== 'disabled' && account.username !== session.username && (
              <LeaveCard account={account} onOutcome={came} />
            )}
          </div>
          <div className={classes.stack}>
            <FactsCard account={account} etag={etag} manages={manages} onDone={refresh} />
            {manages && <ActsCard account={account} onOutcome={came} onDone={refresh} />}
          </div>
        </div>
      </div>
    </>
  );
}

interface FactsProps {
  account: Account;
  etag: string;
  manages: boolean;
  onDone: () => Promise<unknown>;
}

function FactsCard({ account, etag, manages, onDone }: FactsProps) {
  const words = useWords();
  const { one: say, ...all } = words.accounts;
  const [name, setName] = useState(account.displayName);
  const command = useMutation({ mutationFn: () => rename(account.id, name.trim(), etag), onSuccess: onDone });
  const isNew = name.trim() !== '' && name.trim() !== account.displayName;
  return (
    <Card title={say.facts}>
      <div className={classes.body}>
        <dl className={classes.pairs}>
          <dt>{say.username}</dt>
          <dd>{account.username}</dd>
          <dt>{all.lastSeen}</dt>
          <dd>{account.lastSeenAt === null ? all.never : formatMoment(account.lastSeenAt)}</dd>
          <dt>{say.sessions}</dt>
          <dd>{account.sessions}</dd>
          {account.disabledAt !== null && (
            <>
              <dt>{all.states.disabled}</dt>
              <dd>{formatMoment(account.disabledAt)}</dd>
            </>
          )}
        </dl>
        {manages && (
          <>
            <Field label={say.rename} wide>
              {(input) => (
                <input
                  {...input}
                  maxLength={200}
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              )}
            </Field>
            <Button
              aria-disabled={!isNew || undefined}
              loading={command.isPending}
              onClick={() => isNew && command.mutate()}
            >
              {say.save}
            </Button>
            <Refused label={all.requests.refused} error={command.error} />
          </>
        )}
      </div>
    </Card>
  );
}

interface ActsProps {
  account: Account;
  onOutcome: (next: Administration) => Promise<unknown>;
  onDone: () => Promise<unknown>;
}

function ActsCard({ account, onOutcome, onDone }: ActsProps) {
  const words = useWords();
  const session = useSession();
  const { one: say, requests } = words.accounts;
  const { id, displayName, role, state } = account;
  const isSelf = account.username === session.username;
  const isSecond = role === 'admin' || role === 'approver';
  const shared = { backLabel: requests.back, refusedLabel: requests.refused, onDone: () => undefined };
  const blockedBy = account.pendingRequestId !== null ? say.waiting : undefined;
  return (
    <Card title={say.acts} icon={<IconUserCheck size={17} aria-hidden="true" />}>
      <div className={`${classes.body} ${form.wide}`}>
        {isSelf && <p className={classes.quiet}>{say.self}</p>}
        {state === 'disabled' ? (
          <ConfirmCommand
            {...shared}
            label={say.enable}
            blockedBy={blockedBy}
            title={say.enableTitle(displayName)}
            consequencesTitle={requests.confirmMeans}
            consequences={[say.enableMeans]}
            confirmLabel={say.enable}
            run={async (key) => onOutcome(await enable(id, key))}
          />
        ) : (
          !isSelf && (
            <ConfirmCommand
              {...shared}
              quiet
              label={say.newLink}
              blockedBy={blockedBy}
              title={say.newLinkTitle(displayName)}
              consequencesTitle={say.newLinkMeans}
              consequences={isSecond ? [say.newLinkTwo, say.newLinkOld] : [say.newLinkOnce, say.newLinkOld]}
              confirmLabel={say.newLink}
              run={async (key) => onOutcome(await orderLink(id, key))}
            />
          )
        )}
        {!isSelf && account.sessions > 0 && (
          <ConfirmCommand
            {...shared}
            quiet
            label={say.endSessions}
            title={say.endSessionsTitle(displayName)}
            consequencesTitle={requests.confirmMeans}
            consequences={[say.endSessionsMeans(account.sessions)]}
            confirmLabel={say.endSessions}
            run={(key) => endSessionsOf(id, key)}
            onDone={() => void onDone()}
          />
        )}
      </div>
    </Card>
  );
}
