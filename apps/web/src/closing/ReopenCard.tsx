import { Button, Textarea } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey, reopenMonth, withdrawReopening } from '../client/commands';
import { closesMonths, reopensMonths } from '../client/rights';
import type { ClosingSheet, Reopening } from '../client/types';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';
import { monthNumbers } from './month-numbers';

const LONGEST_REASON = 1000;

interface ReopenCardProps {
  sheet: ClosingSheet;
  onDone: () => Promise<unknown>;
}

/** A closed month is reopened by two people: one asks with a reason, an approver other than them carries it out. */
export function ReopenCard({ sheet, onDone }: ReopenCardProps) {
  const words = useWords();
  const session = useSession();
  const request = sheet.reopenings.find(({ state }) => state === 'requested');
  return (
    // On paper only what was asked for: an empty form says nothing there.
    <Card
      title={words.sheet.reopen}
      icon={<IconLockOpen size={17} aria-hidden="true" />}
      {...(request === undefined ? { className: 'screenOnly' } : {})}
    >
      <div className={classes.body}>
        <p className={classes.means}>{words.sheet.reopenMeans}</p>
        {!reopensMonths(session.role) && <p className={classes.means}>{words.sheet.onlyThese}</p>}
        {request === undefined ? (
          reopensMonths(session.role) && <Ask sheet={sheet} onDone={onDone} />
        ) : (
          <Waiting sheet={sheet} request={request} onDone={onDone} />
        )}
      </div>
    </Card>
  );
}

function Ask({ sheet, onDone }: ReopenCardProps) {
  const words = useWords();
  const [reason, setReason] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const isBlank = reason.trim() === '';
  const command = useMutation({
    mutationFn: () => reopenMonth(sheet.month.month, reason.trim(), key),
    onSuccess: onDone,
    // Another reason is another request.
    onError: () => setKey(newIdempotencyKey()),
  });
  return (
    <>
      <Textarea
        label={words.sheet.reason}
        placeholder={words.sheet.reasonHint}
        rows={3}
        maxLength={LONGEST_REASON}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        className={classes.act}
        aria-disabled={isBlank || undefined}
        loading={command.isPending}
        onClick={() => {
          if (!isBlank) command.mutate();
        }}
      >
        {words.sheet.request(sheet.month.number)}
      </Button>
      <Refused label={words.sheet.refused} error={command.error} />
    </>
  );
}

function Waiting({ sheet, request, onDone }: ReopenCardProps & { request: Reopening }) {
  const words = useWords();
  const session = useSession();
  const [key] = useState(newIdempotencyKey);
  const { month } = sheet;
  const later = monthNumbers(sheet.laterClosed);
  const isApprover = closesMonths(session.role);
  const withdraw = useMutation({ mutationFn: () => withdrawReopening(month.month, key), onSuccess: onDone });
  return (
    <>
      <div className={classes.request}>
        <strong>{words.sheet.requested(request.requestedBy, formatMoment(request.requestedAt))}</strong>
        <p>{request.reason}</p>
      </div>
      {isApprover && !request.own ? (
        <ConfirmCommand
          label={words.sheet.approve(month.number)}
          icon={<IconLockOpen size={16} aria-hidden="true" />}
          title={words.sheet.approveTitle(month.number)}
          consequencesTitle={words.sheet.ifReopened}
          consequences={[
            words.sheet.booksOpen(month.number),
            ...(later === '' ? [] : [words.sheet.laterStay(words.sheet.monthsOf(later))]),
            words.sheet.publishedStays,
          ]}
          confirmLabel={words.sheet.approve(month.number)}
          backLabel={words.sheet.approveBack}
          refusedLabel={words.sheet.approveRefused}
          run={(idempotencyKey) => reopenMonth(month.month, '', idempotencyKey)}
          onDone={onDone}
        />
      ) : (
        <p className={classes.means}>{words.sheet.waitsForSecond}</p>
      )}
      {(request.own || isApprover) && (
        <Button className={classes.act} loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {request.own ? words.sheet.withdraw : words.sheet.decline}
        </Button>
      )}
      <Refused label={words.sheet.refused} error={withdraw.error} />
    </>
  );
}
