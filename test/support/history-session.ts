import type { Node as PMNode } from '@tiptap/pm/model';
import { Fragment, Slice } from '@tiptap/pm/model';
import * as Y from 'yjs';
import type { ChapterId, MemberId, Seq } from '../../shared/ids.ts';
import { HARD_BREAK, ROOT_NAME, render } from '../../shared/text/render.ts';
import { ALICE, BOB, CAROL, CHAPTER, Copy, Office, OTHER } from '../server/text-engine/office.ts';
import { randomOf } from './text-random.ts';

export const CHAPTERS: readonly ChapterId[] = [CHAPTER, OTHER];
const MEMBERS: readonly MemberId[] = [ALICE, BOB, CAROL, 'dave000000000000' as MemberId, 'erin000000000000' as MemberId];
const LONG_TEXT = 3_000;
const MANY_MARKS = 60;
/** Among them characters that share half a surrogate pair. */
const WORDS = [
  '会议认为，',
  '要压实责任',
  '。',
  '😀',
  '😁',
  '一',
  '督查 ',
  'the fox ',
  HARD_BREAK,
  '规范权力运行',
  '第二阶段工作安排如下：',
];

/**
 * Several people write two chapters at once as the editor writes: type, delete, split, join, restyle, mark, move, cut and paste (between
 * chapters too), undo, redo, write offline and come back. The same seed gives the same log.
 */
export class HistorySession {
  readonly office = new Office();
  readonly acts = new Map<string, number>();
  private readonly random: () => number;
  private readonly copies: Copy[] = [];
  private readonly offline = new Set<Copy>();
  private readonly clipboard = new Map<MemberId, Fragment>();
  private readonly members: readonly MemberId[];

  constructor(seed: number, people = 2 + (seed % 4)) {
    this.random = randomOf(seed);
    this.members = MEMBERS.slice(0, people);
    let client = 100_000;
    for (const member of this.members) {
      for (const chapter of CHAPTERS) {
        client += 1;
        this.copies.push(new Copy(this.office, chapter, member, client));
      }
    }
  }

  get head(): Seq {
    return this.office.log.length;
  }

  /** Until the log has this many entries; everybody is back at the end. */
  run(entries: number): this {
    while (this.head < entries) this.act(this.copies[this.pick(this.copies.length)]!);
    for (const copy of this.offline) copy.comeBack();
    this.offline.clear();
    return this;
  }

  private act(copy: Copy): void {
    // Pauses of all lengths, so that there are sittings.
    this.office.now += this.chance(0.02) ? 3_600_000 : this.pick(5_000);
    const roll = this.random();
    const found = ACTS.find(([share]) => roll < share)![1];
    // Formats that lie over one another are written anew with every move: in a long session they are taken off again.
    const act = found === 'mark' && (this.acts.get('mark') ?? 0) > MANY_MARKS && this.chance(0.7) ? 'unmark' : found;
    const done = this[act](copy);
    if (done) this.acts.set(act, (this.acts.get(act) ?? 0) + 1);
  }

  private pick(below: number): number {
    return Math.floor(this.random() * below);
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }

  private docOf(copy: Copy): PMNode {
    return render(copy.text).doc;
  }

  /** A position inside some line. */
  private place(doc: PMNode): { readonly block: number; readonly start: number; readonly at: number; readonly size: number } {
    const block = this.pick(doc.childCount);
    let start = 1;
    for (let index = 0; index < block; index += 1) start += doc.child(index).nodeSize;
    const { size } = doc.child(block).content;
    return { block, start, at: aligned(doc, start + this.pick(size + 1)), size };
  }

  type(copy: Copy): boolean {
    const { at } = this.place(this.docOf(copy));
    const words = WORDS[this.pick(WORDS.length)]!;
    copy.edit((tr) => {
      const schema = tr.doc.type.schema;
      return tr.insert(at, words === HARD_BREAK ? schema.nodes['hardBreak']!.create() : schema.text(words));
    });
    return true;
  }

  deleteSome(copy: Copy): boolean {
    const doc = this.docOf(copy);
    const { at } = this.place(doc);
    // A long session is about a text of an ordinary length: what is too much goes in larger pieces.
    const most = doc.content.size > LONG_TEXT ? 90 : 12;
    const to = aligned(doc, Math.min(doc.content.size - 1, at + 1 + this.pick(most)));
    if (to <= at) return false;
    copy.edit((tr) => tr.delete(at, to));
    return true;
  }

  /** One emoji typed over another that shares half its surrogate pair. */
  overtype(copy: Copy): boolean {
    let at = -1;
    this.docOf(copy).descendants((node, pos) => {
      const found = node.text?.indexOf('😀') ?? -1;
      if (found >= 0) at = pos + found;
    });
    if (at < 0) return false;
    copy.edit((tr) => tr.replaceWith(at, at + 2, tr.doc.type.schema.text('😁')));
    return true;
  }

  split(copy: Copy): boolean {
    const { at } = this.place(this.docOf(copy));
    copy.edit((tr) => tr.split(at));
    return true;
  }

  join(copy: Copy): boolean {
    const { block, start } = this.place(this.docOf(copy));
    if (block === 0) return false;
    copy.edit((tr) => tr.join(start - 1));
    return true;
  }

  restyle(copy: Copy): boolean {
    const { at } = this.place(this.docOf(copy));
    const looks = [
      ['heading', { level: 3 + this.pick(2) }],
      ['listLine', { list: this.chance(0.5) ? 'ordered' : 'bullet', indent: this.pick(3) }],
      ['paragraph', { align: this.chance(0.5) ? 'center' : null }],
    ] as const;
    const [type, attrs] = looks[this.pick(looks.length)]!;
    copy.edit((tr) => tr.setBlockType(at, at, tr.doc.type.schema.nodes[type]!, attrs));
    return true;
  }

  mark(copy: Copy): boolean {
    const doc = this.docOf(copy);
    const { at } = this.place(doc);
    const to = aligned(doc, Math.min(doc.content.size - 1, at + 1 + this.pick(30)));
    if (to <= at) return false;
    const name = (['bold', 'italic', 'underline'] as const)[this.pick(3)]!;
    copy.edit((tr) => {
      const mark = tr.doc.type.schema.marks[name]!;
      return this.chance(0.6) ? tr.addMark(at, to, mark.create()) : tr.removeMark(at, to, mark);
    });
    return true;
  }

  unmark(copy: Copy): boolean {
    copy.edit((tr) => tr.removeMark(0, tr.doc.content.size));
    return true;
  }

  move(copy: Copy): boolean {
    const doc = this.docOf(copy);
    if (doc.childCount < 2) return false;
    const { block, start } = this.place(doc);
    const node = doc.child(block);
    copy.edit((tr) => {
      tr.delete(start - 1, start - 1 + node.nodeSize);
      const target = this.pick(tr.doc.childCount + 1);
      let at = 0;
      for (let index = 0; index < target; index += 1) at += tr.doc.child(index).nodeSize;
      return tr.insert(at, node);
    });
    return true;
  }

  cut(copy: Copy): boolean {
    const doc = this.docOf(copy);
    const { at, start, size } = this.place(doc);
    const to = aligned(doc, Math.min(start + size, at + 10 + this.pick(20)));
    if (to <= at) return false;
    this.clipboard.set(copy.owner, doc.slice(at, to).content);
    copy.edit((tr) => tr.delete(at, to));
    return true;
  }

  paste(copy: Copy): boolean {
    const content = this.clipboard.get(copy.owner);
    if (content === undefined) return false;
    const { at } = this.place(this.docOf(copy));
    const inline = content.firstChild?.isBlock === true ? content.firstChild.content : content;
    copy.edit((tr) => tr.replace(at, at, new Slice(Fragment.fromArray([...inline.content]), 0, 0)));
    return true;
  }

  undo(copy: Copy): boolean {
    return copy.undo.undo() !== null;
  }

  redo(copy: Copy): boolean {
    return copy.undo.redo() !== null;
  }

  away(copy: Copy): boolean {
    if (this.offline.has(copy)) {
      this.offline.delete(copy);
      copy.comeBack();
    } else if (this.offline.size < this.copies.length - 1) {
      this.offline.add(copy);
      copy.goOffline();
    }
    return true;
  }
}

/** No editor puts a caret into the middle of a character. */
function aligned(doc: PMNode, at: number): number {
  const low = doc.textBetween(at, Math.min(doc.content.size, at + 1)).charCodeAt(0);
  return low >= 0xdc00 && low < 0xe000 ? at - 1 : at;
}

/** Shares add up: a roll below the number does the act. */
const ACTS = [
  [0.36, 'type'],
  [0.46, 'deleteSome'],
  [0.48, 'overtype'],
  [0.56, 'split'],
  [0.61, 'join'],
  [0.67, 'restyle'],
  [0.74, 'mark'],
  [0.79, 'move'],
  [0.83, 'cut'],
  [0.88, 'paste'],
  [0.93, 'undo'],
  [0.96, 'redo'],
  [1, 'away'],
] as const;

/** A block as a replay shows it. */
export interface PlainBlock {
  readonly type: string;
  readonly attrs: unknown;
  readonly runs: readonly { readonly text: string; readonly marks: readonly string[] }[];
}

/** The chapter after `seq`, from a fresh document and the updates up to there, by the renderer of the editor. */
export function replayed(office: Office, chapter: ChapterId, seq: Seq): readonly PlainBlock[] {
  const doc = new Y.Doc({ gc: false });
  for (const entry of office.log) {
    if (entry.seq > seq) break;
    if (entry.subject === chapter) Y.applyUpdate(doc, entry.text.update);
  }
  return plainBlocks(doc.getText(ROOT_NAME));
}

export function plainBlocks(text: Y.Text): readonly PlainBlock[] {
  const { doc, virtual } = render(text);
  const blocks = doc.children.map((node) => {
    const runs: { text: string; marks: readonly string[] }[] = [];
    for (const child of node.children) {
      const letters = child.isText ? child.text! : child.type.name === 'hardBreak' ? HARD_BREAK : '\ufffc';
      addRun(
        runs,
        letters,
        child.marks.map((mark) => mark.type.name),
      );
    }
    return { type: node.type.name, attrs: node.attrs, runs };
  });
  if (virtual && blocks.at(-1)?.runs.length === 0) blocks.pop();
  return blocks;
}

export function addRun(runs: { text: string; marks: readonly string[] }[], text: string, marks: readonly string[]): void {
  const last = runs.at(-1);
  if (last !== undefined && last.marks.join() === marks.join()) last.text += text;
  else runs.push({ text, marks });
}
