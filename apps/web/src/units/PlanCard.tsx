import type { UnitYear } from '../client/types';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import classes from './PlanCard.module.css';

interface PlanCardProps {
  year: UnitYear;
  showsLines: boolean;
  onShowLines: (shows: boolean) => void;
}

export function PlanCard({ year, showsLines, onShowLines }: PlanCardProps) {
  const words = useWords();
  const { plan } = year;
  const adjustments = formatMillion(plan.adjustmentsDong);
  const rows = [
    { label: words.unit.planInitial, value: formatMillion(plan.initialDong) },
    { label: words.unit.planAdjustments, value: plan.adjustmentsDong > 0 ? `+${adjustments}` : adjustments },
    { label: words.unit.planInForce(formatDay(plan.at)), value: formatMillion(plan.inForceDong), sum: true },
    { label: words.unit.carriedOver, value: formatMillion(plan.carriedOverDong), quiet: true },
  ];
  return (
    <Card title={words.unit.plan} right={words.money.million}>
      <dl id="plan">
        {rows.map((row) => (
          <div key={row.label} className={classes.row} data-sum={row.sum} data-quiet={row.quiet}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        className={`${classes.lines} screenOnly`}
        aria-expanded={showsLines}
        onClick={() => onShowLines(!showsLines)}
      >
        {showsLines ? words.unit.planLinesHide : words.unit.planLines}
      </button>
    </Card>
  );
}
