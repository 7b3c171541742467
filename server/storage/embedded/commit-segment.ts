import { randomBytes } from 'node:crypto';
import type { Disk, DiskFile } from './disk.ts';
import { joinPath } from './disk.ts';
import { encodeHeader, FRAME_HEADER, FrameSeal, HEADER_LENGTH } from './log-file.ts';

/** One preallocated file of the commit log (docs/FORMAT.md §1, §3). */
export interface Segment {
  readonly number: number;
  readonly path: string;
  readonly file: DiskFile;
  readonly capacity: number;
  readonly seal: FrameSeal;
  /** End of the last committed frame. */
  used: number;
  frames: number;
}

/** Zeros after a frame: "here it ends", even where an earlier use left other bytes. */
export const END_MARK = FRAME_HEADER;
const SEGMENT_NAME = /^(\d{10})\.gyc$/;
const SPARE = 'spare.gyc';
const FILL_STEP = 1024 * 1024;

export function segmentPath(folder: string, number: number): string {
  return joinPath(folder, `${String(number).padStart(10, '0')}.gyc`);
}

/** Numbers of the segments in the folder, in order. */
export async function segmentNumbers(disk: Disk, folder: string): Promise<number[]> {
  const names = await disk.list(folder);
  return names.flatMap((name) => SEGMENT_NAME.exec(name)?.[1] ?? []).map(Number);
}

/** Room that a segment must have for a frame of this length. */
export function roomFor(frameLength: number): number {
  return HEADER_LENGTH + frameLength + END_MARK;
}

/** Resolves when the empty segment and its name are on the medium. Takes the spare one if there is one that is large enough. */
export async function createSegment(disk: Disk, folder: string, number: number, capacity: number): Promise<Segment> {
  const salt = new Uint8Array(randomBytes(8));
  const start = new Uint8Array(HEADER_LENGTH + END_MARK);
  start.set(encodeHeader({ kind: 'commit', salt, number, report: '' }));
  const path = segmentPath(folder, number);
  const spare = joinPath(folder, SPARE);
  const reused = (await disk.list(folder)).includes(SPARE) ? await disk.open(spare, 'existing') : null;
  const size = reused === null ? 0 : await reused.size();
  const usable = reused !== null && size >= capacity;
  if (reused !== null && !usable) await reused.close();
  const fresh = `${path}.tmp`;
  if (!usable) await disk.remove(fresh);
  const made = usable ? reused : await disk.open(fresh, 'create');
  let file: DiskFile;
  try {
    if (!usable) await fill(made, capacity);
    await made.commit(start, 0);
    await disk.rename(usable ? spare : fresh, path);
    await disk.syncFolder(folder);
    file = await disk.open(path, 'synced');
  } finally {
    await made.close().catch(() => {});
  }
  return { number, path, file, capacity: usable ? size : capacity, seal: new FrameSeal(salt), used: HEADER_LENGTH, frames: 0 };
}

async function fill(file: DiskFile, length: number): Promise<void> {
  const zeros = new Uint8Array(Math.min(length, FILL_STEP));
  for (let at = 0; at < length; at += zeros.length) await file.write(zeros.subarray(0, Math.min(zeros.length, length - at)), at);
}

/** Lets go of segments whose entries are all at home: one is kept for use, the others are deleted. Gone for good when it resolves. */
export async function recycleSegments(disk: Disk, folder: string, numbers: readonly number[], keepSpare: boolean): Promise<void> {
  if (numbers.length === 0) return;
  let wanted = keepSpare && !(await disk.list(folder)).includes(SPARE);
  for (const number of numbers) {
    const path = segmentPath(folder, number);
    if (wanted) await disk.rename(path, joinPath(folder, SPARE));
    else await disk.remove(path);
    wanted = false;
  }
  await disk.syncFolder(folder);
}
