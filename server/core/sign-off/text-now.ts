import type { ChapterId, NodeId } from '../../../shared/ids.ts';
import { isTextRoom } from '../../../shared/outline/tree.ts';
import { frameHash, reportHash, type SignedChapter, type SignedFrame, signedChapter } from '../../../shared/sign-off/canonical.ts';
import type { TextNow } from '../../../shared/sign-off/sign-offs.ts';
import type { Report } from '../report.ts';

/** The report as it is now, in the terms of a signature. */
export interface SignableText extends TextNow {
  /** The report's hash. */
  readonly report: string;
}

/** Reads the living text of every chapter; asked of the engine, which answers for everything that is durable. */
export async function signableText(report: Report): Promise<SignableText> {
  const { outline } = report.fold;
  const rooms: readonly ChapterId[] = outline.nodes.filter(isTextRoom).map(({ id }) => id);
  const blocks = await report.readEngine().history(report.id, 'signable', { chapters: rooms });
  const chapters = new Map<NodeId, SignedChapter>();
  for (const node of outline.nodes) chapters.set(node.id, signedChapter(node, blocks.get(node.id) ?? { blocks: [], substance: [] }));
  const frame = frameOf(report);
  const hashes = new Map([...chapters].map(([id, { hash }]) => [id, hash]));
  return { chapters, frame: frameHash(frame, outline.nodes), report: reportHash(frame, outline.nodes, hashes) };
}

function frameOf({ fold }: Report): SignedFrame {
  const filled = Object.entries(fold.particulars.values).filter(([, value]) => value.length > 0);
  return { title: fold.outline.title, particulars: Object.fromEntries(filled) };
}
