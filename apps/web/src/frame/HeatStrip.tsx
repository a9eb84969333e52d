import { useWords } from '../words/words-provider';
import { type HeatFigure, heatClass, HeatText, stepOf } from './HeatCell';
import classes from './HeatStrip.module.css';

/** One unit's year as a row of coloured cells. `figures="none"` is the small strip beside a name on a phone. */
export function HeatStrip({
  cells,
  caption,
  figures = 'rates',
}: {
  cells: HeatFigure[];
  caption: string;
  figures?: 'rates' | 'none';
}) {
  const words = useWords();
  if (figures === 'none') {
    return (
      <span className={classes.small} aria-hidden="true">
        {cells.map((cell) => (
          <span key={cell.month} className={`${classes.smallCell} ${heatClass(cell, stepOf(cell), cell.flagged)}`} />
        ))}
      </span>
    );
  }
  return (
    <table className={classes.strip}>
      <caption className={classes.caption}>{caption}</caption>
      <thead>
        <tr>
          {cells.map((cell) => (
            <th key={cell.month} scope="col" className={classes.head}>
              {words.time.column(cell.month)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {cells.map((cell) => (
            <td key={cell.month} className={`${classes.cell} ${heatClass(cell, stepOf(cell), cell.flagged)}`}>
              <HeatText status={cell.status} rate={cell.rate} below={cell.status === 'below'} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
