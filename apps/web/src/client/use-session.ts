import { useRouteContext } from '@tanstack/react-router';
import type { Session } from './types';

/** The person signed in. Only for components inside the frame, whose route lets nobody else in. */
export function useSession(): Session {
  return useRouteContext({ from: '/frame', select: (context) => context.session });
}
