import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Overview, OverviewUnit, Unit } from '../client/types';
import { formatDay } from '../format/date';
import { formatPercentNumber, formatPoints } from '../format/rate';
import { StreakDots } from '../frame/StreakDots';
import table from '../frame/table.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import type { UnitGroup } from './group-units';
import classes from './UnitsScreen.module.css';

function validity(words: Words, unit: Unit): string {
  const from = unit.validFrom === null ? '' : words.units.from(formatDay(unit.validFrom));
  const until = unit.validTo === null ? '' : words.units.until(formatDay(unit.validTo));
  return [from, until].filter(Boolean).join(' ') || words.units.always;
}

interface UnitsTableProps {
  groups: UnitGroup[];
  /** Whether the reader may see the results of the whole province: the columns stand before the figures come. */
  showsResults: boolean;
  overview: Overview | undefined;
}

/** The rates of the last closed month stand beside the names. */
export function UnitsTable({ groups, showsResults, overview }: UnitsTableProps) {
  const words = useWords();
  const results = new Map(overview?.units.map((unit) => [unit.code, unit]));
  const columns = showsResults ? 7 : 4;
  return (
    <div className={`${classes.card} ${table.scroll}`}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{words.units.name}</th>
            <th scope="col" className={table.wideOnly}>
              {words.units.code}
            </th>
            {showsResults && (
              <>
                <th scope="col" className={table.number}>
                  {words.units.rate(overview === undefined ? '' : words.time.column(overview.throughMonth))}
                </th>
                <th scope="col" className={table.number}>
                  {words.units.difference}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {words.streak.head}
                </th>
              </>
            )}
            <th scope="col" className={table.wideOnly}>
              {words.units.team}
            </th>
            <th scope="col" className={table.wideOnly}>
              {words.units.validity}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.kind}>
              <tr className={table.group}>
                <th scope="rowgroup" colSpan={columns}>
                  {words.kinds[group.kind]} · {group.units.length}
                </th>
              </tr>
              {group.units.map((unit) => (
                <tr key={unit.code}>
                  <th scope="row">
                    {unit.kind === 'reserve' ? (
                      unit.name
                    ) : (
                      <Link to="/units/$code" params={{ code: unit.code }} className={table.link}>
                        {unit.name}
                      </Link>
                    )}
                  </th>
                  <td className={`${table.wideOnly} ${table.quiet}`}>{unit.code}</td>
                  {showsResults && (
                    <ResultCells result={results.get(unit.code)} threshold={overview?.policy.thresholdMonths ?? 0} />
                  )}
                  <td className={table.wideOnly}>{unit.team?.name ?? '–'}</td>
                  <td className={`${table.wideOnly} ${table.quiet}`}>{validity(words, unit)}</td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ResultCells({ result, threshold }: { result: OverviewUnit | undefined; threshold: number }) {
  const points = result?.differencePoints ?? null;
  const isBelow = result?.status === 'below';
  return (
    <>
      <td className={table.number}>{result?.rate == null ? '–' : formatPercentNumber(result.rate)}</td>
      <td className={isBelow ? `${table.number} ${table.below}` : table.number}>
        {points === null ? '–' : formatPoints(points)}
      </td>
      <td className={table.wideOnly}>
        {result !== undefined && result.streak > 0 ? <StreakDots streak={result.streak} threshold={threshold} /> : '–'}
      </td>
    </>
  );
}
