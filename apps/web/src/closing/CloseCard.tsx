import { IconAlertTriangle, IconCircle, IconCircleCheck, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { closeMonth } from '../client/commands';
import { instanceQuery, monthsQuery } from '../client/queries';
import { closesMonths } from '../client/rights';
import type { ClosingSheet } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';
import { monthNumbers } from './month-numbers';
import type { Decisions } from './use-decisions';

interface CloseCardProps {
  sheet: ClosingSheet;
  decisions: Decisions;
  onDone: () => Promise<unknown>;
}

/** Where the month stands, who the two people are, and the close with its consequences before it. */
export function CloseCard({ sheet, decisions, onDone }: CloseCardProps) {
  const words = useWords();
  const session = useSession();
  const { month } = sheet;
  const undecided = sheet.missing.filter((item) => !decisions.isDecided(item)).length;
  const unsigned = sheet.checks.filter(({ state }) => state === 'not-signed-off').length;
  const blockedBy = useBlock(sheet, undecided);
  const toSend = decisions.toSend(sheet.missing);
  const later = monthNumbers(sheet.laterClosed);
  const consequences = [
    words.closing.locks(month.number),
    ...(toSend.length > 0 ? [words.sheet.decidedKept(toSend.length)] : []),
    ...(sheet.preview
      ? [words.sheet.listChanges(sheet.preview.joined.length, sheet.preview.left.length, sheet.preview.stayed.length)]
      : []),
    ...(month.state === 'reopened' && later !== '' ? [words.sheet.laterAnew(words.sheet.monthsOf(later))] : []),
    words.closing.evaluates,
    words.closing.notifies,
    words.closing.reopening,
  ];
  const allIn = month.reportsReceived === month.reportsExpected;

  return (
    <Card title={words.sheet.close}>
      <div className={classes.body}>
        <ul className={classes.steps}>
          <Step done={allIn}>{words.sheet.reportsLine(month.reportsReceived, month.reportsExpected)}</Step>
          <Step done={undecided === 0}>{words.sheet.decisionsLine(undecided)}</Step>
          {sheet.checks.length > 0 && <Step done={unsigned === 0}>{words.sheet.checksLine(unsigned)}</Step>}
          <Step done={undefined}>{words.sheet.secondLine}</Step>
        </ul>
        <h3 className={classes.divided}>{words.sheet.twoPeople}</h3>
        <dl className={classes.people}>
          <dt>{words.sheet.closer}</dt>
          <dd>{closesMonths(session.role) ? session.displayName : words.sheet.anotherApprover}</dd>
          <dt>{words.sheet.releaser}</dt>
          <dd>{words.sheet.anotherApprover}</dd>
        </dl>
        <ConfirmCommand
          label={words.sheet.command(month.number)}
          icon={<IconLock size={16} aria-hidden="true" />}
          blockedBy={blockedBy}
          title={words.closing.title(month.number)}
          consequencesTitle={words.closing.consequences}
          consequences={consequences}
          confirmLabel={words.closing.command(month.number)}
          backLabel={words.closing.back}
          refusedLabel={words.closing.refused}
          run={(key) => closeMonth(month.month, toSend, key)}
          onDone={onDone}
        />
        {blockedBy === undefined && <p className={classes.means}>{words.closing.reopening}</p>}
      </div>
    </Card>
  );
}

/** Why the month cannot be closed now, by whoever looks; undefined when it can. */
function useBlock({ month }: ClosingSheet, undecided: number): string | undefined {
  const words = useWords();
  const session = useSession();
  const instance = useQuery(instanceQuery);
  const months = useQuery(monthsQuery(month.planYear));
  const earlier = months.data?.items.find((other) => other.number < month.number && other.state !== 'closed');
  if (earlier !== undefined) return words.closing.earlierOpen(earlier.number);
  if (instance.data !== undefined && instance.data.businessDate <= month.end)
    return words.closing.notEnded(formatDay(month.end));
  if (!closesMonths(session.role)) return words.closing.approverCloses;
  return undecided > 0 ? words.sheet.thingsLeft(undecided) : undefined;
}

/** `undefined`: it comes later. */
function Step({ done, children }: { done: boolean | undefined; children: ReactNode }) {
  return (
    <li>
      {done === undefined ? (
        <IconCircle size={17} className={classes.later} aria-hidden="true" />
      ) : done ? (
        <IconCircleCheck size={17} className={classes.done} aria-hidden="true" />
      ) : (
        <IconAlertTriangle size={17} className={classes.open} aria-hidden="true" />
      )}
      {children}
    </li>
  );
}
