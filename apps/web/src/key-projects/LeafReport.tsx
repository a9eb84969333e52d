import type { KeyProjectProgress, LeafProgress } from '../client/types';
import { formatBillion } from '../format/amount';
import { parseMonth } from '../format/month';
import { THIN_SPACE } from '../format/amount';
import { useWords } from '../words/words-provider';
import { writePercent } from './progress-numbers';
import classes from './ProgressPanel.module.css';

/** Figures of the month shown; implemented capital as a bar against the investor's plan. */
export function ProgressFigures({ progress }: { progress: KeyProjectProgress }) {
  const { progress: words } = useWords();
  const { volumeDong, physicalPercent, implementedDong, implementedPlanDong } = progress;
  const most = Math.max(implementedDong ?? 0, implementedPlanDong ?? 0);
  const billions = (dong: number) => words.billions(formatBillion(dong));
  return (
    <dl className={classes.figures}>
      {implementedDong !== null && (
        <Figure
          label={words.implemented}
          value={billions(implementedDong)}
          share={shareOf(implementedDong, most)}
          tone="done"
        />
      )}
      {implementedPlanDong !== null && (
        <Figure
          label={words.implementedPlan}
          value={billions(implementedPlanDong)}
          share={shareOf(implementedPlanDong, most)}
          tone="plan"
        />
      )}
      {volumeDong !== null && <Figure label={words.volume} value={billions(volumeDong)} />}
      {physicalPercent !== null && (
        <Figure
          label={words.physical}
          value={`${writePercent(physicalPercent)}${THIN_SPACE}%`}
          share={Number(physicalPercent)}
          tone="done"
        />
      )}
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: string;
  /** Length of the bar, 0 to 100. */
  share?: number;
  tone?: 'done' | 'plan';
}

function Figure({ label, value, share, tone }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {share !== undefined && (
        <dd className={classes.track} aria-hidden="true">
          <span className={classes.bar} data-tone={tone} style={{ width: `${share}%` }} />
        </dd>
      )}
    </div>
  );
}

/** Only the length of a bar: the figure itself stands beside it, exact. */
function shareOf(dong: number, most: number): number {
  return most === 0 ? 0 : (dong / most) * 100;
}

interface LeafReportProps {
  leaf: LeafProgress;
  shownMonth: string | null;
  isComponent: boolean;
}

/** What a project said of its month: done, unfinished, next. */
export function LeafReport({ leaf, shownMonth, isComponent }: LeafReportProps) {
  const words = useWords();
  const { progress } = words;
  const month = leaf.month === null ? null : parseMonth(leaf.month);
  const texts = [
    [progress.done, leaf.done],
    [progress.unfinished, leaf.unfinished],
    [progress.next, leaf.next],
  ].filter(([, text]) => text !== '');
  return (
    <section className={classes.leaf}>
      {isComponent && <h3>{progress.component(leaf.project.name)}</h3>}
      {month === null ? (
        <p className={classes.quiet}>{progress.nothing}</p>
      ) : (
        leaf.month !== shownMonth && (
          <p className={classes.quiet}>{progress.older(words.time.long(month.number, month.planYear).toLowerCase())}</p>
        )
      )}
      {texts.length > 0 && (
        <dl className={classes.texts}>
          {texts.map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
