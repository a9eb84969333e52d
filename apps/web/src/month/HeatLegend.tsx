import { Marking } from '../frame/Marking';
import { useWords } from '../words/words-provider';
import type { RatesShown } from './heat-rows';
import classes from './HeatLegend.module.css';

const SCALE = ['b4', 'b3', 'b2', 'b1', 'a1', 'a2', 'a3', 'a4'] as const;

export function HeatScale() {
  const words = useWords();
  return (
    <span className={classes.scale} aria-hidden="true">
      {words.month.lower}
      <span className={classes.bar}>
        {SCALE.map((step) => (
          <span key={step} className={`${classes.step} ${classes[step]}`} />
        ))}
      </span>
      {words.month.higher}
    </span>
  );
}

interface HeatFootProps {
  threshold: number;
  illustrative: boolean;
  rates: RatesShown;
}

/** Below the table: what the steps, the line and the hatching mean; on paper the grey steps. */
export function HeatFoot({ threshold, illustrative, rates }: HeatFootProps) {
  const words = useWords();
  return (
    <div className={classes.foot}>
      <span className="screenOnly">{words.month.steps}</span>
      <span className={`${classes.entry} printOnly`}>
        {words.month.lower}{' '}
        <span className={classes.bar}>
          {SCALE.slice(0, 4).map((step) => (
            <span key={step} className={`${classes.step} ${classes[step]}`} />
          ))}
        </span>{' '}
        {words.print.greySteps}
      </span>
      {rates === 'own' ? (
        <span className={classes.entry}>{words.month.countedCumulative}</span>
      ) : (
        <span className={classes.entry}>
          <span className={classes.line} aria-hidden="true" />
          {words.month.fromThird(threshold)}
        </span>
      )}
      <span className={classes.entry}>
        <span className={classes.hatch} aria-hidden="true" />
        {words.month.notReported}
      </span>
      {/* On paper the head of the page carries it. */}
      {illustrative && (
        <span className="screenOnly">
          <Marking />
        </span>
      )}
    </div>
  );
}
