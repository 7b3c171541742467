import { useEffect, useRef, useState } from 'react';
import type { ChapterAt, Sitting } from '../../../shared/api/history.ts';
import type { ChapterId, ReportId, Seq } from '../../../shared/ids.ts';
import type { ApiFailure } from '../../api/http.ts';
import { ask, historyApi } from '../requests/index.ts';

/** So many frames are asked for at a time, and so many ahead of what is shown. */
const AT_ONCE = 4;
const AHEAD = 24;

export interface Frames {
  get(seq: Seq): ChapterAt | undefined;
  /** The last failure; playing waits. */
  readonly failure: ApiFailure | null;
  again(): void;
}

/** States of a chapter, fetched around where one is and kept: each is asked for once. @param wanted seqs in the order in which they are needed */
export function useFrames(report: ReportId, chapter: ChapterId, wanted: readonly Seq[]): Frames {
  const kept = useRef(new Map<Seq, ChapterAt>());
  const asked = useRef(new Set<Seq>());
  const [, setCount] = useState(0);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [round, setRound] = useState(0);
  const key = wanted.slice(0, AHEAD).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `wanted`, a new round asks again
  useEffect(() => {
    let left = false;
    const missing = wanted.slice(0, AHEAD).filter((seq) => !kept.current.has(seq) && !asked.current.has(seq));
    async function fetchOnwards(): Promise<void> {
      for (let seq = missing.shift(); seq !== undefined && !left; seq = missing.shift()) {
        asked.current.add(seq);
        const answer = await ask(historyApi.chapterAt(report, chapter, seq));
        asked.current.delete(seq);
        if (!answer.ok) return setFailure(answer.error);
        // also one that was asked for before the slider went on: it may be the one that is waited for now
        kept.current.set(seq, answer.value);
        setFailure(null);
        setCount((now) => now + 1);
      }
    }
    for (let worker = 0; worker < AT_ONCE; worker += 1) void fetchOnwards();
    return () => {
      left = true;
    };
  }, [report, chapter, key, round]);

  return { get: (seq) => kept.current.get(seq), failure, again: () => setRound((now) => now + 1) };
}

const PAGE = 100;
const MOST_PAGES = 10;

/** Every sitting in which a chapter was touched; of a very long life the newest thousand. */
export async function sittingsOf(report: ReportId, chapter: ChapterId): Promise<readonly Sitting[]> {
  const found: Sitting[] = [];
  let before: Seq | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { sittings, next } = await historyApi.page(report, { chapter, limit: PAGE, before });
    found.push(...sittings);
    if (next === null) break;
    before = next;
  }
  return found;
}
