import type { Changed, ChangedBlock, ChangedChapter, Credit, CreditIndex, DiffBlock } from '../../../shared/api/history.ts';
import type { MemberId, Seq } from '../../../shared/ids.ts';
import type { TextDiff } from './questions.ts';
import { isChange } from './raw-segment.ts';

/** What others than `reader` did to each paragraph in a window, from its difference. */
export function changedBlocks({ credits, chapters }: TextDiff, since: Seq, seq: Seq, reader: MemberId): Changed {
  const changed: ChangedChapter[] = [];
  for (const { chapter, blocks } of chapters) {
    const found: ChangedBlock[] = [];
    let removed = 0;
    for (const block of blocks) {
      const others = doings(block, credits).filter(({ member }) => member !== reader);
      if (others.length === 0) continue;
      if (block.op === 'del' || block.op === 'left') {
        if (block.op === 'del') removed += 1;
        continue;
      }
      const last = others.reduce((one, other) => (other.seq > one.seq ? other : one));
      const by = [...new Set(others.map(({ member }) => member))];
      found.push({ key: block.key, hash: hashOf(block), by, at: last.at, seq: last.seq });
    }
    if (found.length > 0 || removed > 0) changed.push({ chapter, blocks: found, removed });
  }
  return { since, seq, chapters: changed };
}

interface Doing {
  readonly member: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/** Everybody's part in a block's difference. */
function doings(block: DiffBlock, credits: readonly Credit[]): Doing[] {
  const found: Doing[] = [];
  const add = (index: CreditIndex | null) => {
    if (index === null) return;
    const { actor, at, seq, movedBy } = credits[index]!;
    found.push(movedBy ?? { member: actor, at, seq });
  };
  if (block.op === 'ins' || block.op === 'moved') add(block.by);
  else if (block.op !== 'keep') add(block.delBy);
  add(block.wasBy);
  for (const segment of block.segments) {
    if (!isChange(segment)) continue;
    if (segment.op === 'keep') add(segment.marksBy);
    else add(segment.op === 'del' || segment.op === 'left' ? segment.delBy : segment.by);
  }
  return found;
}

/** 53 bits of the wording and look after the change; equal for equal ones, whoever asks. */
function hashOf({ look, segments }: DiffBlock): string {
  const after = segments.filter(({ op }) => op === 'keep' || op === 'ins' || op === 'moved');
  const words = JSON.stringify([look.type, look.attrs, after.map(({ text }) => text).join(''), formatsOf(after)]);
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < words.length; index += 1) {
    const unit = words.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((low >>> 0) * 0x20_0000 + (high >>> 11)).toString(36);
}

/** Formats as ranges: the same whether text came in one piece or many. */
function formatsOf(segments: readonly { readonly text: string; readonly marks: readonly string[] }[]): readonly unknown[] {
  const ranges: [string, number][] = [];
  for (const { text, marks } of segments) {
    const key = marks.join(' ');
    const last = ranges.at(-1);
    if (last !== undefined && last[0] === key) last[1] += text.length;
    else ranges.push([key, text.length]);
  }
  return ranges;
}
