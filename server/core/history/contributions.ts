import * as Y from 'yjs';
import type { Contribution, Contributions } from '../../../shared/api/history.ts';
import { countCharacters } from '../../../shared/counting/count.ts';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import type { TextTimes } from './text-times.ts';
import { eachPiece } from './walk.ts';

interface Words {
  surviving: string[];
  written: string[];
}

/**
 * Characters by first writer. Text that was moved, pasted or brought back is not written again: where it stands it survives for the one
 * who wrote it, so that moving a paragraph changes nobody's figures.
 */
export function contributions(
  times: TextTimes,
  textOf: (chapter: ChapterId) => Y.Text | null,
  chapters: readonly ChapterId[],
  seq: Seq,
): Contributions {
  const all = new Map<MemberId | null, { surviving: number; written: number }>();
  const byChapter = chapters.map((chapter) => {
    const members = ofChapter(times, textOf(chapter), chapter, seq);
    for (const { member, surviving, written } of members) {
      const sum = all.get(member) ?? { surviving: 0, written: 0 };
      all.set(member, { surviving: sum.surviving + surviving, written: sum.written + written });
    }
    return { chapter, members };
  });
  return { seq, members: sorted([...all].map(([member, sum]) => ({ member, ...sum }))), chapters: byChapter };
}

function ofChapter(times: TextTimes, text: Y.Text | null, chapter: ChapterId, seq: Seq): readonly Contribution[] {
  const words = new Map<MemberId | null, Words>();
  const wordsOf = (member: MemberId | null): Words => {
    let found = words.get(member);
    if (found === undefined) {
      found = { surviving: [], written: [] };
      words.set(member, found);
    }
    return found;
  };
  const authors = new Map<Seq, MemberId | null>();
  const authorOf = (written: Seq): MemberId | null => {
    let author = authors.get(written);
    if (author === undefined) {
      author = times.records.get(written)?.author ?? null;
      authors.set(written, author);
    }
    return author;
  };
  for (let item = text?._start ?? null; item !== null; item = item.right) {
    const { content, id } = item;
    if (!(content instanceof Y.ContentString)) continue;
    eachPiece(times.of(chapter), item, (from, to, ins, del) => {
      if (ins > seq) return;
      times.eachRoot(chapter, id.client, from, to, (start, end, root) => {
        const letters = content.str.slice(start - id.clock, end - id.clock);
        if (root.chapter === chapter && root.client === id.client && root.clock === start) {
          const found = wordsOf(authorOf(ins));
          found.written.push(letters);
          if (seq < del) found.surviving.push(letters);
        } else if (seq < del) {
          times.of(root.chapter).inserted.overlapping(root.client, root.clock, root.clock + end - start, (low, high, written) => {
            wordsOf(authorOf(written)).surviving.push(letters.slice(low - root.clock, high - root.clock));
          });
        }
      });
    });
  }
  return sorted(
    [...words].map(([member, { surviving, written }]) => ({
      member,
      surviving: countCharacters(surviving.join('')),
      written: countCharacters(written.join('')),
    })),
  );
}

function sorted(members: Contribution[]): readonly Contribution[] {
  return members.sort((one, other) => other.surviving - one.surviving || other.written - one.written);
}
