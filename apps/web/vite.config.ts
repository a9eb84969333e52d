import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Files stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    // The chart chunk is about 200 kB gzipped and loaded only by the screens that draw one.
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
