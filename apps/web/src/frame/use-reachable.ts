import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Refusal } from '../client/refusal';

/**
 * Whether the server answers: false when the browser is offline or when any read on screen last failed
 * without an answer (the computer may well have a network while the server does not).
 */
export function useReachable(): boolean {
  const queryClient = useQueryClient();
  const cache = queryClient.getQueryCache();
  return useSyncExternalStore(
    (notify) => {
      const unsubscribe = cache.subscribe(notify);
      window.addEventListener('online', notify);
      window.addEventListener('offline', notify);
      return () => {
        unsubscribe();
        window.removeEventListener('online', notify);
        window.removeEventListener('offline', notify);
      };
    },
    () =>
      navigator.onLine &&
      !cache.getAll().some((query) => {
        const failure = query.state.error ?? query.state.fetchFailureReason;
        return query.isActive() && failure instanceof Refusal && failure.isUnreachable;
      }),
  );
}
