import { Button } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import form from '../frame/Form.module.css';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { AccessFields, fitting, isComplete, type DraftAccess } from './AccessFields';
import { changeAccess, type Account, type Administration } from './account-client';
import classes from './accounts.module.css';
import { Refused } from './Refused';
import { ScopeNames } from './ScopeNames';

interface AccessCardProps {
  account: Account;
  manages: boolean;
  onOutcome: (outcome: Administration) => Promise<unknown>;
}

/** Role and rows as they stand, and the form to change them: less at once, more by two people. */
export function AccessCard({ account, manages, onOutcome }: AccessCardProps) {
  const words = useWords();
  const say = words.accounts;
  const [isOpen, setOpen] = useState(false);
  const mayChange = manages && account.state !== 'disabled';
  return (
    <Card title={say.one.access} icon={<IconShieldLock size={17} aria-hidden="true" />}>
      <div className={classes.body}>
        <dl className={classes.pairs}>
          <dt>{say.role}</dt>
          <dd>
            {words.account.roles[account.role]}
            <span className={classes.quiet}> · {words.account.roleDoes[account.role]}</span>
          </dd>
          <dt>{say.scope}</dt>
          <dd>
            <ScopeNames role={account.role} units={account.units} teams={account.teams} whole />
          </dd>
        </dl>
        {mayChange && account.pendingRequestId !== null && <p className={classes.quiet}>{say.one.waiting}</p>}
        {mayChange && account.pendingRequestId === null && !isOpen && (
          <Button onClick={() => setOpen(true)}>{say.one.change}</Button>
        )}
      </div>
      {isOpen && (
        <ChangeForm
          account={account}
          onClose={() => setOpen(false)}
          onOutcome={async (outcome) => {
            setOpen(false);
            await onOutcome(outcome);
          }}
        />
      )}
    </Card>
  );
}

interface ChangeFormProps {
  account: Account;
  onClose: () => void;
  onOutcome: (outcome: Administration) => Promise<unknown>;
}

function ChangeForm({ account, onClose, onOutcome }: ChangeFormProps) {
  const words = useWords();
  const say = words.accounts;
  const before: DraftAccess = {
    role: account.role,
    units: account.units.map(({ code }) => code),
    teams: account.teams.map(({ code }) => code),
  };
  const [draft, setDraft] = useState(before);
  const command = useMutation({ mutationFn: () => changeAccess(account.id, fitting(draft)), onSuccess: onOutcome });
  const after = fitting(draft);
  const added = [...after.units, ...after.teams].filter((code) => ![...before.units, ...before.teams].includes(code));
  const isSame =
    after.role === before.role &&
    added.length === 0 &&
    after.units.length + after.teams.length === before.units.length + before.teams.length;
  const isReady = isComplete(draft) && !isSame;
  const isLess = after.role === before.role && added.length === 0;
  return (
    <>
      <div className={form.fields}>
        <AccessFields draft={draft} onChange={setDraft} />
      </div>
      <div className={form.actions}>
        <Button
          variant="filled"
          aria-disabled={!isReady || undefined}
          loading={command.isPending}
          onClick={() => isReady && command.mutate()}
        >
          {isLess && !isSame ? say.one.changeNow : say.one.changeAsk}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
        {isSame && <span className={form.missing}>{say.one.unchanged}</span>}
      </div>
      {command.isError && (
        <div className={classes.body}>
          <Refused label={say.requests.refused} error={command.error} />
        </div>
      )}
    </>
  );
}
