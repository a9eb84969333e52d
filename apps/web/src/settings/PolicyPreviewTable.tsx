import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { formatBillion } from '../format/amount';
import { parseMonth } from '../format/month';
import { formatPercent } from '../format/rate';
import { Chip } from '../frame/Chip';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import type { PolicyPreview, PolicyStand } from './settings-client';
import classes from './settings.module.css';

type Month = PolicyPreview['months'][number];

/** Who is on the list now and under the change, month by month. */
export function PolicyPreviewTable({ preview }: { preview: PolicyPreview }) {
  return (
    <>
      {preview.months.map((month) => (
        <MonthTable key={month.month} month={month} />
      ))}
    </>
  );
}

function MonthTable({ month }: { month: Month }) {
  const words = useWords();
  const say = words.settings.policy;
  const { number, planYear } = parseMonth(month.month);
  const averageOf = ({ averages }: Month['present']): string =>
    averages
      .map(({ rate, group }) => (group === '*' ? '' : `${words.groups[group] ?? group} `) + formatPercent(rate))
      .join('; ') || '–';
  return (
    <section aria-label={say.inMonth(number, planYear)}>
      <div className={classes.body}>
        <h3>
          {say.inMonth(number, planYear)}{' '}
          <span className={classes.quiet}>{month.isClosed ? say.monthClosed : say.monthOpen}</span>
        </h3>
        <p>
          {say.averages(averageOf(month.present), averageOf(month.changed))}{' '}
          {say.counts(month.present.flaggedCount, month.changed.flaggedCount, month.joined, month.left)}
        </p>
      </div>
      {month.units.length === 0 ? (
        <p className={table.none}>{say.nobody}</p>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${classes.preview}`}>
            <thead>
              <tr>
                <th scope="col">{say.unit}</th>
                <th scope="col">{say.nowHead}</th>
                <th scope="col">{say.thenHead}</th>
                <th scope="col" className={table.number}>
                  {say.gapHead}
                </th>
              </tr>
            </thead>
            <tbody>
              {month.units.map((unit) => (
                <tr key={unit.code}>
                  <th scope="row">
                    {unit.name}
                    <span className={table.under}>{unit.code}</span>
                  </th>
                  <td>
                    <Stand stand={unit.present} />
                  </td>
                  <td>
                    {unit.changed.flagged && !unit.present.flagged && (
                      <Chip tone="below" icon={<IconArrowUp size={14} aria-hidden="true" />}>
                        {say.joins}
                      </Chip>
                    )}
                    {unit.present.flagged && !unit.changed.flagged && (
                      <Chip tone="ok" icon={<IconArrowDown size={14} aria-hidden="true" />}>
                        {say.leaves}
                      </Chip>
                    )}{' '}
                    <Stand stand={unit.changed} />
                  </td>
                  <td className={table.number}>
                    {formatBillion(unit.changed.gapDong)}
                    {unit.changed.gapDong !== unit.present.gapDong && (
                      <span className={table.under}>{say.before(formatBillion(unit.present.gapDong))}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Stand({ stand }: { stand: PolicyStand }) {
  const words = useWords();
  const say = words.settings.policy;
  return (
    <>
      {stand.flagged ? <strong>{say.onList}</strong> : say.statuses[stand.status]}
      <span className={table.under}>
        {stand.rate === null ? '–' : formatPercent(stand.rate)}
        {stand.streak > 0 && `, ${words.streak.months(stand.streak)}`}
      </span>
    </>
  );
}
