import { Button } from '@mantine/core';
import { IconCalendarMonth } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { preparesMonths } from '../client/rights';
import type { Month, MonthList } from '../client/types';
import { useSession } from '../client/use-session';
import { parseMonth } from '../format/month';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { ClosingCard } from './ClosingCard';
import classes from './NotClosed.module.css';

/** A month without a result: why, what is missing, and for those who close months the closing itself. */
export function NotClosed({ list, item }: { list: MonthList; item: Month }) {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const latest = list.latestClosed;
  return (
    <div className={classes.columns}>
      <StateBox
        icon={<IconCalendarMonth size={22} />}
        title={words.month.notClosedTitle(item.number)}
        actions={
          latest !== null && (
            <Button onClick={() => void navigate({ to: '/months/$month', params: { month: latest } })}>
              {words.month.seeMonth(parseMonth(latest).number)}
            </Button>
          )
        }
      >
        <p>{words.month.notClosedBody(item.reportsReceived, item.reportsExpected)}</p>
      </StateBox>
      {preparesMonths(session.role) && <ClosingCard item={item} />}
    </div>
  );
}
