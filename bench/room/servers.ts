import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One server under measurement: how to reach a chapter's room, and what it has cost so far. */
export interface Subject {
  readonly name: 'gongbi' | 'hocuspocus' | 'floor';
  readonly port: number;
  /** The product's page, for what only a browser can show; null for peers. */
  readonly site: Site | null;
  /** Rooms made for this run: `reports` × `chapters`. */
  rooms(reports: number, chapters: number): Promise<readonly Room[]>;
  /** CPU time of the whole process so far (all threads), ms; the kernel counts in ticks of 10 ms. */
  cpuMs(): number;
  stop(): Promise<void>;
}

export interface Site {
  readonly origin: string;
  /** `name=value` of a signed-in member. */
  readonly cookie: string;
  /** Creates a report from plain text. `room` is its first chapter's. */
  importText(text: string): Promise<{ readonly report: string; readonly room: Room }>;
}

export interface Room {
  readonly url: string;
  /** What the n-th person of a room sends to be let in. */
  headers(person: number): Readonly<Record<string, string>>;
  /** Hocuspocus multiplexes documents: every frame starts with the document's name. */
  readonly prefix: string | null;
}

const TICK_MS = 10;
/** People who share the sockets of a run. */
const CREW = 10;

function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function startChild(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  ready: RegExp,
): Promise<{ child: ChildProcess; match: RegExpMatchArray; lines: string[] }> {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  return await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}: ${lines.join('\n')}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      lines.push(line);
      const match = line.match(ready);
      if (match !== null) resolve({ child, match, lines });
    });
  });
}

async function stopChild(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(force);
  rmSync(folder, { recursive: true, force: true });
}

export async function startPeer(name: 'hocuspocus' | 'floor', script: string): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), `gongbi-bench-${name}-`));
  const { child, match } = await startChild(script, [folder], process.env, /^listening (\d+)$/);
  const port = Number(match[1]);
  return {
    name,
    port,
    site: null,
    async rooms(reports, chapters) {
      return Array.from({ length: reports * chapters }, (_, index) =>
        name === 'floor'
          ? { url: `ws://127.0.0.1:${port}/room-${index}`, headers: () => ({}), prefix: null }
          : { url: `ws://127.0.0.1:${port}/`, headers: () => ({}), prefix: `room-${index}` },
      );
    },
    cpuMs: () => cpuMsOf(child.pid!),
    stop: () => stopChild(child, folder),
  };
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** The product as it ships: the built server on an empty data folder, reached by a script token. */
export async function startGongbi(main: string): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'gongbi-bench-gongbi-'));
  const port = await freePort();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), GONGBI_DATA: folder };
  const { child, match } = await startChild(main, ['--empty'], env, /\/setup\/([A-Za-z0-9_-]+)/);
  const origin = `http://127.0.0.1:${port}`;
  const post = async (
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<{ data: Record<string, unknown>; response: Response }> => {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return { data: (await response.json()) as Record<string, unknown>, response };
  };
  const setUp = await post('/api/setup', { link: match[1], name: '测速员' }, {});
  const cookie = (setUp.response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const token = String((await post('/api/tokens', { label: 'bench' }, { cookie })).data['token']);
  const headers = { authorization: `Bearer ${token}` };
  const crew: { readonly member: string; readonly cookie: string }[] = [];
  /** Ten colleagues share the sockets, as an office would; one member alone would meet the limit of sockets. */
  async function addCrew(report: string): Promise<void> {
    const path = `/api/reports/${report}/members`;
    for (const { member } of crew) await post(path, { member, role: 'editor' }, headers);
    while (crew.length < CREW) {
      const { data } = await post(path, { name: `测速员${crew.length + 1}`, role: 'editor' }, headers);
      const signedIn = await post('/api/session', { link: String(data['link']).split('/').at(-1) }, {});
      crew.push({ member: String(data['member']), cookie: (signedIn.response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' });
    }
  }
  const roomOf = (report: string, chapter: string): Room => ({
    url: `ws://127.0.0.1:${port}/sync/${report}/${chapter}?protocol=1&schema=1`,
    headers: (person) => (crew.length === 0 ? headers : { cookie: crew[person % crew.length]!.cookie }),
    prefix: null,
  });
  const site: Site = {
    origin,
    cookie,
    async importText(text) {
      const report = String((await post('/api/import', { text }, headers)).data['id']);
      const state = (await (await fetch(`${origin}/api/reports/${report}`, { headers })).json()) as {
        outline: { nodes: { id: string; kind: string }[] };
      };
      const chapter = state.outline.nodes.find((node) => node.kind !== 'part');
      if (chapter === undefined) throw new Error('the imported report has no chapter');
      return { report, room: roomOf(report, chapter.id) };
    },
  };
  return {
    name: 'gongbi',
    port,
    site,
    async rooms(reports, chapters) {
      const rooms: Room[] = [];
      for (let report = 0; report < reports; report++) {
        const { data } = await post('/api/reports', { title: `测速报告${report}` }, headers);
        const id = String(data['id']);
        await addCrew(id);
        for (let chapter = 0; chapter < chapters; chapter++) {
          const added = await post(
            `/api/reports/${id}/outline`,
            { op: 'add', kind: 'chapter', heading: `第${chapter}章`, parent: null, before: null },
            headers,
          );
          rooms.push(roomOf(id, String(added.data['node'])));
        }
      }
      return rooms;
    },
    cpuMs: () => cpuMsOf(child.pid!),
    stop: () => stopChild(child, folder),
  };
}
