import { Menu } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Month, MonthList } from '../client/types';
import { writeMonth } from '../format/month';
import { useWords } from '../words/words-provider';
import classes from './MonthSwitch.module.css';

/** Back, forward, and a list of the year's months with their state; other plan years at its end. */
export function MonthSwitch({ month, list }: { month: string; list: MonthList | undefined }) {
  const words = useWords();
  const navigate = useNavigate();
  const items = list?.items ?? [];
  const at = items.findIndex((item) => item.month === month);
  const years = (list?.planYears ?? []).filter((year) => year !== list?.planYear);

  return (
    <div className={classes.switch}>
      <Step to={items[at - 1]} label={words.month.previous}>
        <IconChevronLeft size={18} aria-hidden="true" />
      </Step>
      <Step to={at < 0 ? undefined : items[at + 1]} label={words.month.next}>
        <IconChevronRight size={18} aria-hidden="true" />
      </Step>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <button type="button" className={classes.step} aria-label={words.month.choose}>
            <IconChevronDown size={18} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown aria-label={words.month.choose} className={classes.list}>
          {items.map((item) => (
            <Menu.Item
              key={item.month}
              aria-current={item.month === month ? 'page' : undefined}
              className={classes.item}
              rightSection={<span className={classes.state}>{words.month[item.state]}</span>}
              onClick={() => void navigate({ to: '/months/$month', params: { month: item.month } })}
            >
              {words.time.long(item.number, item.planYear)}
            </Menu.Item>
          ))}
          {years.map((year) => (
            <Menu.Item
              key={year}
              onClick={() =>
                void navigate({ to: '/months/$month', params: { month: writeMonth({ planYear: year, number: 1 }) } })
              }
            >
              {words.time.long(1, year)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Step({ to, label, children }: { to: Month | undefined; label: string; children: ReactNode }) {
  if (to === undefined) {
    return (
      <span className={classes.step} data-end>
        {children}
      </span>
    );
  }
  return (
    <Link to="/months/$month" params={{ month: to.month }} className={classes.step} aria-label={label}>
      {children}
    </Link>
  );
}
