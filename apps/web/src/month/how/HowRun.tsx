import type { Explanation } from '../../client/types';
import { formatPoints } from '../../format/rate';
import { heatClass, HeatText, stepOf } from '../../frame/HeatCell';
import { useWords } from '../../words/words-provider';
import classes from './How.module.css';

/** Distance to each month's own average, and the count below it. */
export function HowRun({ explanation }: { explanation: Explanation }) {
  const words = useWords();
  const { months } = explanation;
  return (
    <>
      <table className={classes.run}>
        <thead>
          <tr>
            {months.map((month) => (
              <th key={month.month} scope="col">
                {words.time.column(month.month)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {months.map((month) => (
              <td key={month.month} className={heatClass(month, stepOf(month), month.flagged)}>
                {month.status === 'missing' || month.status === 'not-rated' || month.differencePoints === null ? (
                  <HeatText status={month.status} rate={null} below={false} />
                ) : (
                  formatPoints(month.differencePoints).replace('+', '')
                )}
              </td>
            ))}
          </tr>
          <tr className={classes.count}>
            {months.map((month) => (
              <td key={month.month}>{month.streak}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className={classes.note}>
        {words.how.runNote(explanation.thresholdMonths)}
        {months.some((month) => month.status === 'missing') && ` ${words.how.runPaused}`}
      </p>
    </>
  );
}
