import type { DocumentPast, FrameEvent } from '../../shared/document/past.ts';
import type { NodeId, Seq } from '../../shared/ids.ts';
import { emptyOutline, reduceOutline } from '../../shared/outline/fold.ts';
import { numbersOf } from '../../shared/outline/numbering.ts';
import type { Outline, OutlineEvent, OutlineNode } from '../../shared/outline/outline.ts';
import { NO_PARTICULARS, type Particulars, type ParticularsEvent, reduceParticulars } from '../../shared/particulars/particulars.ts';
import { ALICE, BOB, CAROL, REPORT } from '../server/text-engine/office.ts';
import { CHAPTERS, HistorySession, replayed } from './history-session.ts';
import { randomOf } from './text-random.ts';

const PEOPLE = [ALICE, BOB, CAROL];
const PART = 'part000000000001' as NodeId;
const CLOSING = 'passage000000001' as NodeId;
const HEADINGS = ['工作开展情况', '下一步<打算>&安排', '存在的问题', '镕喆\u{2CB41}😀', '经费**万元', '第=1+1=章'];

/**
 * A report with its whole life: chapters written by several people at once (HistorySession), and meanwhile its title, headings, places and
 * particulars changed. Entries beside the text lie between those of the text: their numbers are halves.
 */
export class DocumentSession {
  readonly text: HistorySession;
  readonly events: FrameEvent[] = [];
  private readonly random: () => number;

  constructor(seed: number, entries: number, changes = 24) {
    this.text = new HistorySession(seed).run(entries);
    this.random = randomOf(seed + 5_000);
    const nodes: OutlineNode[] = [
      { id: PART, kind: 'part', heading: HEADINGS[0]!, form: 'own-line', parent: null },
      { id: CHAPTERS[0]!, kind: 'chapter', heading: HEADINGS[1]!, form: 'own-line', parent: PART },
      { id: CHAPTERS[1]!, kind: 'chapter', heading: `${HEADINGS[2]}。`, form: 'run-in', parent: null },
    ];
    this.add(0.5, { op: 'create', epoch: 'e', beginning: 'empty', title: '关于某事的报告', nodes });
    const seqs = Array.from({ length: changes }, () => this.pick(this.head) + 1).sort((one, other) => one - other);
    seqs.forEach((seq, index) => {
      const at = seq + (index + 1) / (changes + 2);
      if (this.random() < 0.65) this.add(at, this.outlineEvent(this.outlineAt(at)));
      else this.addParticular(at);
    });
  }

  get head(): Seq {
    return this.text.head;
  }

  outlineAt(seq: Seq): Outline {
    let outline = emptyOutline;
    for (const entry of this.events)
      if (entry.kind === 'outline' && entry.header.seq <= seq) outline = reduceOutline(outline, entry.event, entry.header);
    return outline;
  }

  particularsAt(seq: Seq): Particulars {
    let particulars = NO_PARTICULARS;
    for (const entry of this.events)
      if (entry.kind === 'particulars' && entry.header.seq <= seq) particulars = reduceParticulars(particulars, entry.event, entry.header);
    return particulars;
  }

  async past(from: Seq, to: Seq): Promise<DocumentPast> {
    const chapters = CHAPTERS.filter((id) => [...this.outlineAt(from).nodes, ...this.outlineAt(to).nodes].some((node) => node.id === id));
    const diff = await this.text.office.engine.history(REPORT, 'diff', { chapters, from, to, context: true });
    return {
      from,
      to,
      outline: this.outlineAt(from),
      particulars: this.particularsAt(from),
      events: this.events.filter(({ header }) => header.seq > from && header.seq <= to),
      credits: diff.credits,
      chapters: diff.chapters,
    };
  }

  /** The report's lines at a point, from a naive replay: title, numbered headings, paragraphs with something in them. */
  linesAt(seq: Seq): readonly string[] {
    const outline = this.outlineAt(seq);
    const numbers = numbersOf(outline);
    const lines = [outline.title];
    for (const node of outline.nodes) {
      const heading = node.kind === 'passage' ? '' : `${numbers.get(node.id) ?? ''}${node.heading}`;
      const counts: number[] = [];
      const body: string[] = [];
      for (const { type, attrs, runs } of CHAPTERS.includes(node.id) ? replayed(this.text.office, node.id, seq) : []) {
        const text = runs.map((run) => run.text).join('');
        if (text === '') continue;
        const { list, indent = 0 } = attrs as { list?: string; indent?: number };
        if (type !== 'listLine') counts.length = 0;
        else counts.length = Math.min(counts.length, list === 'ordered' ? indent + 1 : indent);
        if (type === 'listLine' && list === 'ordered') counts[indent] = (counts[indent] ?? 0) + 1;
        body.push(type !== 'listLine' ? text : list === 'ordered' ? `${counts[indent]}. ${text}` : `•\u2002${text}`);
      }
      if (node.form === 'run-in' && body.length > 0) lines.push(heading + body[0]!, ...body.slice(1));
      else lines.push(...(heading === '' ? body : [heading, ...body]));
    }
    return lines;
  }

  private pick(below: number): number {
    return Math.floor(this.random() * below);
  }

  private add(seq: number, event: OutlineEvent): void {
    this.events.push({ kind: 'outline', event, header: this.header(seq, 'outline') });
  }

  private header(seq: number, kind: 'outline' | 'particulars'): FrameEvent['header'] {
    const near = this.text.office.log.find((entry) => entry.seq >= seq) ?? this.text.office.log.at(-1)!;
    return { seq, at: near.at, author: PEOPLE[this.pick(PEOPLE.length)]!, kind, subject: '' };
  }

  private addParticular(seq: number): void {
    const before = this.particularsAt(seq).values;
    const field = (['issuer', 'date', 'attachments', 'addressees', 'copies', 'printer', 'note', 'signer', 'type', 'secrecy'] as const)[
      this.pick(10)
    ]!;
    const lists = [[], ['市委'], ['市委', '市政府<办>'], ['县委', '市政府']];
    const value =
      field === 'date'
        ? ['', '2026-01-05', '2026-11-25'][this.pick(3)]!
        : field === 'attachments' || field === 'addressees' || field === 'copies'
          ? lists[this.pick(4)]!
          : field === 'secrecy'
            ? ['', 'secret', 'top-secret'][this.pick(3)]!
            : field === 'type'
              ? ['报告', '通知'][this.pick(2)]!
              : ['', '示例县工作委员会', '示例县&办公室'][this.pick(3)]!;
    const event: ParticularsEvent = { op: 'set', field, was: before[field] ?? (typeof value === 'string' ? '' : []), value };
    this.events.push({ kind: 'particulars', event, header: this.header(seq, 'particulars') });
  }

  private outlineEvent(outline: Outline): OutlineEvent {
    const roll = this.random();
    const node = outline.nodes[this.pick(outline.nodes.length)];
    const heading = HEADINGS[this.pick(HEADINGS.length)]!;
    if (node === undefined || roll < 0.2) {
      const gone = outline.removed[this.pick(outline.removed.length)];
      if (gone !== undefined) return { op: 'restore', node: gone.id, parent: null, before: null };
      return { op: 'title', was: outline.title, title: `关于${heading}的报告` };
    }
    if (roll < 0.45 && node.kind !== 'passage') {
      const form = node.kind === 'part' ? 'own-line' : this.random() < 0.5 ? 'run-in' : 'own-line';
      return { op: 'heading', node: node.id, was: node.heading, heading, form };
    }
    if (roll < 0.6) return { op: 'remove', node: node.id };
    if (roll < 0.68 && !outline.nodes.some(({ id }) => id === CLOSING) && !outline.removed.some(({ id }) => id === CLOSING)) {
      return {
        op: 'add',
        node: { id: CLOSING, kind: 'passage', heading: '', form: 'own-line', parent: null },
        before: node.parent === null ? node.id : null,
      };
    }
    const parts = outline.nodes.filter(({ kind, id }) => kind === 'part' && id !== node.id);
    const parent = node.kind === 'chapter' && this.random() < 0.5 ? (parts[0]?.id ?? null) : null;
    const siblings = outline.nodes.filter((other) => other.parent === parent && other.id !== node.id);
    return { op: 'move', node: node.id, parent, before: siblings[this.pick(siblings.length + 1)]?.id ?? null };
  }
}
