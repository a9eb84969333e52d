import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../client/commands';

/**
 * A command of this screen. One Idempotency-Key until it is refused with an answer: pressing again after a lost answer
 * repeats the command, a mended one is another. What it changes reaches every screen that shows the books.
 */
export function useAnswer(run: (key: string) => Promise<unknown>, onDone: () => void) {
  const queryClient = useQueryClient();
  const [key, setKey] = useState(newIdempotencyKey);
  return useMutation({
    mutationFn: () => run(key),
    onSuccess: async () => {
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'instance',
      });
      onDone();
    },
    onError: () => setKey(newIdempotencyKey()),
  });
}
