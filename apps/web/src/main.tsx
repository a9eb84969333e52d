import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { requestContext } from './client/client';
import { queryClient } from './client/query-client';
import { sessionQuery } from './client/queries';
import { router } from './router';
import { theme } from './theme/theme';
import { themeMemory } from './theme/theme-memory';
import { WordsProvider } from './words/words-provider';

requestContext.onSignedOut = () => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  requestContext.csrfToken = null;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  void router.navigate({ to: '/sign-in', search: { from: href } });
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        colorSchemeManager={themeMemory}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <WordsProvider>
          <RouterProvider router={router} />
        </WordsProvider>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
