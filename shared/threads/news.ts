import type { MemberId, NodeId, Seq } from '../ids.ts';
import { type Anchor, type Disposition, type ThreadEvent, type Threads, threadOf } from './thread.ts';

/** So much of the words that a thread hangs on, and of what was said, is told; in characters. */
const MOST_QUOTE = 16;
const MOST_WORDS = 60;

/** An entry about a thread as the history tells it: with the words it hangs on, which most events do not hold, and cut short. */
export type ThreadNews = {
  readonly thread: Seq;
  readonly node: NodeId;
  readonly quote: string;
} & (
  | { readonly op: 'start'; readonly comment: Seq; readonly words: string; readonly to: MemberId | null }
  | { readonly op: 'reply' | 'edit'; readonly comment: Seq; readonly words: string }
  | { readonly op: 'assign'; readonly to: MemberId | null }
  | { readonly op: 'close'; readonly disposition: Disposition; readonly reason: string }
  | { readonly op: 'delete' | 'reopen' | 'reattach' | 'link' }
);

/** @param anchor what the thread hung on before this entry; of a beginning and of a new place the event's own is told */
export function threadNews(event: ThreadEvent, seq: Seq, anchor: Pick<Anchor, 'node' | 'quote'>): ThreadNews {
  const { node, quote } = event.op === 'start' || event.op === 'reattach' ? event.anchor : anchor;
  const place = { thread: event.op === 'start' ? seq : event.thread, node, quote: cut(quote, MOST_QUOTE) };
  switch (event.op) {
    case 'start':
      return { ...place, op: event.op, comment: seq, words: cut(event.body.text, MOST_WORDS), to: event.to };
    case 'reply':
      return { ...place, op: event.op, comment: seq, words: cut(event.body.text, MOST_WORDS) };
    case 'edit':
      return { ...place, op: event.op, comment: event.comment, words: cut(event.body.text, MOST_WORDS) };
    case 'assign':
      return { ...place, op: event.op, to: event.to };
    case 'close':
      return { ...place, op: event.op, disposition: event.disposition, reason: cut(event.reason, MOST_WORDS) };
    default:
      return { ...place, op: event.op };
  }
}

/** What its writer took back is told without its words. */
export function withoutTakenBack(news: ThreadNews, threads: Threads): ThreadNews {
  if (!('comment' in news)) return news;
  const stands = threadOf(threads, news.thread)?.comments.some(({ seq, deleted }) => seq === news.comment && deleted === null);
  return stands === true ? news : { ...news, words: '' };
}

/** In one line, by whole characters. */
function cut(text: string, most: number): string {
  const characters = [...text.slice(0, 2 * most + 2).replaceAll('\n', ' ')];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most).join('')}…`;
}
