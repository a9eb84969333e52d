import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { instanceQuery, unitsQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { sourcesQuery } from '../client/queries';
import { decisionQuery } from './queries';
import { DecisionForm } from './DecisionForm';

/** Recording a decision: its head, what it assigns in all, its lines, and whether they fit, while typing. */
export function NewDecisionScreen() {
  const words = useWords();
  const session = useSession();
  const search = useSearch({ from: '/frame/decisions/new' });
  const instance = useQuery(instanceQuery);
  const units = useQuery(unitsQuery());
  const sources = useQuery(sourcesQuery);
  const root = useQuery({ ...decisionQuery(String(search.details ?? 0)), enabled: search.details !== undefined });
  const { newDecision: say } = words.capital;
  if (session.role !== 'staff')
    return (
      <StateBox heading="h1" icon={<IconLock size={22} />} title={words.state.forbiddenTitle}>
        <p>{say.onlyStaff}</p>
      </StateBox>
    );
  const year = search.year ?? Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const isReady =
    units.data !== undefined &&
    sources.data !== undefined &&
    year > 0 &&
    (search.details === undefined || root.data !== undefined || root.isError);
  return (
    <>
      <PageHead title={say.title} />
      {isReady ? (
        <DecisionForm year={year} units={units.data ?? []} sources={sources.data ?? []} root={root.data} />
      ) : (
        <LoadingBlock what={say.title} />
      )}
    </>
  );
}
