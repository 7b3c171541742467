import type {
  BlockLook,
  ChapterDiff,
  Credit,
  CreditIndex,
  DiffBlock,
  DiffOp,
  DiffSegment,
  NodeChange,
  ReportDiff,
} from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { MarkName } from '../../../shared/text/schema.ts';

/**
 * A difference of two points as a reader walks it: what one person did in one place. An answer of the server tells it in segments; here
 * neighbouring segments of one person become one change, a deletion and the insertion that stands beside it become a replacement, and the
 * two ends of a move become one move.
 */
export type ChangeKind =
  | 'insert'
  | 'delete'
  | 'replace'
  /** Words that stood before and were brought back. */
  | 'restore'
  | 'move'
  /** Moved to a place that is not shown here. */
  | 'left'
  | 'split'
  | 'join'
  | 'format'
  | 'look'
  | 'title'
  | 'heading'
  | 'added'
  | 'removed'
  | 'placed'
  | 'form'
  /** Who is asked for a chapter; `is` and `was` are members, '' = nobody. */
  | 'owner'
  | 'note';

export interface Change {
  /** Names its marks on the page. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** Who did it; null = nobody's (imported). */
  readonly by: MemberId | null;
  readonly at: number;
  readonly seq: Seq;
  /** Chapter or part in which it stands; null = the report's title. */
  readonly node: NodeId | null;
  /** 1-based, counted in the later state; null for a heading. */
  readonly paragraph: number | null;
  /** Key of the paragraph in which it begins; null when that has no earlier wording. */
  readonly block?: string | null;
  /** Words after, and words before; of a look, the names of the two looks (`LookName`). */
  readonly is: string;
  readonly was: string;
  /** Whose words were moved or brought back; null = nobody's. Undefined where they are the person's own. */
  readonly writer?: MemberId | null;
  /** Who moved somebody's new words since they were written. */
  readonly mover?: MemberId;
  /** Where a move came from, and the paragraph it was there, counted in the earlier state. */
  readonly from?: NodeId;
  readonly fromParagraph?: number;
  /** Of a format: what came and what went. */
  readonly marks?: { readonly added: readonly MarkName[]; readonly removed: readonly MarkName[] };
}

/** What a paragraph's look is called. */
export type LookName =
  | 'paragraph'
  | 'heading3'
  | 'heading4'
  | 'bullet'
  | 'ordered'
  | 'unknown'
  | 'alignNone'
  | 'alignLeft'
  | 'alignCenter'
  | 'alignRight'
  | 'alignJustify'
  | 'indent';

export interface Piece extends DiffSegment {
  /** The change it belongs to; null where nothing changed. */
  readonly change: string | null;
  /** Nothing of its change stands before it on the page. */
  readonly first: boolean;
}

export interface Paragraph {
  readonly block: DiffBlock;
  readonly pieces: readonly Piece[];
  /** Change of its end: split, joined, or part of something longer. */
  readonly end: string | null;
  readonly endFirst: boolean;
  /** Change of its look. */
  readonly look: string | null;
}

export interface ChapterChanges {
  readonly chapter: ChapterId;
  readonly paragraphs: readonly Paragraph[];
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly chapters: ReadonlyMap<ChapterId, ChapterChanges>;
  /** By the names that pieces carry: a move is named at the place that was left, too. */
  readonly named: ReadonlyMap<string, Change>;
}

/** @param order nodes in the order in which the page shows them: changes are counted along it */
export function compare(diff: ReportDiff, order: readonly NodeId[]): Comparison {
  const found: Change[] = [];
  if (diff.title !== null) {
    const { was, is, by, at, seq } = diff.title;
    found.push({ id: 'title', kind: 'title', by, at, seq, node: null, paragraph: null, is, was });
  }
  const chapters = new Map<ChapterId, ChapterChanges>();
  for (const node of order) {
    for (const change of diff.outline) if (change.node === node) found.push(...nodeChanges(change));
    const chapter = diff.chapters.find((other) => other.chapter === node);
    if (chapter === undefined) continue;
    const walked = walkChapter(chapter, diff.credits, diff.from);
    chapters.set(node, walked.view);
    found.push(...walked.changes);
  }
  const { changes, used } = joinMoves(found);
  return { changes, chapters, named: new Map([...changes.map((change) => [change.id, change] as const), ...used]) };
}

const NODE_KINDS = {
  added: 'added',
  removed: 'removed',
  moved: 'placed',
  renamed: 'heading',
  form: 'form',
  owner: 'owner',
  note: 'note',
} as const;

function nodeChanges(change: NodeChange): readonly Change[] {
  const { node, by, at, seq, before, after, charge } = change;
  return change.changes.map((what) => {
    const base = { id: `${node}-${what}`, kind: NODE_KINDS[what], node, paragraph: null };
    if ((what === 'owner' || what === 'note') && charge !== null) {
      const { set } = charge;
      return { ...base, by: set.by, at: set.at, seq: set.seq, is: charge.after[what] ?? '', was: charge.before[what] ?? '' };
    }
    const words = what === 'moved' ? [change.numberAfter, change.numberBefore] : [after?.heading, before?.heading];
    return { ...base, by, at, seq, is: words[0] ?? '', was: words[1] ?? '' };
  });
}

/** What is being put together while the walk goes on. */
interface Draft {
  readonly id: string;
  readonly family: string;
  readonly by: MemberId | null;
  readonly paragraph: number;
  /** The same counted in the earlier state. */
  readonly paragraphBefore: number;
  at: number;
  seq: Seq;
  is: string;
  was: string;
  writer: MemberId | null | undefined;
  mover: MemberId | undefined;
  /** Were its words brought back? Undefined while it only takes words out. */
  back: boolean | undefined;
  marks: Change['marks'];
}

interface Deed {
  readonly family: string;
  readonly by: MemberId | null;
  readonly at: number;
  readonly seq: Seq;
  readonly writer?: MemberId | null;
  readonly mover?: MemberId;
  readonly back?: boolean;
  readonly marks?: Change['marks'];
}

function walkChapter(
  chapter: ChapterDiff,
  credits: readonly Credit[],
  from: Seq,
): { readonly view: ChapterChanges; readonly changes: readonly Change[] } {
  const drafts: Draft[] = [];
  let open: Draft | null = null;
  let paragraph = 1;
  let paragraphBefore = 1;

  /** Goes on with the open change when the same person does the same thing, else begins one. @returns its id */
  function note(deed: Deed | null, is: string, was: string): string | null {
    if (deed === null) {
      open = null;
      return null;
    }
    if (open === null || !goesOn(open, deed)) {
      const { writer, mover, back, marks } = deed;
      const id = `${chapter.chapter}-${drafts.length}`;
      open = { ...deed, id, paragraph, paragraphBefore, writer, mover, back, marks, is: '', was: '' };
      drafts.push(open);
    }
    // A deletion before it says nothing of whose the new words are.
    if (open.back === undefined && deed.back !== undefined) {
      const { back, writer, mover, seq, at } = deed;
      Object.assign(open, { back, writer, mover }, back ? { seq, at } : {});
    }
    open.is += is;
    open.was += was;
    // What was brought back is named by the entry that did it.
    if (deed.seq > open.seq && open.back !== true) Object.assign(open, { seq: deed.seq, at: deed.at });
    return open.id;
  }

  const placed = new Set<string>();
  function isFirst(change: string | null): boolean {
    if (change === null || placed.has(change)) return false;
    placed.add(change);
    return true;
  }

  function noteLook(block: DiffBlock, was: BlockLook): string | null {
    const names = lookNames(was, block.look);
    open = null;
    const id = note(lookDeed(block.wasBy, credits), names.is, names.was);
    open = null;
    return id;
  }

  const paragraphs = chapter.blocks.map((block): Paragraph => {
    const look = block.was === null ? null : noteLook(block, block.was);
    const pieces = block.segments.map((segment): Piece => {
      const after = segment.op === 'del' || segment.op === 'left' ? '' : segment.text;
      const before = segment.op === 'ins' || segment.op === 'moved' ? '' : segment.text;
      const change = note(deedOf(segment, credits, from), after, before);
      return { ...segment, change, first: isFirst(change) };
    });
    const end = note(endDeed(block, credits, from), '', '');
    const endFirst = isFirst(end);
    if (block.op !== 'del' && block.op !== 'left') paragraph += 1;
    if (block.op !== 'ins' && block.op !== 'moved') paragraphBefore += 1;
    return { block, pieces, end, endFirst, look };
  });
  return { view: { chapter: chapter.chapter, paragraphs }, changes: drafts.map((draft) => finished(draft, chapter, paragraphs)) };
}

/** The same person goes on with the same thing: words of one writer, and what they take out beside them. */
function goesOn(open: Draft, deed: Deed): boolean {
  if (open.family !== deed.family || open.by !== deed.by) return false;
  if (open.back === undefined || deed.back === undefined) return true;
  if (open.back === true && open.seq !== deed.seq) return false;
  return open.back === deed.back && open.writer === deed.writer && open.mover === deed.mover;
}

const ALIGN_NAMES: Readonly<Record<string, LookName>> = {
  left: 'alignLeft',
  center: 'alignCenter',
  right: 'alignRight',
  justify: 'alignJustify',
};

function lookName({ type, attrs }: BlockLook): LookName {
  if (type === 'heading') return attrs['level'] === 4 ? 'heading4' : 'heading3';
  if (type === 'listLine') return attrs['list'] === 'ordered' ? 'ordered' : 'bullet';
  return type === 'paragraph' ? 'paragraph' : 'unknown';
}

/** The greatest difference of two looks: kind, else alignment, else how far it is set in. */
function lookNames(was: BlockLook, is: BlockLook): { readonly was: LookName; readonly is: LookName } {
  const kinds = { was: lookName(was), is: lookName(is) };
  if (kinds.was !== kinds.is) return kinds;
  const align = (look: BlockLook) => ALIGN_NAMES[String(look.attrs['align'])] ?? 'alignNone';
  const alignments = { was: align(was), is: align(is) };
  return alignments.was === alignments.is ? { was: 'indent', is: 'indent' } : alignments;
}

function lookDeed(by: CreditIndex | null, credits: readonly Credit[]): Deed {
  const credit = by === null ? undefined : credits[by];
  return { family: 'look', by: credit?.actor ?? null, at: credit?.at ?? 0, seq: credit?.seq ?? 0 };
}

function deedOf(segment: DiffSegment, credits: readonly Credit[], from: Seq): Deed | null {
  if (segment.op !== 'keep') return opDeed(segment.op, segment.by, segment.delBy, credits, from);
  if (segment.marksBefore === null) return null;
  const credit = segment.marksBy === null ? undefined : credits[segment.marksBy];
  const family = `format ${segment.marksBefore.join()} ${segment.marks.join()}`;
  const marks = {
    added: segment.marks.filter((mark) => !segment.marksBefore?.includes(mark)),
    removed: segment.marksBefore.filter((mark) => !segment.marks.includes(mark)),
  };
  return { family, by: credit?.actor ?? null, at: credit?.at ?? 0, seq: credit?.seq ?? 0, marks };
}

function endDeed({ op, by, delBy, segments }: DiffBlock, credits: readonly Credit[], from: Seq): Deed | null {
  // A paragraph's end goes where its words go: where its words did not move, that it did says nothing to a reader.
  const words = segments.filter((segment) => segment.text !== '');
  if ((op === 'moved' || op === 'left') && words.length > 0 && words.every((segment) => segment.op !== op)) return null;
  return op === 'keep' ? null : opDeed(op, by, delBy, credits, from);
}

function opDeed(
  op: Exclude<DiffOp, 'keep'>,
  by: CreditIndex | null,
  delBy: CreditIndex | null,
  credits: readonly Credit[],
  from: Seq,
): Deed {
  const written = by === null ? undefined : credits[by];
  const taken = delBy === null ? undefined : credits[delBy];
  if (op === 'ins') return insertion(written, from);
  if (op === 'del') return { family: 'edit', by: taken?.actor ?? null, at: taken?.at ?? 0, seq: taken?.seq ?? 0 };
  if (op === 'left') return { family: 'left', by: taken?.actor ?? null, at: taken?.at ?? 0, seq: taken?.seq ?? 0 };
  const moved = written?.movedBy;
  return {
    family: 'move',
    by: moved?.member ?? written?.author ?? null,
    at: moved?.at ?? written?.at ?? 0,
    seq: moved?.seq ?? written?.seq ?? 0,
    writer: written?.author ?? null,
  };
}

/** Words older than the first point that stand again are the deed of whoever brought them back, and still their writer's. */
function insertion(credit: Credit | undefined, from: Seq): Deed {
  if (credit === undefined) return { family: 'edit', by: null, at: 0, seq: 0 };
  const { author, at, seq, movedBy } = credit;
  const isOld = seq <= from;
  if (movedBy === null || !isOld) {
    const mover = movedBy === null || movedBy.member === author || movedBy.via === 'restore' ? {} : { mover: movedBy.member };
    return { family: 'edit', by: author, at, seq, back: false, ...mover };
  }
  return { family: 'edit', by: movedBy.member, at: movedBy.at, seq: movedBy.seq, writer: author, back: true };
}

function finished(draft: Draft, chapter: ChapterDiff, paragraphs: readonly Paragraph[]): Change {
  const { id, family, by, at, seq, is, was, writer, mover, marks } = draft;
  const paragraph = family === 'left' ? draft.paragraphBefore : draft.paragraph;
  const place = paragraphs.find(({ pieces, end, look }) => end === id || look === id || pieces.some((piece) => piece.change === id));
  const ends = paragraphs.filter(({ end }) => end === id).map(({ block }) => block.op);
  return {
    id,
    kind: kindOf(draft, ends),
    by,
    at,
    seq,
    node: chapter.chapter,
    paragraph,
    block: place === undefined || !hadWords(place) ? null : place.block.key,
    is,
    was,
    ...(writer !== undefined && writer !== by ? { writer } : {}),
    ...(mover === undefined ? {} : { mover }),
    ...(marks === undefined ? {} : { marks }),
  };
}

/** Did the paragraph stand here before? */
function hadWords({ block, pieces }: Paragraph): boolean {
  const before = (op: DiffOp) => op === 'keep' || op === 'del';
  return before(block.op) || pieces.some(({ op }) => before(op));
}

function kindOf({ family, is, was, back }: Draft, ends: readonly DiffOp[]): ChangeKind {
  if (family === 'move' || family === 'left' || family === 'look') return family;
  if (family.startsWith('format')) return 'format';
  if (is !== '' && back === true) return 'restore';
  if (is !== '' && was !== '') return 'replace';
  if (is !== '') return 'insert';
  if (was !== '') return 'delete';
  return ends.includes('ins') ? 'split' : 'join';
}

/**
 * The place that text was moved from and the place it was moved to are one change, counted where the text is now. Text that was changed on
 * its way, or cut up, is known by the longest words that both ends have.
 */
function joinMoves(changes: readonly Change[]): { readonly changes: readonly Change[]; readonly used: ReadonlyMap<string, Change> } {
  const left = changes.filter((change) => change.kind === 'left');
  const used = new Map<string, Change>();
  const joined = changes.map((change) => {
    if (change.kind !== 'move') return change;
    const same = left.filter((other) => other.by === change.by && (other.was === change.is || sharedWords(other.was, change.is) > 0));
    const sources = same.filter((other) => other.was === change.is && !used.has(other.id)).slice(0, 1);
    if (sources.length === 0)
      sources.push(...same.toSorted((one, other) => sharedWords(other.was, change.is) - sharedWords(one.was, change.is)));
    const [from] = sources;
    if (from === undefined || from.node === null) return change;
    const move: Change = { ...change, from: from.node, ...(from.paragraph === null ? {} : { fromParagraph: from.paragraph }) };
    for (const source of sources) if (!used.has(source.id)) used.set(source.id, move);
    return move;
  });
  return { changes: joined.filter((change) => !used.has(change.id) && !isBareEnd(change)), used };
}

/** The end of a paragraph that was new when it was moved: what stood there is told by its words. */
function isBareEnd({ kind, was }: Change): boolean {
  return kind === 'left' && was === '';
}

/** Letters of the shorter text when the longer one holds it; 0 when it does not. */
function sharedWords(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.includes(short) ? short.length : 0;
}

/** How many changes each person made, most first. */
export function changesByPerson(changes: readonly Change[]): readonly { readonly by: MemberId | null; readonly count: number }[] {
  const counts = new Map<MemberId | null, number>();
  for (const { by } of changes) counts.set(by, (counts.get(by) ?? 0) + 1);
  return [...counts].map(([by, count]) => ({ by, count })).sort((one, other) => other.count - one.count);
}

/** Changes that show in one of these paragraphs. */
export function changesIn(
  { chapters, named }: Comparison,
  paragraphs: readonly { readonly chapter: ChapterId; readonly key: string }[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const wanted = new Set(paragraphs.map(({ chapter, key }) => `${chapter} ${key}`));
  for (const { chapter, paragraphs: shown } of wanted.size === 0 ? [] : chapters.values()) {
    for (const { block, pieces, end, look } of shown) {
      if (!wanted.has(`${chapter} ${block.key}`)) continue;
      for (const id of [look, ...pieces.map(({ change }) => change), end]) {
        const change = id === null ? undefined : named.get(id);
        if (change !== undefined) found.add(change.id);
      }
    }
  }
  return found;
}

/**
 * The change before or after, going round at the ends.
 * @param fits which of them are stopped at
 * @returns null when there is none at all
 */
export function neighbour(
  changes: readonly Change[],
  current: string | null,
  step: 1 | -1,
  fits: (change: Change) => boolean = () => true,
): Change | null {
  const index = changes.findIndex((change) => change.id === current);
  const start = index === -1 && step === -1 ? 0 : index;
  for (let round = 1; round <= changes.length; round += 1) {
    const change = changes[(((start + step * round) % changes.length) + changes.length) % changes.length];
    if (change !== undefined && fits(change)) return change;
  }
  return null;
}
