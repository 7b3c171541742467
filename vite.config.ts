import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Client build (default), server build (`vite build --ssr`, see scripts/build.mjs) and tests (vitest reads this file too). */
export default defineConfig(({ isSsrBuild }) => ({
  root: 'client',
  plugins: [react()],
  build: isSsrBuild
    ? {
        outDir: '../dist-server',
        emptyOutDir: true,
        target: 'node20',
        rollupOptions: { input: { main: 'server/main.ts', worker: 'server/text-engine/worker.ts' } },
      }
    : { outDir: '../dist', emptyOutDir: true, target: 'es2022' },
  ssr: { noExternal: [] },
  test: {
    root: '.',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
}));
