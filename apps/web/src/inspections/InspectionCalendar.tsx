import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import { daysOfMonth, monthAfter, WEEKDAYS, weeksOf } from './calendar-month';
import { InspectionItem } from './InspectionsScreen';
import classes from './inspections.module.css';
import { calendarQuery } from './queries';
import { SubjectName } from './SubjectName';

/** A month of planned days: a sheet of weeks on a wide screen, a list on a phone. */
export function InspectionCalendar({ month: asked }: { month: string | undefined }) {
  const { inspections: say } = useWords();
  const navigate = useNavigate();
  const instance = useQuery(instanceQuery);
  const today = instance.data?.businessDate ?? '';
  const month = asked ?? today.slice(0, 7);
  const days = month === '' ? [] : daysOfMonth(month);
  const read = useQuery({ ...calendarQuery(days[0] ?? '', days.at(-1) ?? ''), enabled: days.length > 0 });
  const go = (by: number) =>
    void navigate({ to: '/inspections', search: { show: 'calendar', month: monthAfter(month, by) }, replace: true });
  if (read.isError) return <FailedState error={read.error} what={say.what} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <LoadingBlock what={say.what} />;
  const items = [...read.data.items].sort((a, b) => (a.plannedOn < b.plannedOn ? -1 : 1));
  return (
    <>
      <div className={classes.tools}>
        <Button aria-label={say.earlier} onClick={() => go(-1)}>
          <IconChevronLeft size={16} aria-hidden="true" />
        </Button>
        <span className={classes.month} aria-live="polite">
          {say.monthOf(Number(month.slice(5)), Number(month.slice(0, 4)))}
        </span>
        <Button aria-label={say.later} onClick={() => go(1)}>
          <IconChevronRight size={16} aria-hidden="true" />
        </Button>
      </div>
      <Card title={say.calendar} className={classes.grid}>
        <div className={classes.week}>
          {WEEKDAYS.map((name) => (
            <span key={name} className={classes.dayName}>
              {name}
            </span>
          ))}
        </div>
        {weeksOf(days).map((week) => (
          <div key={week.find((day) => day !== null)} className={classes.week}>
            {week.map((day, i) => (
              <div key={day ?? i} className={day === today ? `${classes.day} ${classes.today}` : classes.day}>
                {day !== null && <span className={classes.dayNumber}>{Number(day.slice(8))}</span>}
                {items
                  .filter(({ plannedOn }) => plannedOn === day)
                  .map((item) => (
                    <Link
                      key={item.id}
                      to="/inspections/$id"
                      params={{ id: String(item.id) }}
                      className={classes.planned}
                    >
                      <SubjectName inspection={item} />
                    </Link>
                  ))}
              </div>
            ))}
          </div>
        ))}
      </Card>
      <div className={classes.agenda}>
        <Card title={say.calendar}>
          {items.length === 0 ? (
            <div className={classes.body}>
              <p>{say.noneInMonth}</p>
            </div>
          ) : (
            items.map((item) => <InspectionItem key={item.id} inspection={item} today={today} />)
          )}
        </Card>
      </div>
    </>
  );
}
