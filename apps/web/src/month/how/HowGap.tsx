import type { Explanation } from '../../client/types';
import { formatDong } from '../../format/amount';
import { useWords } from '../../words/words-provider';
import { Fraction } from './Fraction';
import classes from './How.module.css';

/** The least amount that brings the unit to the average, with the letters of the formula and their values. */
export function HowGap({ explanation }: { explanation: Explanation }) {
  const words = useWords();
  const { method, average, gapDong } = explanation;
  if (explanation.status !== 'below' || average === null) {
    return <p className={classes.note}>{words.how.gapNone}</p>;
  }
  const gapText = `${formatDong(gapDong)} ${words.money.dong}`;
  const isPooled = method === 'pooled' && average.poolDisbursedDong !== null && average.poolPlanDong !== null;
  const inputs = isPooled
    ? [
        { letter: 'D', name: words.how.inputs.D, dong: average.poolDisbursedDong ?? 0 },
        { letter: 'P', name: words.how.inputs.P, dong: average.poolPlanDong ?? 0 },
        { letter: 'd', name: words.how.inputs.d, dong: explanation.disbursedDong },
        { letter: 'p', name: words.how.inputs.p, dong: explanation.planDong },
      ]
    : [];
  return (
    <>
      {isPooled ? (
        <Fraction top="D·p − d·P" bottom="P − p" equals={gapText} />
      ) : (
        <p>
          <strong>{gapText}</strong>
        </p>
      )}
      {inputs.length > 0 && (
        <dl className={classes.inputs}>
          {inputs.map((input) => (
            <div key={input.letter} className={classes.inputRow}>
              <dt>
                <span className={classes.letter}>{input.letter}</span>
                <span>{input.name}</span>
              </dt>
              <dd>{formatDong(input.dong)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={classes.note}>
        {method === 'pooled' ? words.how.gapPooled : method === 'mean' ? words.how.gapMean : words.how.gapDeclared}
        {!explanation.gapAttainable && ` ${words.how.gapBeyond(formatDong(explanation.remainingPlanDong))}`}
      </p>
    </>
  );
}
