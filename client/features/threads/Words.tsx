import type { CommentBody } from '../../../shared/threads/thread.ts';

/** A comment as it was written: words only, whatever they look like; those who are named stand out. */
export function Words({ body }: { readonly body: CommentBody }) {
  const pieces: { readonly at: number; readonly words: string; readonly named: boolean }[] = [];
  let at = 0;
  for (const mention of body.mentions) {
    if (mention.at > at) pieces.push({ at, words: body.text.slice(at, mention.at), named: false });
    pieces.push({ at: mention.at, words: body.text.slice(mention.at, mention.at + mention.length), named: true });
    at = mention.at + mention.length;
  }
  if (at < body.text.length) pieces.push({ at, words: body.text.slice(at), named: false });
  return (
    <p className="comment-words">
      {pieces.map((piece) => (piece.named ? <b key={piece.at}>{piece.words}</b> : <span key={piece.at}>{piece.words}</span>))}
    </p>
  );
}
