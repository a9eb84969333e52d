import { accountRoutes } from './accounts';
import { bookRoutes } from './books';
import { documentRoutes } from './documents';
import { followupRoutes } from './followup';
import { frameRoute } from './frame';
import { inspectionRoutes } from './inspections';
import { monthRoutes } from './months';
import { noticeRoutes } from './notices';
import { rootRoute } from './root';
import { settingsRoutes } from './settings';
import { signInRoutes } from './sign-in';
import { unitRoutes } from './units';

export const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  frameRoute.addChildren([
    ...monthRoutes,
    ...unitRoutes,
    ...bookRoutes,
    ...noticeRoutes,
    ...inspectionRoutes,
    ...followupRoutes,
    ...documentRoutes,
    ...settingsRoutes,
    ...accountRoutes,
  ]),
]);
