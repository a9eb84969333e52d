import { createRoute, redirect } from '@tanstack/react-router';
import { instanceQuery, sessionQuery } from '../client/queries';
import { Frame } from '../frame/Frame';
import { rootRoute } from './root';

export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    // The marking stands above everything, so it must be known before anything is drawn.
    const [session] = await Promise.all([
      context.queryClient.ensureQueryData(sessionQuery),
      context.queryClient.ensureQueryData(instanceQuery),
    ]);
    if (session === null) {
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { from: location.href } });
    }
    return { session };
  },
  component: Frame,
});
