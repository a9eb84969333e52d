import { IconCircleCheck, IconFlag, IconPlus } from '@tabler/icons-react';
import type { Overview, OverviewUnit } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercent, formatPoints } from '../format/rate';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { HeatStrip } from '../frame/HeatStrip';
import { StreakDots } from '../frame/StreakDots';
import { useWords } from '../words/words-provider';
import classes from './FlaggedList.module.css';

interface FlaggedListProps {
  overview: Overview;
  waiting: boolean;
  onExplain: (unit: string) => void;
}

/** The list that the meeting is about: who is on it, since when, and what would take each unit off it. */
export function FlaggedList({ overview, waiting, onExplain }: FlaggedListProps) {
  const words = useWords();
  const flagged = overview.units.filter((unit) => unit.flagged);
  const cleared = overview.units.filter((unit) => unit.change === 'cleared');
  return (
    <Card
      title={words.month.flaggedTitle(overview.policy.thresholdMonths)}
      icon={<IconFlag size={17} aria-hidden="true" />}
      right={words.money.billion}
    >
      <p className={classes.summary} aria-busy={waiting}>
        {waiting ? (
          '\u00a0'
        ) : (
          <>
            <strong>{words.month.units(overview.flaggedCount)}</strong> ·{' '}
            {words.month.flaggedSummary(overview.newCount, overview.clearedCount)}{' '}
            <strong className={classes.gap}>{formatBillion(overview.flaggedGapDong)}</strong>
          </>
        )}
      </p>
      {flagged.length === 0 && !waiting && <p className={classes.none}>{words.month.flaggedNone}</p>}
      <ul>
        {flagged.map((unit) => (
          <FlaggedUnit
            key={unit.code}
            unit={unit}
            threshold={overview.policy.thresholdMonths}
            waiting={waiting}
            onExplain={onExplain}
          />
        ))}
        {!waiting &&
          cleared.map((unit) => (
            <li key={unit.code} className={classes.cleared}>
              <IconCircleCheck size={16} aria-hidden="true" />
              <strong title={unit.name}>{unit.shortName}</strong>
              <span className={classes.clearedWord}>{words.month.cleared}</span>
            </li>
          ))}
      </ul>
    </Card>
  );
}

interface FlaggedUnitProps {
  unit: OverviewUnit;
  threshold: number;
  waiting: boolean;
  onExplain: (unit: string) => void;
}

function FlaggedUnit({ unit, threshold, waiting, onExplain }: FlaggedUnitProps) {
  const words = useWords();
  return (
    <li>
      <button type="button" className={classes.unit} onClick={() => onExplain(unit.code)} title={unit.name}>
        <span className={classes.name}>{unit.shortName}</span>
        <span className={classes.figure}>{waiting ? '' : formatBillion(unit.gapDong)}</span>
        <span className={classes.run}>
          {!waiting && (
            <>
              <span className={classes.strip}>
                <HeatStrip cells={unit.cells} caption="" figures="none" />
              </span>
              <StreakDots streak={unit.streak} threshold={threshold} />
              {unit.change === 'new' ? (
                <Chip tone="below" icon={<IconPlus size={13} aria-hidden="true" />}>
                  {words.month.isNew}
                </Chip>
              ) : (
                <span className={classes.continuing}>{words.month.continuing}</span>
              )}
              {!unit.gapAttainable && <span className={classes.continuing}>{words.month.notAttainable}</span>}
            </>
          )}
        </span>
        <span className={classes.rate}>
          {!waiting && unit.rate !== null && unit.differencePoints !== null && (
            <>
              {formatPercent(unit.rate)} <span className={classes.points}>{formatPoints(unit.differencePoints)}</span>
            </>
          )}
        </span>
      </button>
    </li>
  );
}
