import type * as Y from 'yjs';
import type { RestoreCommand, RestorePreview } from '../../../shared/api/restore.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import type { RestoredRange } from '../../../shared/log/entry.ts';
import { valuesAt } from '../history/walk.ts';
import { describeEdits } from './describe.ts';
import { type Edit, editsOfChapter, editsOfGone, editsOfParagraph, type MarkerValues, type Wording } from './edits.ts';
import { lastTouch, type PlanSource, rootOf } from './plan-source.ts';
import { type Block, blockOf, blocksOf, type Run, runsOf } from './runs.ts';
import { stretchEdits } from './stretch.ts';
import { editsOfUndo } from './undo.ts';
import { copyOf, writeEdits } from './write-edits.ts';

/** What a restore would do, and the text entry that would do it. */
export interface RestorePlan {
  readonly preview: Omit<RestorePreview, 'head' | 'here'>;
  readonly update: Uint8Array;
  readonly restored: readonly RestoredRange[];
}

/** `restore-no-such-text`: it was not there then; `restore-nothing`: it stands as it stood. */
export type RestoreRefusal = 'restore-no-such-text' | 'restore-nothing';

export interface Refused {
  readonly refused: RestoreRefusal;
}

/**
 * Plans a restore on a copy of the chapter: exactly those ids go that did not stand then, exactly those come back that do not stand now,
 * and everything in between, and whatever others are typing, stays under its own ids.
 */
export function planRestore(source: PlanSource, chapter: ChapterId, command: RestoreCommand): RestorePlan | Refused {
  const living = source.text(chapter);
  if (living === null) return { refused: 'restore-no-such-text' };
  const text = copyOf(living);
  const found = editsFor(text, source, chapter, command);
  if (typeof found === 'string') return { refused: found };
  // Before it is written: writing changes the markers that are described.
  const described = describeEdits(found.edits, source.times, chapter);
  const { update, restored } = writeEdits(text, found.edits, chapter);
  if (update.length === 0) return { refused: 'restore-nothing' };
  return { preview: { expect: found.expect, ...described }, update, restored };
}

interface Found {
  readonly edits: readonly Edit[];
  readonly expect: Seq;
}

function editsFor(text: Y.Text, source: PlanSource, chapter: ChapterId, command: RestoreCommand): Found | RestoreRefusal {
  const times = source.times.of(chapter);
  if (command.what === 'undo') {
    const { seq } = command;
    if (source.times.records.get(seq)?.via !== 'restore') return 'restore-no-such-text';
    const undone = editsOfUndo(runsOf(text, times, seq - 1, seq), source.times, chapter, seq);
    return undone.expect === 0 ? 'restore-nothing' : undone;
  }
  const runs = runsOf(text, times, command.seq);
  switch (command.what) {
    case 'chapter':
      return chapterEdits(runs, source, chapter, command.seq);
    case 'paragraph':
      return paragraphEdits(runs, source, chapter, command);
    case 'text':
      return stretchEdits(runs, source, chapter, command) ?? 'restore-no-such-text';
  }
}

function chapterEdits(runs: readonly Run[], { times }: PlanSource, chapter: ChapterId, seq: Seq): Found | RestoreRefusal {
  if (!runs.some((run) => run.was)) return 'restore-no-such-text';
  const edits = editsOfChapter(runs, chapter, times.of(chapter), seq);
  return { edits, expect: lastTouch(runs, 0, runs.length - 1) };
}

function paragraphEdits(
  runs: readonly Run[],
  source: PlanSource,
  chapter: ChapterId,
  { block: key, seq, from }: RestoreCommand & { what: 'paragraph' },
): Found | RestoreRefusal {
  const times = source.times.of(chapter);
  const wording = (of: readonly Run[], block: Block, where: ChapterId): Wording => ({
    runs: of,
    block,
    chapter: where,
    rootOf: (client, clock) => rootOf(source.times, where, client, clock),
  });
  const now = blockOf(runs, key, 'now');
  const then = from === undefined || from === chapter ? blockOf(runs, key, 'was') : null;
  if (now === null) {
    if (then === null) return 'restore-no-such-text';
    const values = without(valuesAt(times, runs[then.end]!.marker!, seq), ['gone', 'moved']);
    return { edits: editsOfGone(wording(runs, then, chapter), values), expect: lastTouch(runs, then.from, then.end) };
  }
  const expect = lastTouch(runs, now.from, now.end);
  const here = wording(runs, now, chapter);
  if (then !== null) {
    const values = valuesAt(times, runs[then.end]!.marker!, seq);
    return { edits: editsOfParagraph(here, wording(runs, then, chapter), values), expect };
  }
  const elsewhere = stoodElsewhere(here, source, from ?? chapter, seq, wording);
  // It was not there at all: then it goes, as when a restored paragraph is taken back.
  if (elsewhere === null) return from === undefined ? { edits: editsOfParagraph(here, null, null), expect } : 'restore-no-such-text';
  const marker = elsewhere.runs[elsewhere.block.end]!.marker!;
  const own = runs[now.end]!.marker!;
  const look = without(valuesAt(source.times.of(elsewhere.chapter), marker, seq), ['gone', 'moved', 'movedFrom']);
  const kept = [...own.entries()].filter(([name]) => name === 'moved' || name === 'movedFrom');
  return { edits: editsOfParagraph(here, elsewhere, new Map([...look, ...kept])), expect };
}

/** The paragraph of that time whose words are most of this one's: it was moved, pasted or split since. */
function stoodElsewhere(
  here: Wording,
  source: PlanSource,
  chapter: ChapterId,
  seq: Seq,
  wording: (runs: readonly Run[], block: Block, chapter: ChapterId) => Wording,
): Wording | null {
  const roots = new Set(rootsOf(here, 'now'));
  const text = chapter === here.chapter ? null : source.text(chapter);
  const runs = text === null ? here.runs : runsOf(text, source.times.of(chapter), seq);
  if (chapter !== here.chapter && text === null) return null;
  let best: Wording | null = null;
  let most = 0;
  for (const block of blocksOf(runs, 'was')) {
    const candidate = wording(runs, block, chapter);
    const shared = rootsOf(candidate, 'was').filter((root) => roots.has(root)).length;
    if (shared <= most) continue;
    most = shared;
    best = candidate;
  }
  return best;
}

function rootsOf({ runs, block, rootOf: root }: Wording, when: 'now' | 'was'): string[] {
  const roots: string[] = [];
  for (let index = block.from; index < block.end; index += 1) {
    const run = runs[index]!;
    if (!run[when]) continue;
    const { client, clock } = run.item.id;
    for (let offset = run.offset; offset < run.offset + run.length; offset += 1) roots.push(root(client, clock + offset));
  }
  return roots;
}

function without(values: MarkerValues, keys: readonly string[]): MarkerValues {
  return new Map([...values].filter(([key]) => !keys.includes(key)));
}
