import { memo } from 'react';
import type { Overview, OverviewUnit } from '../client/types';
import { formatBillion } from '../format/amount';
import { heatClass, HeatText } from '../frame/HeatCell';
import { StreakDots } from '../frame/StreakDots';
import { averageOf, type RatesShown, shownCell } from './heat-rows';
import classes from './HeatRow.module.css';

interface HeatRowProps {
  unit: OverviewUnit;
  months: number[];
  averages: Overview['averages'];
  threshold: number;
  rates: RatesShown;
  waiting: boolean;
  isSelected: boolean;
  isTabStop: boolean;
  hintId: string;
  onExplain: (unit: string) => void;
}

export const HeatRow = memo(function HeatRow({ unit, months, averages, rates, waiting, ...row }: HeatRowProps) {
  const isBelow = unit.status === 'below';
  return (
    <tr className={classes.row} data-selected={row.isSelected || undefined}>
      <th scope="row" className={classes.name}>
        <button
          type="button"
          data-unit={unit.code}
          tabIndex={row.isTabStop ? 0 : -1}
          aria-describedby={row.hintId}
          aria-expanded={row.isSelected}
          title={unit.name}
          onClick={() => row.onExplain(unit.code)}
        >
          <span className={classes.narrow}>{unit.shortName}</span>
          <span className={classes.wide}>{unit.name}</span>
        </button>
      </th>
      {months.map((month) => {
        if (waiting) return <td key={month} className={classes.blank} />;
        const cell = shownCell(
          unit.cells.find((candidate) => candidate.month === month),
          averageOf(averages, month, unit.group),
          rates,
        );
        return (
          <td key={month} className={heatClass(cell, cell.step, cell.run)}>
            <HeatText status={cell.status} rate={cell.rate} below={cell.below} />
          </td>
        );
      })}
      <td className={classes.streak}>
        {waiting ? '' : unit.streak > 0 ? <StreakDots streak={unit.streak} threshold={row.threshold} /> : '–'}
      </td>
      <td className={classes.gap}>{waiting ? '' : isBelow ? formatBillion(unit.gapDong) : '–'}</td>
    </tr>
  );
});
