import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient } from '../client/query-client';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import { browserName } from './browser-name';
import { endOtherSessions, endSession, type OwnSession, ownSessionsQuery } from './commands';
import { Problem } from './Problem';
import classes from './security.module.css';
import { useProven } from './use-proven';

export function SessionsCard() {
  const words = useWords();
  const say = words.security.sessions;
  const sessions = useQuery(ownSessionsQuery);
  const [refused, setRefused] = useState<Error | null>(null);
  const { doProven, dialog } = useProven(setRefused);
  const items = sessions.data?.items ?? [];
  const others = items.filter(({ current }) => !current).length;
  const nameOf = ({ userAgent }: OwnSession): string => {
    const found = browserName(userAgent);
    return found === undefined ? say.unknown : say.on(found.browser, found.system);
  };
  const end = (title: string, act: (password?: string) => Promise<unknown>) => {
    setRefused(null);
    void doProven(title, async (password) => {
      await act(password);
      await queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    });
  };
  return (
    <Card
      title={say.title}
      right={
        others > 1 && (
          <Button size="xs" onClick={() => end(say.endOthers(others), endOtherSessions)}>
            {say.endOthers(others)}
          </Button>
        )
      }
    >
      <div className={classes.inCard}>
        <p className={classes.explain}>{say.explain}</p>
        <Problem error={refused ?? sessions.error} />
      </div>
      {sessions.isPending ? (
        <LoadingBlock what={say.title} />
      ) : (
        <ul className={classes.sessions}>
          {items.map((session) => (
            <li key={session.id}>
              <div className={classes.what}>
                {nameOf(session)} {session.current && <Chip>{say.current}</Chip>}
                <p>
                  {[
                    say.opened(formatMoment(session.createdAt)),
                    say.from(session.address),
                    say.seen(formatMoment(session.seenAt)),
                  ].join(' · ')}
                </p>
              </div>
              {!session.current && (
                <Button
                  size="xs"
                  aria-label={say.endLabel(`${nameOf(session)}, ${formatMoment(session.createdAt)}`)}
                  onClick={() => end(say.end, (password) => endSession(session.id, password))}
                >
                  {say.end}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {dialog}
    </Card>
  );
}
