import type { RestoredParagraph, RestoredSegment, RestorePreview } from '../../../shared/api/restore.ts';
import { countCharacters } from '../../../shared/counting/count.ts';
import type { ChapterId, MemberId } from '../../../shared/ids.ts';
import type { TextTimes } from '../history/text-times.ts';
import { type Edit, wordsOf } from './edits.ts';

const MOST_PARAGRAPHS = 40;

type Described = Pick<RestorePreview, 'added' | 'removed' | 'paragraphs' | 'more' | 'replaces'>;

/** What edits would do, in words and figures for the person who is about to do it. */
export function describeEdits(edits: readonly Edit[], times: TextTimes, chapter: ChapterId): Described {
  const paragraphs: RestoredParagraph[] = [];
  const replaces = new Map<MemberId | null, number>();
  let added = 0;
  let removed = 0;
  let segments: RestoredSegment[] = [];
  const say = (op: RestoredSegment['op'], text: string): void => {
    const last = segments.at(-1);
    if (last?.op === op) segments[segments.length - 1] = { op, text: last.text + text };
    else segments.push({ op, text });
  };
  const finish = (op: RestoredParagraph['op'] | null): void => {
    const changed = segments.some((segment) => segment.op !== 'keep');
    if (op !== null || changed) paragraphs.push({ op: op ?? kindOf(segments), segments });
    segments = [];
  };
  for (const edit of edits) {
    switch (edit.op) {
      case 'keep':
        say('keep', wordsOf(edit));
        break;
      case 'ins':
        added += countCharacters(wordsOf(edit));
        say('ins', wordsOf(edit));
        break;
      case 'del':
        removed += countCharacters(wordsOf(edit));
        say('del', wordsOf(edit));
        eachWriter(edit, times, chapter, (writer, words) => {
          replaces.set(writer, (replaces.get(writer) ?? 0) + countCharacters(words));
        });
        break;
      case 'end':
        finish(edit.values !== null && otherLook(edit) ? (segments.length === 0 ? 'back' : kindOf(segments)) : null);
        break;
      case 'end-back':
        finish(segments.some((segment) => segment.op === 'keep') ? 'changed' : 'back');
        break;
      case 'end-out':
        if (edit.marker.get('gone') !== true || segments.length > 0) finish(segments.some((s) => s.op !== 'del') ? 'changed' : 'out');
    }
  }
  finish(null);
  return {
    added,
    removed,
    paragraphs: paragraphs.slice(0, MOST_PARAGRAPHS),
    more: Math.max(0, paragraphs.length - MOST_PARAGRAPHS),
    replaces: [...replaces]
      .filter(([, characters]) => characters > 0)
      .map(([member, characters]) => ({ member, characters }))
      .sort((one, other) => other.characters - one.characters),
  };
}

function kindOf(segments: readonly RestoredSegment[]): RestoredParagraph['op'] {
  if (segments.length > 0 && segments.every((segment) => segment.op === 'ins')) return 'back';
  return segments.length > 0 && segments.every((segment) => segment.op === 'del') ? 'out' : 'changed';
}

/** Will the block look otherwise, or come out of hiding? */
function otherLook({ marker, values }: Edit & { op: 'end' }): boolean {
  if (values === null) return false;
  const keys = new Set([...marker.keys(), ...values.keys()]);
  return [...keys].some((key) => JSON.stringify(marker.get(key)) !== JSON.stringify(values.get(key)));
}

function eachWriter(
  edit: Edit & { op: 'del' },
  times: TextTimes,
  chapter: ChapterId,
  visit: (writer: MemberId | null, words: string) => void,
): void {
  const { client, clock } = edit.run.item.id;
  const from = clock + edit.offset;
  const words = wordsOf(edit);
  times.eachRoot(chapter, client, from, from + edit.length, (start, end, root) => {
    times.of(root.chapter).inserted.overlapping(root.client, root.clock, root.clock + end - start, (first, last, seq) => {
      const at = start - from - root.clock;
      visit(times.records.get(seq)?.author ?? null, words.slice(at + first, at + last));
    });
  });
}
