import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { resolve } from 'node:path';

interface Holder {
  readonly pid: number;
  /** Start of the process in clock ticks since the machine started, where the system tells: a pid alone may be another's by now. */
  readonly started: string | null;
  /** The machine's start, where the system tells. */
  readonly boot: string | null;
}

/** Folders this very process holds: its own pid in a lock file proves nothing (a container gives every start the same pid). */
const held = new Set<string>();

/**
 * Takes the folder for this process by an exclusively created `lock` file that says who. A lock whose process no longer lives is taken over.
 * @throws Error that says plainly who has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const key = resolve(folder);
  const path = `${folder}/lock`;
  if (held.has(key)) throw new Error(`The data folder ${folder} is already open in this process.`);
  held.add(key);
  try {
    await claim(folder, path);
  } catch (error) {
    held.delete(key);
    throw error;
  }
  return async () => {
    await fs.rm(path, { force: true });
    held.delete(key);
  };
}

async function claim(folder: string, path: string): Promise<void> {
  const own = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  await fs.writeFile(own, JSON.stringify(await holderOf(process.pid)), { mode: 0o600 });
  try {
    // A few rounds: whoever takes over a dead process's lock may meet others doing the same.
    for (let round = 0; round < 5; round++) {
      if (await linkedExclusively(own, path)) return;
      const text = await readText(path);
      if (text === null) continue;
      const holder = parseHolder(text);
      if (holder !== null && (await lives(holder))) throw new Error(inUse(folder, holder.pid));
      await takeAway(path, text);
    }
    throw new Error(inUse(folder, null));
  } finally {
    await fs.rm(own, { force: true });
  }
}

function inUse(folder: string, pid: number | null): string {
  const who = pid === null ? 'another process' : `process ${pid}`;
  return `The data folder ${folder} is in use by ${who}. Two servers must never write one folder: stop the other one, or choose another folder.`;
}

/** `link` creates the name with its content in one step, and only if it is free. */
async function linkedExclusively(own: string, path: string): Promise<boolean> {
  try {
    await fs.link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock judged dead, and only that one: between judging and removing, somebody else may have put theirs there. */
async function takeAway(path: string, judged: string): Promise<void> {
  const aside = `${path}.old.${randomBytes(6).toString('hex')}`;
  try {
    await fs.rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readText(aside)) !== judged) await linkedExclusively(aside, path);
  await fs.rm(aside, { force: true });
}

async function lives(holder: Holder): Promise<boolean> {
  if (holder.pid === process.pid) {
    // Not held by us (see `held`), so it is what an earlier process of the same number left behind.
    return false;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const now = await holderOf(holder.pid);
  const same = (then: string | null, today: string | null) => then === null || today === null || then === today;
  return same(holder.boot, now.boot) && same(holder.started, now.started);
}

async function holderOf(pid: number): Promise<Holder> {
  const stat = await readText(`/proc/${pid}/stat`);
  const boot = await readText('/proc/sys/kernel/random/boot_id');
  // Field 22; the second field, in brackets, may hold spaces.
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  return { pid, started, boot: boot?.trim() ?? null };
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null;
    const started = 'started' in value && typeof value.started === 'string' ? value.started : null;
    const boot = 'boot' in value && typeof value.boot === 'string' ? value.boot : null;
    return { pid: value.pid, started, boot };
  } catch {
    return null;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
