import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDay } from '../format/date';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import form from '../frame/Form.module.css';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { RefusedNote } from './RefusedNote';
import {
  type CalendarDay,
  type Deadlines,
  deadlinesWithQuery,
  keepCalendar,
  type NewCalendarDay,
} from './settings-client';
import classes from './settings.module.css';
import { YearSheet } from './YearSheet';

const KINDS = ['holiday', 'day-off-in-lieu', 'make-up-day'] as const;

interface EditorProps {
  year: number;
  kept: CalendarDay[];
  deadlines: Deadlines;
  mayEdit: boolean;
}

/** The year's days, and what they make of the due days while they are typed. */
export function CalendarEditor({ year, kept, deadlines, mayEdit }: EditorProps) {
  const words = useWords();
  const say = words.settings.days;
  const queryClient = useQueryClient();
  const [days, setDays] = useState<NewCalendarDay[]>(() => kept.map(({ date, kind, name }) => ({ date, kind, name })));
  const [reason, setReason] = useState('');
  const complete = days.filter(({ date, name }) => date !== '' && name.trim() !== '');
  const isChanged = JSON.stringify(days) !== JSON.stringify(kept.map(({ date, kind, name }) => ({ date, kind, name })));
  const live = useQuery({
    ...deadlinesWithQuery(year, complete),
    enabled: mayEdit && isChanged && complete.length > 0,
    placeholderData: keepPreviousData,
  });
  const due = (isChanged ? live.data : undefined) ?? deadlines;
  const keep = useMutation({
    mutationFn: () => keepCalendar(year, complete, reason.trim()),
    onSuccess: async () => {
      // The due days first: the year's sheet is drawn anew with the calendar, and shall not show the old ones.
      await queryClient.invalidateQueries({ queryKey: ['deadlines'] });
      await queryClient.invalidateQueries({ queryKey: ['calendar', year] });
    },
  });
  const change = (at: number, next: Partial<NewCalendarDay>) =>
    setDays(days.map((day, i) => (i === at ? { ...day, ...next } : day)));
  const missing = !isChanged
    ? say.unchanged
    : complete.length < days.length
      ? say.dayMissing
      : reason.trim() === ''
        ? say.reasonMissing
        : null;
  const isComputed = kept.every(({ source }) => source === 'computed');
  return (
    <div className={classes.stack}>
      <Card
        title={say.sheet(year)}
        right={<Chip tone={isComputed ? 'below' : 'ok'}>{isComputed ? say.computed : say.published}</Chip>}
      >
        {isComputed && <p className={table.none}>{say.computedWhy}</p>}
        <YearSheet year={year} days={complete} deadlines={due} />
      </Card>
      <div className={classes.grid}>
        <Card title={say.days} subtitle={say.daysWhy}>
          <ul>
            {days.map((day, i) => (
              <li key={i} className={classes.day}>
                <input
                  type="date"
                  aria-label={say.date}
                  min={`${year}-01-01`}
                  max={`${year}-12-31`}
                  className={classes.input}
                  value={day.date}
                  disabled={!mayEdit}
                  onChange={(event) => change(i, { date: event.currentTarget.value })}
                />
                <span className={classes.weekday}>{day.date !== '' && weekdayOf(day.date, say.weekdays)}</span>
                <select
                  aria-label={say.kind}
                  className={classes.input}
                  value={day.kind}
                  disabled={!mayEdit}
                  onChange={(event) => change(i, { kind: event.currentTarget.value as NewCalendarDay['kind'] })}
                >
                  {KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {say.kinds[kind]}
                    </option>
                  ))}
                </select>
                <input
                  aria-label={say.name}
                  maxLength={200}
                  className={classes.input}
                  value={day.name}
                  disabled={!mayEdit}
                  onChange={(event) => change(i, { name: event.currentTarget.value })}
                />
                {mayEdit && (
                  <Button
                    variant="subtle"
                    aria-label={say.remove(formatDay(day.date))}
                    onClick={() => setDays(days.filter((_, at) => at !== i))}
                  >
                    <IconTrash size={16} aria-hidden="true" />
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {mayEdit && (
            <div className={classes.body}>
              <div className={classes.actions}>
                <Button
                  leftSection={<IconPlus size={16} aria-hidden="true" />}
                  onClick={() => setDays([...days, { date: '', kind: 'holiday', name: '' }])}
                >
                  {say.add}
                </Button>
              </div>
              <label className={classes.field}>
                <span>{say.reason}</span>
                <input
                  maxLength={500}
                  className={classes.input}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
              </label>
              <RefusedNote error={keep.error ?? (isChanged ? live.error : null)} />
              <div className={classes.actions}>
                <Button
                  variant="filled"
                  loading={keep.isPending}
                  aria-disabled={missing !== null || undefined}
                  onClick={() => missing === null && keep.mutate()}
                >
                  {say.save}
                </Button>
                {missing !== null && <span className={form.missing}>{missing}</span>}
              </div>
            </div>
          )}
        </Card>
        <Due kept={deadlines} due={due} />
      </div>
    </div>
  );
}

/** Browsers write the field in their own order, 02/09 or 09/02: the weekday and the day in ours leave no doubt. */
function weekdayOf(date: string, weekdays: readonly string[]): string {
  const fromMonday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return `${weekdays[fromMonday] ?? ''} ${formatDay(date).slice(0, 5)}`;
}

function Due({ kept, due }: { kept: Deadlines; due: Deadlines }) {
  const words = useWords();
  const say = words.settings.days;
  const day = (now: string, before: string | undefined) => (
    <td>
      <span className={now === before ? undefined : classes.moved}>{formatDay(now)}</span>
      {before !== undefined && now !== before && <span className={table.under}>{say.was(formatDay(before))}</span>}
    </td>
  );
  return (
    <Card title={say.deadlines} subtitle={say.planYear(due.planYear)}>
      <div className={classes.body}>
        <ul className={classes.list}>
          <li>{say.reportRule(due.reportWorkingDays)}</li>
          <li>{say.closingRule(due.closingWorkingDays)}</li>
          <li>{say.assignmentRule(due.assignmentDays)}</li>
        </ul>
        <p className={classes.quiet}>{say.source}</p>
      </div>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{say.month}</th>
              <th scope="col">{say.end}</th>
              <th scope="col">{say.reportDue}</th>
              <th scope="col">{say.closingDue}</th>
            </tr>
          </thead>
          <tbody>
            {due.months.map((month, i) => (
              <tr key={month.month}>
                <th scope="row">{words.time.column(parseMonth(month.month).number)}</th>
                <td>{formatDay(month.end)}</td>
                {day(month.reportDue, kept.months[i]?.reportDue)}
                {day(month.closingDue, kept.months[i]?.closingDue)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
