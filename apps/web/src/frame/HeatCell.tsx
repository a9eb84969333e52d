import type { Status } from '../client/types';
import { heatStepOfDifference, type HeatStep } from '../format/heat-step';
import { formatPercentNumber, type Rate } from '../format/rate';
import { useWords } from '../words/words-provider';
import classes from './heat.module.css';

export interface HeatFigure {
  month: number;
  status: Status;
  rate: Rate | null;
  differencePoints: string | null;
  flagged: boolean;
}

export function stepOf(figure: HeatFigure): HeatStep | null {
  if (figure.status === 'missing' || figure.differencePoints === null || figure.rate === null) return null;
  return figure.status === 'not-rated'
    ? null
    : heatStepOfDifference(figure.differencePoints, figure.status === 'below');
}

export function heatClass(figure: Pick<HeatFigure, 'status'>, step: HeatStep | null, run: boolean): string {
  const kind = figure.status === 'missing' ? classes.missing : step === null ? '' : classes[step];
  return [classes.cell, kind, run ? classes.run : ''].filter(Boolean).join(' ');
}

/** What stands in a cell: the figure, "?" for not reported, "·" for not rated; colour is also said in words. */
export function HeatText({ status, rate, below }: { status: Status; rate: Rate | null; below: boolean }) {
  const words = useWords();
  if (status === 'missing') {
    return (
      <>
        <span className={classes.mark} aria-hidden="true">
          ?
        </span>
        <span className="spoken">{words.status.missing}</span>
      </>
    );
  }
  if (status === 'not-rated' || rate === null) {
    return (
      <>
        <span aria-hidden="true">·</span>
        <span className="spoken">{words.status['not-rated']}</span>
      </>
    );
  }
  return (
    <>
      {formatPercentNumber(rate)}
      {below && <span className="spoken"> {words.month.lower}</span>}
    </>
  );
}
