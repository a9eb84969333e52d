import { QueryClient } from '@tanstack/react-query';
import { Refusal } from './refusal';

const RETRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Ask even when the browser believes it is offline: many offices have a local network and no internet.
      networkMode: 'always',
      refetchOnReconnect: true,
      refetchOnWindowFocus: true,
      // A refusal is an answer; only silence and server faults are worth asking again.
      retry: (failures, error) =>
        failures < RETRIES && (!(error instanceof Refusal) || error.isUnreachable || error.status >= 500),
      retryDelay: (failures) => 600 * 2 ** failures,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
