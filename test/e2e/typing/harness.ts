import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { writeFigures } from '../../support/figures.ts';
import { Room } from './room.ts';

const pageFolder = fileURLToPath(new URL('./page', import.meta.url));

/** Long rounds are for `npm run proof`. */
export const proof = process.env['GONGBI_PROOF'] === '1';

export type Scenario = (id: string, sentence: string, run: (room: Room) => Promise<void>, timeout?: number) => void;

/** What came of the scenarios: written where `npm run proof` reads it. */
export type Tally = { passed: number; of: number; failed: string[]; ids: string[]; figures: Record<string, number> };

/** Passed of how many, for each kind of scenario: `TY-IME-12` counts under `IME`, `TY-C12` under `C`. */
function families({ ids, failed }: Tally): Record<string, string> {
  const counts = new Map<string, { passed: number; of: number }>();
  for (const id of ids) {
    const family = /^TY-([A-Z]+)/.exec(id)?.[1] ?? 'other';
    const count = counts.get(family) ?? { passed: 0, of: 0 };
    counts.set(family, { passed: count.passed + (failed.includes(id) ? 0 : 1), of: count.of + 1 });
  }
  return Object.fromEntries([...counts].map(([family, { passed, of }]) => [family, `${passed}/${of}`]));
}

/**
 * Builds the bare page, serves it from this process, starts one Chromium with two contexts, and registers scenarios as tests in it.
 * A scenario begins its own chapter; the pages stay open between scenarios.
 */
export function typingScenarios(): {
  scenario: Scenario;
  tally: Tally;
  /** A second room in contexts of its own whose clock the test can put forward; opened when first asked for. */
  clockedRoom: () => Promise<Room>;
} {
  const tally: Tally = { passed: 0, of: 0, failed: [], ids: [], figures: {} };
  let stage: Stage | null = null;
  const open = (): Stage => {
    if (stage === null) throw new Error('The typing page is not open.');
    return stage;
  };

  beforeAll(async () => {
    stage = await Stage.set();
  }, 120_000);

  afterAll(async () => {
    await stage?.close();
    writeFigures('typing', { passed: tally.passed, of: tally.of, failed: tally.failed.join(' '), ...families(tally), ...tally.figures });
  });

  const scenario: Scenario = (id, sentence, run, timeout = 30_000) => {
    it(`[${id}] ${sentence}`, { timeout }, async () => {
      tally.of += 1;
      tally.ids.push(id);
      tally.failed.push(id);
      await run(open().room);
      tally.passed += 1;
      tally.failed.splice(tally.failed.indexOf(id), 1);
    });
  };
  return { scenario, tally, clockedRoom: () => open().clockedRoom() };
}

class Stage {
  readonly browser: Browser;
  readonly room: Room;
  readonly address: string;
  private readonly server: Server;
  private readonly folder: string;

  private constructor(browser: Browser, room: Room, address: string, server: Server, folder: string) {
    this.browser = browser;
    this.room = room;
    this.address = address;
    this.server = server;
    this.folder = folder;
  }

  static async set(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'gongbi-typing-'));
    const [browser] = await Promise.all([
      launchBrowser(),
      build({
        root: pageFolder,
        configFile: false,
        logLevel: 'error',
        build: { outDir: folder, emptyOutDir: true, minify: false, sourcemap: 'inline' },
      }),
    ]);
    const server = await serve(folder);
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const room = await Room.open(await twoContexts(browser), address);
    return new Stage(browser, room, address, server, folder);
  }

  private clocked: Promise<Room> | null = null;

  clockedRoom(): Promise<Room> {
    this.clocked ??= twoContexts(this.browser).then((contexts) => Room.open(contexts, this.address, true));
    return this.clocked;
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function twoContexts(browser: Browser): Promise<[BrowserContext, BrowserContext]> {
  return [await browser.newContext(), await browser.newContext()];
}

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (body) => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
