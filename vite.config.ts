import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const file = (path: string) => join(import.meta.dirname, path);
/** Where `npm run dev` finds the server: the same HOST and PORT that it listens on. */
const server = `${process.env['HOST'] ?? '127.0.0.1'}:${process.env['PORT'] ?? '4600'}`;

const proof = process.env['GONGBI_PROOF'] === '1';

/** Real processes, long rounds. */
const SLOW = [
  'test/fuzz/**/*.test.ts',
  'test/durability/**/*.test.ts',
  'test/scripts/**/*.test.ts',
  'test/client/connection/storm.test.ts',
];
/** A browser, a server and two people need the machine for themselves. */
const BROWSER = 'test/e2e/**/*.test.ts';

/** Tests that run together, after those of the groups before; `npm run check` runs the quick ones only. */
const group = (groupOrder: number, name: string, test: { include: string[]; exclude?: string[]; maxWorkers: number }) => ({
  extends: true as const,
  test: { ...test, name, exclude: ['**/node_modules/**', ...(test.exclude ?? [])], sequence: { groupOrder } },
});

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
    environment: 'node',
    // Long rounds (npm run proof) take minutes; a loaded machine takes its time.
    testTimeout: proof ? 900_000 : 60_000,
    hookTimeout: 120_000,
    projects: [
      group(0, 'quick', { include: ['test/**/*.test.{ts,tsx}'], exclude: [...SLOW, BROWSER], maxWorkers: 2 }),
      group(1, 'slow', { include: SLOW, maxWorkers: 1 }),
      // A whole round of two people through the history, and reading on two devices: minutes, so for `npm run proof -- history`.
      group(2, 'browser', { include: [BROWSER], exclude: proof ? [] : ['test/e2e/history/{round,unread}.test.ts'], maxWorkers: 1 }),
    ],
  },
}));
