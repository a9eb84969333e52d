import { IconCircleCheck, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Preview, PreviewUnit } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercent, formatPoints } from '../format/rate';
import { Card } from '../frame/Card';
import { StreakDots } from '../frame/StreakDots';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './PreviewCard.module.css';

/** 3. The rule run on the books as they are: who comes on the list, who leaves it and why, who stays. */
export function PreviewCard({ preview }: { preview: Preview }) {
  const words = useWords();
  const { joined, left, stayed, policy } = preview;
  const threshold = policy.thresholdMonths;
  return (
    <Card
      title={`3. ${words.sheet.preview}`}
      subtitle={
        preview.average === null
          ? words.sheet.noAverage
          : words.sheet.previewOf(formatPercent(preview.average), words.basis[policy.planBasis])
      }
      right={
        <>
          {preview.comparedWith?.frozen === false && <span>{words.sheet.againstBooks}</span>}
          <strong className={classes.fromTo}>
            {words.sheet.listFromTo(preview.previousCount, joined.length + stayed.length)}
          </strong>
        </>
      }
    >
      <div className={classes.columns}>
        <ListColumn
          tone="joined"
          icon={<IconPlus size={15} aria-hidden="true" />}
          title={words.sheet.joins}
          units={joined}
          row={(unit) => (
            <>
              <UnitLine unit={unit} threshold={threshold} figure={<Gap unit={unit} />} />
              <p className={classes.why}>{joinedBecause(words, unit)}</p>
            </>
          )}
        />
        <ListColumn
          tone="left"
          icon={<IconCircleCheck size={15} aria-hidden="true" />}
          title={words.sheet.leaves}
          units={left}
          row={(unit) => (
            <>
              <UnitLine
                unit={unit}
                threshold={threshold}
                figure={unit.rate === null ? '–' : <span className={classes.rate}>{formatPercent(unit.rate)}</span>}
                plain
              />
              <p className={classes.why}>{leftBecause(words, unit)}</p>
            </>
          )}
        />
        <ListColumn
          tone="stayed"
          icon={<IconMinus size={15} aria-hidden="true" />}
          title={words.sheet.stays}
          units={stayed}
          row={(unit) => <UnitLine unit={unit} threshold={threshold} figure={<Gap unit={unit} />} />}
        />
      </div>
      {preview.silent.length > 0 && (
        <p className={`${classes.why} ${classes.silent}`}>
          {words.sheet.silent(preview.silent.length)}: {preview.silent.map(({ unit }) => unit.shortName).join(', ')}
        </p>
      )}
    </Card>
  );
}

function ListColumn({
  tone,
  icon,
  title,
  units,
  row,
}: {
  tone: 'joined' | 'left' | 'stayed';
  icon: ReactNode;
  title: string;
  units: PreviewUnit[];
  row: (unit: PreviewUnit) => ReactNode;
}) {
  const words = useWords();
  return (
    <section className={classes.column}>
      <h3 className={classes[tone]}>
        {icon}
        {title} · {units.length}
      </h3>
      {units.length === 0 ? (
        <p className={classes.why}>{words.sheet.nobody}</p>
      ) : (
        <ul>
          {units.map((unit) => (
            <li key={unit.unit.code}>{row(unit)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function UnitLine({
  unit,
  threshold,
  figure,
  plain = false,
}: {
  unit: PreviewUnit;
  threshold: number;
  figure: ReactNode;
  plain?: boolean;
}) {
  return (
    <p className={classes.line}>
      <span title={unit.unit.name}>{unit.unit.shortName}</span>
      {!plain && <StreakDots streak={unit.streak} threshold={threshold} />}
      <span className={classes.figure}>{figure}</span>
    </p>
  );
}

function Gap({ unit }: { unit: PreviewUnit }) {
  const words = useWords();
  return <strong>{words.sheet.billionShort(formatBillion(unit.gapDong))}</strong>;
}

function joinedBecause(words: Words, unit: PreviewUnit): string {
  const months = unit.recent.map(({ month, differencePoints }) =>
    words.sheet.recent(words.time.column(month), differencePoints === null ? '?' : formatPoints(differencePoints)),
  );
  return `${months.join(' · ')} ${words.sheet.toAverage}`;
}

function leftBecause(words: Words, unit: PreviewUnit): string {
  if (unit.status === 'missing') return words.sheet.leftMissing;
  if (unit.status === 'not-rated') return words.sheet.leftNotRated;
  if (unit.status === 'at-or-above' && unit.differencePoints !== null)
    return words.sheet.reachedAverage(formatPoints(unit.differencePoints).replace('+', ''));
  return words.sheet.leftOther;
}
