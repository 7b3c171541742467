import type { Changed } from '../../../shared/api/history.ts';
import type { ReadMark, Unread } from '../../../shared/api/read-marks.ts';
import type { ChapterId, MemberId, ReportId, Seq } from '../../../shared/ids.ts';
import { changedSince } from '../history/history-views.ts';
import type { MemberStore } from '../ports.ts';
import type { Report } from '../report.ts';

/** What a paragraph was read as: its wording, and the last entry that the reader had seen then. */
type Mark = readonly [hash: string, seq: Seq];
type Marks = Readonly<Record<string, Mark>>;

/** Marks kept of one chapter; above that the oldest go, and their paragraphs show once more. */
const MOST_MARKS = 2_000;

/**
 * What each member has looked at: the entry up to which everything is known, and single paragraphs read since, by the hash of their wording.
 * A paragraph that only its reader changed since stays read; another's next change shows it again.
 */
export class ReadMarkBook {
  readonly #store: MemberStore;

  constructor(store: MemberStore) {
    this.#store = store;
  }

  /** When nothing is left, everything up to now counts as looked at and single marks are given up. */
  async unread(report: Report, member: MemberId): Promise<Unread> {
    const since = this.#since(report.id, member);
    if (since === null || since > report.head()) return this.#lookedAt(report.id, member, report.head(), []);
    const changed = await changedSince(report, since, member);
    const chapters = changed.chapters.flatMap(({ chapter, blocks, removed }) => {
      const marks = this.#marks(report.id, member, chapter);
      const left = blocks.filter(({ key, hash, seq }) => {
        const mark = marks[key];
        return mark === undefined || (mark[0] !== hash && mark[1] < seq);
      });
      return left.length > 0 || removed > 0 ? [{ chapter, blocks: left, removed }] : [];
    });
    if (chapters.length === 0) return this.#lookedAt(report.id, member, changed.seq, chaptersOf(changed));
    return { since, seq: changed.seq, chapters };
  }

  /** Paragraphs that were seen in a wording that `unread` told. */
  mark(report: ReportId, member: MemberId, read: readonly ReadMark[]): void {
    for (const chapter of new Set(read.map((mark) => mark.chapter))) {
      const marks = new Map(Object.entries(this.#marks(report, member, chapter)));
      for (const { chapter: of, key, hash, seq } of read) {
        if (of !== chapter) continue;
        // Taken out and put back: the newest stand last.
        marks.delete(key);
        marks.set(key, [hash, seq]);
      }
      const kept = [...marks].slice(-MOST_MARKS);
      this.#store.write(marksKey(report, member, chapter), Object.fromEntries(kept));
    }
  }

  /** Everything up to an entry is known. Never goes back. */
  markAll(report: Report, member: MemberId, upTo: Seq): void {
    const chapters = report.fold.outline.nodes.filter(({ kind }) => kind !== 'part').map(({ id }) => id);
    const since = Math.max(this.#since(report.id, member) ?? 0, Math.min(upTo, report.head()));
    this.#lookedAt(report.id, member, since, chapters);
  }

  #lookedAt(report: ReportId, member: MemberId, seq: Seq, chapters: readonly ChapterId[]): Unread {
    if (this.#since(report, member) !== seq) this.#store.write(sinceKey(report, member), seq);
    for (const chapter of chapters) {
      const key = marksKey(report, member, chapter);
      if (this.#store.read(key) !== null) this.#store.write(key, null);
    }
    return { since: seq, seq, chapters: [] };
  }

  #since(report: ReportId, member: MemberId): Seq | null {
    const since = this.#store.read(sinceKey(report, member));
    return typeof since === 'number' && Number.isSafeInteger(since) && since >= 0 ? since : null;
  }

  #marks(report: ReportId, member: MemberId, chapter: ChapterId): Marks {
    const marks = this.#store.read(marksKey(report, member, chapter));
    if (typeof marks !== 'object' || marks === null) return {};
    return Object.fromEntries(Object.entries(marks).filter(([, mark]) => isMark(mark)));
  }
}

function isMark(value: unknown): value is Mark {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}

function chaptersOf({ chapters }: Changed): readonly ChapterId[] {
  return chapters.map(({ chapter }) => chapter);
}

const sinceKey = (report: ReportId, member: MemberId): string => `looked/${member}/${report}`;
const marksKey = (report: ReportId, member: MemberId, chapter: ChapterId): string => `read/${member}/${report}/${chapter}`;
