import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Unread } from '../../../shared/api/read-marks.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { ask, past } from '../requests/index.ts';
import { nameOf, type UnreadBlock, unreadBlocks } from './unread-list.ts';

/** Asked again so long after the last entry, ms: a stretch of typing is one question. */
const SETTLED_MS = 1_200;
/** Marks wait so long for others before they are sent, ms. */
const SEND_MS = 600;

export interface UnreadView {
  /** In the order of the outline. */
  readonly blocks: readonly UnreadBlock[];
  /** Paragraphs that others took out. */
  readonly removed: number;
  readonly chapters: ReadonlySet<NodeId>;
  /** Everything up to here counts as looked at; null until it is known. */
  readonly since: Seq | null;
  read(blocks: readonly UnreadBlock[]): void;
  readAll(): void;
}

/**
 * What changed since this member last looked, kept up with the report and with what they read on other devices.
 * @param seq the report's head as the page knows it
 * @param looked changes when this member was heard to have read something
 */
export function useUnread(report: ReportId, mayRead: boolean, seq: Seq, looked: number): UnreadView {
  const [unread, setUnread] = useState<Unread | null>(null);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef<UnreadBlock[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the report or its reader has moved on
  useEffect(() => {
    if (!mayRead) return;
    let left = false;
    const look = async (): Promise<void> => {
      const answer = await ask(past.unread(report));
      // Without an answer the page goes on showing what it knew.
      if (!left && answer.ok) setUnread(answer.value);
    };
    const soon = setTimeout(() => void look(), unread === null ? 0 : SETTLED_MS);
    return () => {
      left = true;
      clearTimeout(soon);
    };
  }, [report, mayRead, seq, looked]);

  const send = useCallback(async (): Promise<void> => {
    timer.current = undefined;
    const blocks = waiting.current.splice(0, 500).map(({ chapter, key, hash, seq: told }) => ({ chapter, key, hash, seq: told }));
    if (blocks.length > 0) await ask(past.markRead(report, { blocks }));
  }, [report]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      void send();
    },
    [send],
  );

  const blocks = useMemo(() => unreadBlocks(unread, read), [unread, read]);
  const chapters = useMemo(() => new Set(blocks.map(({ chapter }) => chapter)), [blocks]);
  return {
    blocks,
    chapters,
    removed: unread?.chapters.reduce((sum, { removed }) => sum + removed, 0) ?? 0,
    since: unread?.since ?? null,
    read(seen) {
      setRead((before) => new Set([...before, ...seen.map(nameOf)]));
      waiting.current.push(...seen);
      timer.current ??= setTimeout(() => void send(), SEND_MS);
    },
    readAll() {
      if (unread === null) return;
      waiting.current = [];
      setUnread({ ...unread, since: unread.seq, chapters: [] });
      void ask(past.markRead(report, { upTo: unread.seq }));
    },
  };
}
