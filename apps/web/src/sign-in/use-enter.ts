import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../client/queries';
import type { Session } from '../client/types';

/** Goes in as the person who has just signed in. */
export function useEnter(): (session: Session, to: string) => void {
  const router = useRouter();
  const queryClient = useQueryClient();
  return (session, to) => {
    // Nothing read by the person before may be shown to the one who signs in now.
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'instance' });
    queryClient.setQueryData(sessionQuery.queryKey, session);
    router.history.push(to);
  };
}
