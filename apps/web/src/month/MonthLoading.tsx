import { Card } from '../frame/Card';
import { KeyFigures } from '../frame/KeyFigures';
import { LateNote } from '../frame/LateNote';
import { useWords } from '../words/words-provider';
import row from './HeatRow.module.css';
import classes from './MonthLoading.module.css';
import result from './MonthScreen.module.css';

const ROWS = 13;

/** The frame of the month with nothing in it yet: same places, same heights, no shimmer. */
export function MonthLoading({ months }: { months: number }) {
  const words = useWords();
  const labels = [
    words.month.average,
    words.month.on(words.basis.pm),
    words.month.withoutLargest,
    words.month.belowAverage,
  ];
  return (
    <div aria-busy="true">
      <KeyFigures busy figures={labels.map((label) => ({ id: label, label, value: '\u00a0' }))} />
      <div className={classes.strip} />
      <div className={result.columns}>
        <Card title={words.month.matrix} subtitle={<LateNote>{`${words.loading} ${words.month.what}…`}</LateNote>}>
          <div className={classes.rows} aria-hidden="true">
            {Array.from({ length: ROWS }, (_, index) => (
              <div key={index} className={classes.row}>
                <span className={classes.name} data-width={index % 4} />
                {Array.from({ length: months }, (_, cell) => (
                  <span key={cell} className={`${classes.cell} ${row.blank}`} />
                ))}
              </div>
            ))}
          </div>
        </Card>
        <Card title={words.month.flaggedTitle(3)} className={classes.side}>
          {null}
        </Card>
      </div>
    </div>
  );
}
