import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './frame';

const ownSecurityRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/own-security',
  component: lazyRouteComponent(() => import('../security/SecurityScreen'), 'SecurityScreen'),
});

const accountsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/accounts',
  component: lazyRouteComponent(() => import('../accounts/AccountsScreen'), 'AccountsScreen'),
});

const inviteRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/accounts/new',
  component: lazyRouteComponent(() => import('../accounts/InviteScreen'), 'InviteScreen'),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/accounts/$id',
  component: lazyRouteComponent(() => import('../accounts/AccountScreen'), 'AccountScreen'),
});

const tokensRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../accounts/TokensScreen'), 'TokensScreen'),
});

export const accountRoutes = [ownSecurityRoute, accountsRoute, inviteRoute, accountRoute, tokensRoute] as const;
