import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));

/** Tinos: metric-compatible with Times New Roman, every Vietnamese letter, free to embed (OFL). Paths of the files. */
export const TINOS = {
  normal: join(folder, '400Regular/Tinos_400Regular.ttf'),
  bold: join(folder, '700Bold/Tinos_700Bold.ttf'),
  italics: join(folder, '400Regular_Italic/Tinos_400Regular_Italic.ttf'),
  bolditalics: join(folder, '700Bold_Italic/Tinos_700Bold_Italic.ttf'),
} as const;
