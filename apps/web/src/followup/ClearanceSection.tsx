import { Button } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../client/use-session';
import { formatBillion, formatDong } from '../format/amount';
import { formatDay } from '../format/date';
import { parseMonth } from '../format/month';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { ClearanceMonthForm, ClearancePlanForm } from './ClearanceForms';
import { DecisionList } from './DecisionList';
import classes from './followup.module.css';
import { clearanceQuery, projectDecisionsQuery, type SiteClearance } from './queries';

/** Site clearance of a key project: what was handed over of how much, month by month, and what committees decided. */
export function ClearanceSection({ code }: { code: string }) {
  const words = useWords();
  const say = words.tackling.clearance;
  const { permissions } = useSession();
  const found = useQuery(clearanceQuery(code));
  const decisions = useQuery(projectDecisionsQuery(code));
  const [form, setForm] = useState<'plan' | 'month' | null>(null);
  if (found.isError) return <FailedState error={found.error} what={say.what} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  const { value, etag } = found.data;
  const close = () => setForm(null);
  return (
    <section className={classes.clearance} aria-label={say.title}>
      <h3>{say.title}</h3>
      {value.plan === null ? <p className={classes.quiet}>{say.none}</p> : <Figures clearance={value} />}
      {value.months.length > 0 && <MonthsTable clearance={value} />}
      {form === 'plan' && <ClearancePlanForm key={etag} clearance={value} etag={etag} onDone={close} />}
      {form === 'month' && <ClearanceMonthForm key={etag} clearance={value} etag={etag} onDone={close} />}
      {form === null && permissions.includes('site-clearance.record') && (
        <div className={classes.row}>
          {value.plan !== null && (
            <Button size="compact-md" onClick={() => setForm('month')}>
              {say.editMonth}
            </Button>
          )}
          <Button size="compact-md" onClick={() => setForm('plan')}>
            {value.plan === null ? say.setPlan : say.editPlan}
          </Button>
        </div>
      )}
      {(decisions.data?.length ?? 0) > 0 && (
        <>
          <h3>{say.decisions}</h3>
          <DecisionList decisions={decisions.data ?? []} namesMeeting />
        </>
      )}
    </section>
  );
}

function Figures({ clearance: { plan, months } }: { clearance: SiteClearance }) {
  const words = useWords();
  const say = words.tackling.clearance;
  if (plan === null) return null;
  const latest = months[0];
  const share = (done: number, total: number) => (total === 0 ? 0 : Math.floor((done * 100) / total));
  const rows = [
    {
      id: 'area',
      text: say.ofArea(formatDong(latest?.areaM2 ?? 0), formatDong(plan.areaM2)),
      width: share(latest?.areaM2 ?? 0, plan.areaM2),
    },
    {
      id: 'households',
      text: say.ofHouseholds(formatDong(latest?.households ?? 0), formatDong(plan.households)),
      width: share(latest?.households ?? 0, plan.households),
    },
  ];
  return (
    <>
      {rows.map(({ id, text, width }) => (
        <div key={id}>
          <p>{text}</p>
          <div className={classes.bar} aria-hidden="true">
            <span style={{ width: `${width}%` }} />
          </div>
        </div>
      ))}
      <span className={classes.row}>
        {plan.agreedDate !== null && <span className={classes.quiet}>{say.agreed(formatDay(plan.agreedDate))}</span>}
        {plan.overdue && (
          <Chip tone="late" icon={<IconClockExclamation size={14} aria-hidden="true" />}>
            {say.overdue}
          </Chip>
        )}
      </span>
      {plan.note !== '' && <p className={classes.quiet}>{plan.note}</p>}
    </>
  );
}

function MonthsTable({ clearance: { months } }: { clearance: SiteClearance }) {
  const words = useWords();
  const say = words.tackling.clearance;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{say.month}</th>
            <th scope="col" className={table.number}>
              {say.area}
            </th>
            <th scope="col" className={table.number}>
              {say.households}
            </th>
            <th scope="col" className={table.number}>
              {say.paid}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, areaM2, households, paidDong }) => (
            <tr key={month}>
              <th scope="row">{`${String(parseMonth(month).number).padStart(2, '0')}/${parseMonth(month).planYear}`}</th>
              <td className={table.number}>{formatDong(areaM2)}</td>
              <td className={table.number}>{formatDong(households)}</td>
              <td className={table.number}>{formatBillion(paidDong)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
