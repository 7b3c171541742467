import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkerTextEngine } from '../../../server/text-engine/worker-engine.ts';
import { HistorySession } from '../../support/history-session.ts';
import { ALICE, CHAPTER, OTHER, REPORT } from './office.ts';

let folder: string;

/** The worker as the built server has it: one file of JavaScript. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'text-engine-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: 'server/text-engine/worker.ts',
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
    ssr: { noExternal: true },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('[HI16] the past is told alike in the worker’s own thread', async () => {
  const { office, head } = new HistorySession(12, 3).run(120);
  const worker = new WorkerTextEngine(join(folder, 'worker.mjs'), (fault) => {
    throw new Error(fault.message);
  });
  worker.open(REPORT);
  const entries = office.log.map(({ seq, at, author, subject, text }) => ({ seq, at, author, chapter: subject, ...text }));
  worker.feed(REPORT, entries);
  const chapters = [CHAPTER, OTHER];
  const [here, there] = await Promise.all(
    [office.engine, worker].map(async (engine) => ({
      at: await engine.history(REPORT, 'at', { chapter: CHAPTER, seq: 60 }),
      blame: await engine.history(REPORT, 'blame', { chapter: OTHER, seq: head }),
      diff: await engine.history(REPORT, 'diff', { chapters, from: 30, to: head, context: true }),
      sums: await engine.history(REPORT, 'sums', { windows: [{ after: 10, to: 90, chapters }] }),
      contributions: await engine.history(REPORT, 'contributions', { chapters, seq: head }),
      changed: await engine.history(REPORT, 'changed', { chapters, since: 40, to: head, reader: ALICE }),
      story: await engine.history(REPORT, 'story', { chapter: CHAPTER, block: '1.0', ids: [] }),
    })),
  );
  expect(there).toEqual(here);
  expect(here!.diff.chapters.every(({ blocks }) => blocks.length > 0)).toBe(true);
  expect(here!.story!.wordings.length).toBeGreaterThan(0);
  await worker.stop();
});
