import { Button } from '@mantine/core';
import { IconCalculator, IconLock, IconLockOpen, IconPrinter } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { seesProvince } from '../client/rights';
import type { Month, MonthList } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { parseMonth } from '../format/month';
import { Chip } from '../frame/Chip';
import { ExportLink } from '../frame/ExportLink';
import { PageHead } from '../frame/PageHead';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './MonthHead.module.css';
import { MonthSwitch } from './MonthSwitch';

interface MonthHeadProps {
  month: string;
  list: MonthList | undefined;
  item: Month | undefined;
  hasResult: boolean;
}

export function MonthHead({ month, list, item, hasResult }: MonthHeadProps) {
  const words = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/months/$month' });
  const { planYear, number } = parseMonth(month);
  const explainProvince = () =>
    void navigate({
      to: '/months/$month',
      params: { month },
      search: { ...(search.rates === undefined ? {} : { rates: search.rates }), how: true },
      resetScroll: false,
    });
  const actions = hasResult ? (
    <>
      <ExportLink list="results" filter={{ month }} />
      <Button leftSection={<IconCalculator size={16} />} onClick={explainProvince}>
        {words.month.how}
      </Button>
      <Button className={classes.print} leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
        {words.printA4}
      </Button>
    </>
  ) : undefined;

  return (
    <div className="screenOnly">
      <PageHead title={words.time.long(number, planYear)} actions={actions}>
        <MonthSwitch month={month} list={list} />
        {item !== undefined && <MonthState item={item} />}
        <span className={classes.asOf}>
          {number === 13 ? words.time.month13(planYear) : item !== undefined && periodText(words, item)}
        </span>
      </PageHead>
    </div>
  );
}

/** Of an open month only the period is sure; what its figures go up to is not. */
function periodText(words: Words, item: Month): string {
  return item.evaluated ? words.month.asOf(formatDay(item.end)) : words.month.periodTo(formatDay(item.end));
}

function MonthState({ item }: { item: Month }) {
  const words = useWords();
  const session = useSession();
  if (item.state === 'closed' && item.closedOn !== null) {
    const chip = (
      <Chip icon={<IconLock size={14} />}>{words.month.closedOn(formatDay(item.closedOn), item.version)}</Chip>
    );
    return seesProvince(session.role) ? (
      <Link to="/closing/$month" params={{ month: item.month }} className={classes.sheet}>
        {chip}
      </Link>
    ) : (
      chip
    );
  }
  const label =
    item.state === 'reopened' ? words.month.reopened : item.state === 'closed' ? words.month.closed : words.month.open;
  return (
    <Chip tone="accent" icon={<IconLockOpen size={14} />}>
      {label}
    </Chip>
  );
}
