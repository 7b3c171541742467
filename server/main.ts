import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, isLoopback, readConfig } from './config.ts';
import { type App, createApp } from './create-app.ts';
import { startPress } from './export/start.ts';
import { type Invitation, prepareHouse } from './first-start.ts';
import { openHouseKeys } from './house-keys.ts';
import { createDiagnosticLog, type DiagnosticLog } from './log.ts';
import { openStorage } from './storage/open-storage.ts';
import { sha256 } from './storage/sha256.ts';
import { systemClock, systemIds, systemScheduler } from './system.ts';
import { startTextEngine } from './text-engine/start.ts';

/** How long a stop may take; after it the process ends whatever is under way. What was acknowledged is on disk at any time. */
const STOP_MS = 9_000;

const log = createDiagnosticLog((line) => process.stderr.write(line), systemClock.now);

/** The built client lies beside the built server. */
function webRoot(): string | null {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../dist');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}

async function start(config: Config): Promise<void> {
  const storage = await openStorage({ adapter: 'embedded', folder: config.dataFolder, warn: (message) => log.write('warn', message) });
  const app = createApp({
    storage,
    engine: startTextEngine((fault) => log.write('error', 'text engine', { ...fault })),
    press: startPress(join(config.dataFolder, 'fonts')),
    keys: await openHouseKeys(join(config.dataFolder, 'seal-key.json'), systemClock.now()),
    clock: systemClock,
    scheduler: systemScheduler,
    ids: systemIds,
    sha256,
    log,
    origins: config.origins,
    secureCookies: config.secureCookies,
    webRoot: webRoot(),
  });
  try {
    const port = await app.listen(config.port, config.host);
    const { host, empty, reset } = config;
    const invitations = await prepareHouse({ app, records: storage.records, ids: systemIds, host, empty, reset });
    process.stdout.write(welcome(config, port, invitations));
  } catch (error) {
    await app.close();
    throw error;
  }
  stopOnSignal(app, log);
}

function welcome(config: Config, port: number, invitations: readonly Invitation[]): string {
  const base = config.origins[0] ?? `http://${pageHost(config.host)}:${port}`;
  const lines = [`Gongbi 公笔 is ready: ${base}/`, `Data folder: ${config.dataFolder}`];
  const setUp = invitations.find((one) => one.kind === 'set-up');
  if (setUp !== undefined) lines.push('', 'Set the house up (once, within 7 days):', `  ${base}${setUp.path}`);
  const signIns = invitations.filter((one) => one.kind === 'sign-in');
  if (signIns.length > 0) {
    lines.push(
      '',
      signIns.length === 1
        ? 'One-time sign-in link:'
        : 'One-time sign-in links (open two of them in two browsers or profiles to write together):',
    );
    for (const { name, path } of signIns) lines.push(`  ${name}  ${base}${path}`);
  }
  return `${lines.join('\n')}\n`;
}

function pageHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function stopOnSignal(app: App, diagnostics: DiagnosticLog): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      diagnostics.write('error', 'stopping took too long');
      process.exit(1);
    }, STOP_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        diagnostics.write('error', 'stopping failed', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** One sentence for what a person can do something about. */
function plainReason(error: unknown, config: Config | null): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (config !== null && code === 'EADDRINUSE')
    return `Port ${config.port} on ${config.host} is in use. Stop the other program, or set PORT to another number.`;
  if (config !== null && code === 'EACCES') return `Port ${config.port} may not be opened by this user. Set PORT to a number above 1023.`;
  if (config !== null && (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'))
    return `This machine has no address ${config.host}. Set HOST to one that it has.`;
  return error instanceof Error ? error.message : String(error);
}

let config: Config | null = null;
try {
  config = readConfig(process.env, process.argv.slice(2));
  if (!isLoopback(config.host)) log.write('info', 'reachable from other machines', { host: config.host });
  await start(config);
} catch (error) {
  process.stderr.write(`Gongbi cannot start. ${plainReason(error, config)}\n`);
  process.exit(1);
}
