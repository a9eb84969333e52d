import { IconAlertTriangle, IconCircleCheck, IconLock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { closeMonth } from '../client/commands';
import { instanceQuery } from '../client/queries';
import { closesMonths } from '../client/rights';
import type { Month, MonthList } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { useWords } from '../words/words-provider';
import classes from './ClosingCard.module.css';

/** What is missing and what closing does, before the button that does it. */
export function ClosingCard({ list, item }: { list: MonthList; item: Month }) {
  const words = useWords();
  const session = useSession();
  const queryClient = useQueryClient();
  const instance = useQuery(instanceQuery);
  const missing = item.missingUnits;
  const earlier = list.items.find((other) => other.number < item.number && other.state !== 'closed');
  const isRunning = instance.data !== undefined && instance.data.businessDate <= item.end;
  const blockedBy =
    earlier !== undefined
      ? words.closing.earlierOpen(earlier.number)
      : isRunning
        ? words.closing.notEnded(formatDay(item.end))
        : closesMonths(session.role)
          ? undefined
          : words.closing.approverCloses;
  const consequences = [
    words.closing.locks(item.number),
    ...(missing.length > 0 ? [words.closing.missingKept(missing.length)] : []),
    words.closing.evaluates,
    words.closing.notifies,
    words.closing.reopening,
  ];

  return (
    <Card
      title={words.closing.title(item.number)}
      right={
        missing.length === 0 ? (
          <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
            {words.closing.allIn}
          </Chip>
        ) : (
          <Chip tone="below" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
            {words.closing.missing(missing.length)}
          </Chip>
        )
      }
    >
      <div className={classes.body}>
        <h3>{words.closing.reports(item.reportsReceived, item.reportsExpected)}</h3>
        {missing.length > 0 && (
          <ul className={classes.missing}>
            {missing.map((unit) => (
              <li key={unit.code}>{unit.name}</li>
            ))}
          </ul>
        )}
        <h3>{words.closing.consequences}</h3>
        <ul className={classes.consequences}>
          {consequences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <ConfirmCommand
          label={words.closing.command(item.number)}
          icon={<IconLock size={16} aria-hidden="true" />}
          blockedBy={blockedBy}
          title={words.closing.title(item.number)}
          consequencesTitle={words.closing.consequences}
          consequences={consequences}
          confirmLabel={
            missing.length > 0
              ? words.closing.commandMissing(item.number, missing.length)
              : words.closing.command(item.number)
          }
          backLabel={words.closing.back}
          refusedLabel={words.closing.refused}
          run={(key) => closeMonth(item.month, key)}
          onDone={() =>
            queryClient.invalidateQueries({
              predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'instance',
            })
          }
        />
      </div>
    </Card>
  );
}
