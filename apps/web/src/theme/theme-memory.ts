import { localStorageColorSchemeManager } from '@mantine/core';

/** The same key that public/first-paint.js reads before anything is drawn. */
export const themeMemory = localStorageColorSchemeManager({ key: 'theme' });
