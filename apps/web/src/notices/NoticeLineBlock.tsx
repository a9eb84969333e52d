import { IconAlertTriangle, IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { NoticeLine } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercent, formatPoints } from '../format/rate';
import { Chip } from '../frame/Chip';
import { HeatStrip } from '../frame/HeatStrip';
import { StreakDots } from '../frame/StreakDots';
import { useWords } from '../words/words-provider';
import classes from './NoticeLineBlock.module.css';

export function NoticeLineBlock({
  line,
  month,
  threshold,
}: {
  line: NoticeLine;
  month: string;
  /** Null for a reminder, whose lines have no streak. */
  threshold: number | null;
}) {
  const words = useWords();
  const isMissing = line.kind === 'missing-report';
  return (
    <li className={classes.line}>
      <div className={classes.head}>
        <Link to="/units/$code" params={{ code: line.unit.code }} search={{ month }} className={classes.name}>
          {line.unit.name}
        </Link>
        <Chip
          tone={line.kind === 'left-list' ? 'ok' : line.kind === 'continuing-case' ? 'plain' : 'below'}
          icon={
            line.kind === 'new-case' ? (
              <IconPlus size={13} aria-hidden="true" />
            ) : line.kind === 'left-list' ? (
              <IconCircleCheck size={14} aria-hidden="true" />
            ) : isMissing ? (
              <IconAlertTriangle size={14} aria-hidden="true" />
            ) : undefined
          }
        >
          {words.notices.kinds[line.kind]}
        </Chip>
        {line.caseId !== null && (
          <Link to="/cases/$id" params={{ id: String(line.caseId) }} className={classes.case}>
            {words.tackling.case.follow}
          </Link>
        )}
        <span className={classes.figures}>
          {line.streak > 0 && threshold !== null && <StreakDots streak={line.streak} threshold={threshold} />}
          {line.rate !== null && !isMissing && (
            <span>
              {formatPercent(line.rate)}{' '}
              {line.differencePoints !== null && (
                <span className={classes.points}>{words.how.difference(formatPoints(line.differencePoints))}</span>
              )}
            </span>
          )}
          {!isMissing && (
            <span>
              {words.month.toDisburse}{' '}
              <strong className={classes.gap}>
                {formatBillion(line.gapDong)} {words.money.billionShort}
              </strong>
            </span>
          )}
        </span>
      </div>
      <HeatStrip cells={line.cells} caption={`${words.notices.rate}, ${line.unit.name}`} />
    </li>
  );
}
