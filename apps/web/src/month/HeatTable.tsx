import { IconArrowDown } from '@tabler/icons-react';
import { Fragment, type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { Overview } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercentNumber } from '../format/rate';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { LateNote } from '../frame/LateNote';
import { useWords } from '../words/words-provider';
import { averageGroups, averageOf, groupRows, type RatesShown, type RowGroup } from './heat-rows';
import { HeatFoot, HeatScale } from './HeatLegend';
import { HeatRow } from './HeatRow';
import classes from './HeatTable.module.css';

interface HeatTableProps {
  overview: Overview;
  throughMonth: number;
  waiting: boolean;
  rates: RatesShown;
  onRates: (rates: RatesShown) => void;
  selected: string | undefined;
  onExplain: (unit: string) => void;
}

const KEY_STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

export function HeatTable({ overview, throughMonth, waiting, rates, onRates, selected, onExplain }: HeatTableProps) {
  const words = useWords();
  const hintId = useId();
  // On a phone the flagged list comes first and the wide table on request.
  const [unfolded, setUnfolded] = useState(false);
  const [tabStop, setTabStop] = useState<string | undefined>(selected);
  const groups = useMemo(() => groupRows(overview.units), [overview.units]);
  const months = useMemo(() => Array.from({ length: throughMonth }, (_, index) => index + 1), [throughMonth]);
  const basis = words.basis[overview.policy.planBasis];
  const current = selected ?? tabStop;
  const isKnown = overview.units.some((unit) => unit.code === current);
  const stop = isKnown ? current : groups[0]?.units[0]?.code;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = KEY_STEPS[event.key];
    if (step === undefined) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button[data-unit]')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0) return;
    event.preventDefault();
    const next = buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)];
    next?.focus();
    setTabStop(next?.dataset.unit);
  };

  return (
    <Card
      title={words.month.matrix}
      className={classes.card}
      subtitle={
        waiting ? (
          <LateNote>{`${words.loading} ${words.time.inText(throughMonth)}…`}</LateNote>
        ) : rates === 'own' ? (
          words.month.ownOf(basis)
        ) : (
          words.month.cumulativeOf(basis)
        )
      }
      right={
        <div className={`${classes.controls} screenOnly`}>
          <HeatScale />
          <Choice
            label={words.month.rates}
            value={rates}
            onChange={onRates}
            options={[
              { value: 'cumulative', label: words.month.cumulative },
              { value: 'own', label: words.month.own },
            ]}
          />
        </div>
      }
    >
      <button type="button" className={classes.unfold} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        {unfolded ? words.month.hideTable : words.month.showTable}
      </button>
      <div className={classes.scroll} data-unfolded={unfolded || undefined}>
        <p id={hintId} className="spoken">
          {words.month.rowHint}
        </p>
        <table
          className={classes.table}
          aria-busy={waiting}
          data-months={throughMonth > 10 ? 'many' : 'few'}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col" className={classes.nameHead}>
                <span className="screenOnly">{words.month.unit}</span>
                <span className="printOnly">{words.print.unitsHead(basis)}</span>
              </th>
              {months.map((month) => (
                <th key={month} scope="col" className={month === throughMonth ? classes.lastMonth : classes.month}>
                  {words.time.column(month)}
                </th>
              ))}
              <th scope="col" className={classes.streakHead}>
                {words.streak.head}
              </th>
              <th scope="col" className={classes.gapHead} aria-sort="descending">
                <span className={classes.narrow}>{words.month.toDisburseHead}</span>
                <span className={classes.wide}>{words.month.toDisburseHeadWide}</span>
                <IconArrowDown size={14} aria-hidden="true" className="screenOnly" />
              </th>
            </tr>
          </thead>
          <tbody>
            {averageGroups(overview.averages).map((group) => (
              <tr key={group} className={classes.average}>
                <th scope="row">
                  {words.month.average}
                  {group !== '*' && `, ${words.groups[group] ?? group}`}
                </th>
                {months.map((month) => {
                  const average = averageOf(overview.averages, month, group);
                  const rate = rates === 'own' ? average?.ownRate : average?.rate;
                  return <td key={month}>{waiting ? '' : rate == null ? '–' : formatPercentNumber(rate)}</td>;
                })}
                <td />
                <td className={classes.gap}>{waiting ? '' : formatBillion(overview.totalGapDong)}</td>
              </tr>
            ))}
            {groups.map((group) => (
              <Fragment key={group.kind}>
                <tr className={classes.break}>
                  {waiting ? (
                    <td colSpan={throughMonth + 3} />
                  ) : (
                    <th scope="rowgroup" colSpan={throughMonth + 3}>
                      {breakText(group, words.month)}
                    </th>
                  )}
                </tr>
                {group.units.map((unit) => (
                  <HeatRow
                    key={unit.code}
                    unit={unit}
                    months={months}
                    averages={overview.averages}
                    threshold={overview.policy.thresholdMonths}
                    rates={rates}
                    waiting={waiting}
                    isSelected={unit.code === selected}
                    isTabStop={unit.code === stop}
                    hintId={hintId}
                    onExplain={(code) => {
                      setTabStop(code);
                      onExplain(code);
                    }}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
        <HeatFoot threshold={overview.policy.thresholdMonths} illustrative={overview.illustrative} rates={rates} />
      </div>
    </Card>
  );
}

function breakText(group: RowGroup, month: ReturnType<typeof useWords>['month']): string {
  const count = group.units.length;
  switch (group.kind) {
    case 'below':
      return month.groupBelow(count);
    case 'above':
      return month.groupAbove(count);
    case 'missing':
      return month.groupMissing(count);
    case 'not-rated':
      return month.groupNotRated(count);
  }
}
