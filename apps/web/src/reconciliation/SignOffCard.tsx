import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCircle, IconCircleCheck, IconRefreshAlert, IconWritingSign } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Reconciliation } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay, formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { useWords } from '../words/words-provider';
import { Refused } from '../frame/Refused';
import { signOffMonth, withdrawSignOff } from './reconciliation-queries';
import classes from './SignOffCard.module.css';
import { useAnswer } from './use-answer';

interface SignOffCardProps {
  month: string;
  number: number;
  state: Reconciliation;
}

/** What is missing before the signature, who signed, and what made the signature stale. */
export function SignOffCard({ month, number, state }: SignOffCardProps) {
  const words = useWords().reconciliation;
  const session = useSession();
  const queryClient = useQueryClient();
  const { signOff, statement, open, accepted } = state;
  const signs = session.role === 'staff' || session.role === 'approver';
  const blockedBy =
    statement === null
      ? words.blockedStatement
      : open > 0
        ? words.blockedOpen(open)
        : signs
          ? undefined
          : words.blockedRole;
  const sees = session.role !== 'reporter' && session.role !== 'inspector';
  return (
    <Card title={words.signOff} right={<Standing state={signOff.state} />}>
      <div className={classes.body}>
        <ul className={classes.checks}>
          <Check done={statement !== null}>
            {statement === null ? words.checks.noStatement : words.checks.statement(formatDay(statement.asOf))}
          </Check>
          {statement !== null && <Check done={open === 0}>{words.checks.open(open)}</Check>}
        </ul>
        {signOff.by !== null && signOff.at !== null && <p>{words.signedBy(signOff.by, formatMoment(signOff.at))}</p>}
        {signOff.staleBecause.map((reason) => (
          <p key={reason} className={classes.stale}>
            <IconRefreshAlert size={16} aria-hidden="true" />
            {words.stale[reason]}
          </p>
        ))}
        {sees && signOff.state !== 'signed' && (
          <ConfirmCommand
            label={words.sign(number)}
            icon={<IconWritingSign size={16} aria-hidden="true" />}
            blockedBy={blockedBy}
            title={words.signTitle(number)}
            consequencesTitle={words.signMeans}
            consequences={words.signEffects(accepted)}
            confirmLabel={words.sign(number)}
            backLabel={words.signBack}
            refusedLabel={words.signRefused}
            run={(key) => signOffMonth(month, key)}
            onDone={() =>
              queryClient.invalidateQueries({
                predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'instance',
              })
            }
          />
        )}
        {signs && signOff.state !== 'none' && <Withdrawal month={month} />}
      </div>
    </Card>
  );
}

function Standing({ state }: { state: Reconciliation['signOff']['state'] }) {
  const words = useWords().reconciliation;
  if (state === 'signed')
    return (
      <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
        {words.signSigned}
      </Chip>
    );
  if (state === 'stale')
    return (
      <Chip tone="below" icon={<IconRefreshAlert size={14} aria-hidden="true" />}>
        {words.signStale}
      </Chip>
    );
  return <Chip icon={<IconCircle size={14} aria-hidden="true" />}>{words.signNone}</Chip>;
}

function Check({ done, children }: { done: boolean; children: string }) {
  return (
    <li data-done={done}>
      {done ? <IconCircleCheck size={16} aria-hidden="true" /> : <IconAlertTriangle size={16} aria-hidden="true" />}
      {children}
    </li>
  );
}

/** Taking a signature back needs a reason, and stays in the history. */
function Withdrawal({ month }: { month: string }) {
  const words = useWords().reconciliation;
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [wasSent, setWasSent] = useState(false);
  const command = useAnswer(
    (key) => withdrawSignOff(month, reason.trim(), key),
    () => setIsAsking(false),
  );
  if (!isAsking) return <Button onClick={() => setIsAsking(true)}>{words.withdraw}</Button>;
  const send = () => {
    setWasSent(true);
    if (reason.trim() !== '') command.mutate();
  };
  return (
    <div className={classes.withdrawal}>
      <Textarea
        label={words.withdrawReason}
        rows={2}
        maxLength={1000}
        value={reason}
        error={wasSent && reason.trim() === '' ? words.withdrawMissing : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <Refused error={command.error} label={words.refused} />
      <div className={classes.buttons}>
        <Button onClick={() => setIsAsking(false)}>{words.withdrawCancel}</Button>
        <Button variant="filled" loading={command.isPending} onClick={send}>
          {words.withdrawSave}
        </Button>
      </div>
    </div>
  );
}
