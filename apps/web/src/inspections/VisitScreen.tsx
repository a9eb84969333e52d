import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { SubjectName } from './SubjectName';
import { inspectionQuery } from './queries';
import { VisitForm } from './VisitForm';

/** One visit, written down on a telephone at the place. */
export function VisitScreen() {
  const words = useWords();
  const session = useSession();
  const { id } = useParams({ from: '/frame/inspections/$id/visit' });
  const found = useQuery({ ...inspectionQuery(Number(id)), gcTime: Infinity });
  return (
    <>
      <PageHead title={words.visit.title}>
        <Link to="/inspections/$id" params={{ id }} className={table.link}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {words.visit.back}
        </Link>
      </PageHead>
      {found.data !== undefined ? (
        <>
          <p>
            <SubjectName inspection={found.data} />
          </p>
          <VisitForm key={session.username} inspection={found.data} username={session.username} />
        </>
      ) : found.isError ? (
        <FailedState error={found.error} what={words.visit.what} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingBlock what={words.visit.what} />
      )}
    </>
  );
}
