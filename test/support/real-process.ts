import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Api } from '../../client/api/http.ts';
import { createApi } from '../../client/api/http.ts';
import { keptBuild } from '../../scripts/lib/build.mjs';
import type { Me } from '../../shared/api.ts';
import type { ReportId } from '../../shared/ids.ts';

/** The product as it ships, in a process of its own on a folder of its own. */
export interface RealProcess {
  readonly url: string;
  readonly folder: string;
  /** Everything it printed since it was last started. */
  readonly lines: readonly string[];
  /** The power is cut, as far as a process can feel it. Resolves when it is dead. */
  kill(): Promise<void>;
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number | null>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  dispose(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** @param args what would stand behind `npm start --` */
export async function startRealProcess(args: readonly string[] = []): Promise<RealProcess> {
  const main = join(await keptBuild(), 'dist-server/main.js');
  const folder = mkdtempSync(join(tmpdir(), 'gongbi-real-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  let lines: string[] = [];

  function launch(): Promise<void> {
    lines = [];
    const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), GONGBI_DATA: join(folder, 'data') };
    const started = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`The server ended with ${code}:\n${lines.join('\n')}`));
      started.once('exit', ended);
      const hear = (line: string) => {
        lines.push(line);
        if (!line.startsWith('Data folder:')) return;
        started.off('exit', ended);
        resolve();
      };
      createInterface({ input: started.stdout }).on('line', hear);
      createInterface({ input: started.stderr }).on('line', (line) => lines.push(line));
    });
  }

  function end(signal: NodeJS.Signals): Promise<number | null> {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return Promise.resolve(running?.exitCode ?? null);
    return new Promise((resolve) => {
      running.once('exit', (code) => resolve(code));
      running.kill(signal);
    });
  }

  await launch();
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    get lines() {
      return lines;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    restart: launch,
    async dispose() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody signed in at a real process: the cookie a browser would hold, and the interface as that person. */
export interface SignedIn {
  readonly me: Me;
  readonly cookie: string;
  readonly api: Api;
}

async function exchange(url: string, path: string, body: unknown): Promise<SignedIn> {
  const response = await fetch(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return { me: (await response.json()) as Me, cookie, api: createApi({ fetch, origin: url, headers: { cookie } }) };
}

/** The secret of the set-up link that a process started with `--empty` prints. */
export async function setUpSecret(server: RealProcess): Promise<string> {
  for (let wait = 0; wait < 100; wait++) {
    const found = server.lines.map((line) => line.match(/\/setup\/(\S+)/)?.[1]).find((secret) => secret !== undefined);
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('no set-up link was printed');
}

/** Uses the set-up link. */
export async function setUpHouse(server: RealProcess, name: string): Promise<SignedIn> {
  return exchange(server.url, '/api/setup', { link: await setUpSecret(server), name });
}

/** Invites somebody into a report and signs them in. */
export async function invite(server: RealProcess, owner: SignedIn, report: ReportId, name: string): Promise<SignedIn> {
  const { link } = await owner.api.inviteMember(report, name, 'editor');
  if (link === null) throw new Error('no link was made');
  return exchange(server.url, '/api/session', { link: link.slice(link.lastIndexOf('/') + 1) });
}
