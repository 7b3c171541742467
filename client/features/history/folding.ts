import type { Paragraph } from './changes.ts';

/** A chapter's paragraphs as they are shown: what changed, and unchanged stretches folded away. */
export type Stretch =
  | { readonly kind: 'shown'; readonly paragraphs: readonly Paragraph[] }
  | { readonly kind: 'folded'; readonly key: string; readonly paragraphs: readonly Paragraph[] };

/** Headings inside the text are not folded: they say where one is. */
const isHeading = ({ block }: Paragraph) => block.look.type === 'heading';

/** @param least fewer unchanged paragraphs in a row are shown */
export function folded(paragraphs: readonly Paragraph[], least = 1): readonly Stretch[] {
  const stretches: { kind: 'shown' | 'folded'; paragraphs: Paragraph[] }[] = [];
  for (const paragraph of paragraphs) {
    const kind = paragraph.block.changed || isHeading(paragraph) ? 'shown' : 'folded';
    const last = stretches.at(-1);
    if (last?.kind === kind) last.paragraphs.push(paragraph);
    else stretches.push({ kind, paragraphs: [paragraph] });
  }
  return stretches.map((stretch): Stretch => {
    const key = stretch.paragraphs[0]?.block.key ?? '';
    const kind = stretch.kind === 'folded' && stretch.paragraphs.length >= least ? 'folded' : 'shown';
    return { kind, key, paragraphs: stretch.paragraphs };
  });
}

/** Paragraphs of the later state: rows whose end is gone flow into the next. */
export function asLater(paragraphs: readonly Paragraph[]): readonly Paragraph[] {
  const later: Paragraph[] = [];
  let carried: Paragraph['pieces'] = [];
  let changed = false;
  for (const paragraph of paragraphs) {
    const standing = paragraph.pieces.filter(({ op }) => op !== 'del' && op !== 'left');
    const gone = paragraph.block.op === 'del' || paragraph.block.op === 'left';
    changed ||= paragraph.block.changed;
    carried = [...carried, ...standing];
    if (gone) continue;
    later.push({ ...paragraph, block: { ...paragraph.block, changed }, pieces: carried });
    carried = [];
    changed = false;
  }
  const last = paragraphs.at(-1);
  if (carried.length > 0 && last !== undefined) later.push({ ...last, pieces: carried });
  return later;
}
