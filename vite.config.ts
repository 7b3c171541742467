import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const file = (path: string) => join(import.meta.dirname, path);
/** Where `npm run dev` finds the server: the same HOST and PORT that it listens on. */
const server = `${process.env['HOST'] ?? '127.0.0.1'}:${process.env['PORT'] ?? '4600'}`;

/** Client build (default), server build (`vite build --ssr`, see scripts/lib/build.mjs) and tests (vitest reads this file too). */
export default defineConfig(({ isSsrBuild }) => ({
  root: 'client',
  plugins: [react()],
  build: isSsrBuild
    ? {
        outDir: '../dist-server',
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rolldownOptions: {
          input: {
            main: file('server/main.ts'),
            worker: file('server/text-engine/worker.ts'),
            press: file('server/export/press-child.ts'),
          },
          output: { entryFileNames: '[name].js' },
        },
      }
    : { outDir: '../dist', emptyOutDir: true, target: 'es2022' },
  server: {
    proxy: { '/api': `http://${server}`, '/healthz': `http://${server}`, '/sync': { target: `ws://${server}`, ws: true } },
  },
  test: {
    root: '.',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // A whole round of two people through the history, and reading on two devices: minutes, so for `npm run proof -- history`.
    exclude: ['**/node_modules/**', ...(process.env['GONGBI_PROOF'] === '1' ? [] : ['test/e2e/history/{round,unread}.test.ts'])],
    environment: 'node',
    // Long rounds (npm run proof) take minutes; a loaded machine takes its time.
    testTimeout: process.env['GONGBI_PROOF'] === '1' ? 900_000 : 60_000,
    hookTimeout: 120_000,
  },
}));
