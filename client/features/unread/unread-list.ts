import type { ReadMark, Unread } from '../../../shared/api/read-marks.ts';
import type { ChapterId, NodeId, Seq } from '../../../shared/ids.ts';

/** A paragraph that changed since its reader last looked. */
export interface UnreadBlock {
  readonly chapter: ChapterId;
  readonly key: string;
  readonly hash: string;
  /** `seq` of the answer that told it. */
  readonly seq: Seq;
}

/** Unread paragraphs in the order of the outline, less those read since it was told. */
export function unreadBlocks(unread: Unread | null, read: ReadonlySet<string>): readonly UnreadBlock[] {
  if (unread === null) return [];
  const { seq } = unread;
  return unread.chapters.flatMap(({ chapter, blocks }) =>
    blocks.filter((block) => !read.has(nameOf({ chapter, ...block }))).map(({ key, hash }) => ({ chapter, key, hash, seq })),
  );
}

/** Names one paragraph in one wording. */
export function nameOf({ chapter, key, hash }: Pick<ReadMark, 'chapter' | 'key' | 'hash'>): string {
  return `${chapter} ${key} ${hash}`;
}

/**
 * The next or previous unread paragraph.
 * @param from chapter and paragraph where the person is; its chapter's place counts where it is itself no longer unread
 * @param order chapters in the order of the outline
 */
export function stepFrom(
  blocks: readonly UnreadBlock[],
  from: { readonly chapter: NodeId; readonly key: string } | null,
  order: readonly NodeId[],
  direction: 1 | -1,
): UnreadBlock | null {
  if (blocks.length === 0) return null;
  if (from === null) return (direction === 1 ? blocks[0] : blocks.at(-1)) ?? null;
  const at = blocks.findIndex(({ chapter, key }) => chapter === from.chapter && key === from.key);
  if (at >= 0) return blocks[(at + direction + blocks.length) % blocks.length] ?? null;
  const place = order.indexOf(from.chapter);
  const after = blocks.findIndex(({ chapter }) => order.indexOf(chapter) >= place);
  if (direction === 1) return blocks[Math.max(0, after)] ?? null;
  return blocks[after <= 0 ? blocks.length - 1 : after - 1] ?? null;
}
