import type { DocumentPast } from '../../shared/document/past.ts';
import type { MemberId, NodeId } from '../../shared/ids.ts';
import type { ImportText } from '../../shared/importing/decode.ts';
import { recognise } from '../../shared/importing/recognise.ts';
import { toReport } from '../../shared/importing/to-report.ts';
import { emptyOutline, reduceOutline } from '../../shared/outline/fold.ts';
import { NO_PARTICULARS, type Particulars } from '../../shared/particulars/particulars.ts';

/** A report that was imported and not changed since, as its exporter gets it. */
export function importedPast(text: string, values: Particulars['values'] = {}): DocumentPast {
  const source: ImportText = { text, encoding: 'text', bytes: Buffer.byteLength(text) };
  let made = 0;
  const report = toReport(recognise(source), () => `node${String(made++).padStart(12, '0')}` as NodeId);
  const by = 'alice00000000000' as MemberId;
  const outline = reduceOutline(
    emptyOutline,
    { op: 'create', epoch: 'e', beginning: 'import', title: report.title, nodes: report.nodes },
    { seq: 1, at: 1, author: by, kind: 'outline', subject: '' },
  );
  const chapters = [...report.texts].map(([chapter, blocks]) => ({
    chapter,
    added: 0,
    removed: 0,
    moved: 0,
    blocks: blocks.map(({ kind, text: words }, index) => ({
      key: `1.${index}`,
      op: 'keep' as const,
      look: {
        type: kind === 'paragraph' ? ('paragraph' as const) : ('heading' as const),
        attrs: kind === 'paragraph' ? {} : { level: kind === 'heading4' ? 4 : 3 },
      },
      was: null,
      wasBy: null,
      by: 0,
      delBy: null,
      changed: false,
      segments: [{ op: 'keep' as const, text: words, by: 0, delBy: null, marks: [], marksBefore: null, marksBy: null }],
    })),
  }));
  const credit = { author: null, actor: by, via: 'import' as const, at: 1, seq: 1, offlineSince: 0, movedBy: null };
  return { from: 1, to: 1, outline, particulars: { ...NO_PARTICULARS, values }, events: [], credits: [credit], chapters };
}
