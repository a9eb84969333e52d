import { IconMessageCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { Choice } from '../frame/Choice';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { MoreRows } from '../frame/MoreRows';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { AnswerCard } from './AnswerCard';
import classes from './answers.module.css';
import { DecisionForm } from './DecisionForm';
import { answersQuery } from './queries';

/** What units answered: what waits for a decision first, the one that is due first on top. */
export function AnswersScreen() {
  const { answers: say } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/answers' });
  const isOpen = search.show !== 'all';
  const read = useInfiniteQuery(answersQuery(isOpen ? 'open' : undefined));
  const first = read.data?.pages[0];
  const all = read.data?.pages.flatMap((page) => page.items) ?? [];
  const items = isOpen ? [...all].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id)) : all;
  const decides = session.permissions.includes('answers.decide');
  return (
    <>
      <PageHead title={say.title} actions={<ExportLink list="answers" />}>
        {first?.illustrative === true && <Marking />}
      </PageHead>
      <Choice
        label={say.show}
        value={isOpen ? 'open' : 'all'}
        options={[
          { value: 'open', label: say.filters.open },
          { value: 'all', label: say.filters.all },
        ]}
        onChange={(show) => void navigate({ to: '/answers', search: show === 'all' ? { show } : {}, replace: true })}
      />
      {read.isError && first === undefined ? (
        <FailedState error={read.error} what={say.what} onRetry={() => void read.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={say.what} />
      ) : items.length === 0 ? (
        <StateBox icon={<IconMessageCheck size={22} />} title={isOpen ? say.noneOpen : say.none}>
          <p>{say.noneBody}</p>
        </StateBox>
      ) : (
        <div className={classes.list}>
          {items.map((item) => (
            <AnswerCard key={item.id} answer={item}>
              {decides && item.state === 'open' && <DecisionForm answer={item} />}
            </AnswerCard>
          ))}
          <MoreRows query={read} shown={all.length} total={first.total} />
        </div>
      )}
    </>
  );
}
