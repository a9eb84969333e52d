import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ClosingSheet, MissingItem } from '../client/types';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';
import { MissingList } from './MissingList';
import type { Decisions } from './use-decisions';

interface CardsProps {
  sheet: ClosingSheet;
  decisions: Decisions;
  decides: boolean;
}

/** 1. Who has not reported, what was done about it, and what their silence does to the list. */
export function ReportsCard({ sheet, decisions, decides }: CardsProps) {
  const words = useWords();
  const missing = sheet.missing.filter(({ kind }) => kind === 'missing-report');
  const policy = sheet.preview?.policy;
  const facts = (item: MissingItem): string[] => [
    item.reminders !== null && item.reminders > 0 && item.lastReminderOn !== null
      ? words.sheet.reminded(item.reminders, formatDay(item.lastReminderOn))
      : words.sheet.notReminded,
    ...(policy ? [words.sheet.effects[policy.missing](item.streak ?? 0)] : []),
  ];
  return (
    <Card
      title={`1. ${words.sheet.reports}`}
      subtitle={`${words.sheet.submitted(sheet.month.reportsReceived, sheet.month.reportsExpected)} · ${words.sheet.reportsDue(formatDay(sheet.report.day))}`}
      right={<DecidedChip items={missing} decisions={decisions} none={words.sheet.allIn} />}
    >
      {missing.length === 0 ? (
        <p className={classes.fine}>{words.closing.allIn}.</p>
      ) : (
        <MissingList items={missing} decisions={decisions} decides={decides} facts={facts} />
      )}
    </Card>
  );
}

/** 2. Money without a plan, units that ended, estimates that nobody replaced, checks that nobody signed. */
export function FiguresCard({ sheet, decisions, decides }: CardsProps) {
  const words = useWords();
  const items = sheet.missing
    .filter(({ kind }) => kind !== 'missing-report')
    .map((item) =>
      item.kind === 'not-signed-off' ? { ...item, name: words.sheet.checkNames[item.subject] ?? item.name } : item,
    );
  const facts = (item: MissingItem): string[] => [
    words.sheet.kinds[item.kind],
    ...(item.disbursedDong === null ? [] : [words.sheet.disbursed(formatMillion(item.disbursedDong))]),
  ];
  return (
    <Card
      title={`2. ${words.sheet.figures}`}
      subtitle={words.sheet.figuresOf}
      right={<DecidedChip items={items} decisions={decisions} none={undefined} />}
    >
      {sheet.checks.map((check) => (
        <p key={check.kind} className={classes.check}>
          {check.state === 'not-signed-off' ? (
            <IconAlertTriangle size={16} className={classes.open} aria-hidden="true" />
          ) : (
            <IconCircleCheck size={16} className={classes.done} aria-hidden="true" />
          )}
          {words.sheet.checkNames[check.kind] ?? check.kind}: {words.sheet.checkStates[check.state]}
          {typeof check.facts.asOf === 'string' && (
            <>
              {`, ${words.sheet.checkFacts(formatDay(check.facts.asOf), Number(check.facts.differences), Number(check.facts.open))} `}
              <Link to="/reconciliation/$month" params={{ month: sheet.month.month }} className={table.link}>
                {words.sheet.checkOpen}
              </Link>
            </>
          )}
        </p>
      ))}
      {items.length === 0 ? (
        <p className={classes.fine}>{words.sheet.figuresFine}</p>
      ) : (
        <MissingList items={items} decisions={decisions} decides={decides} facts={facts} />
      )}
    </Card>
  );
}

function DecidedChip({
  items,
  decisions,
  none,
}: {
  items: readonly MissingItem[];
  decisions: Decisions;
  none: string | undefined;
}): ReactNode {
  const words = useWords();
  const undecided = items.filter((item) => !decisions.isDecided(item)).length;
  if (undecided > 0) {
    return (
      <Chip tone="below" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
        {words.sheet.undecided(undecided)}
      </Chip>
    );
  }
  const done = items.length > 0 ? words.sheet.allDecided : none;
  return done === undefined ? null : (
    <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
      {done}
    </Chip>
  );
}
