import type { MemberId, NodeId } from '../../../shared/ids.ts';
import type { EntryHeader } from '../../../shared/log/entry.ts';
import { decideOutline } from '../../../shared/outline/decide.ts';
import { emptyOutline, reduceOutline } from '../../../shared/outline/fold.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import type { NodeKind, Outline, OutlineCommand, OutlineEvent, OutlineNode, OutlineRefusal } from '../../../shared/outline/outline.ts';

/** A readable id: 'a' → 'aaaaaaaaaaaaaaaa'. */
export const id = (name: string) => name.padEnd(16, '0') as NodeId;

export const header = (seq: number, author = 'member'): EntryHeader => ({
  seq,
  at: 1_000 + seq,
  author: author.padEnd(16, '0') as MemberId,
  kind: 'outline',
  subject: '',
});

export function node(name: string, kind: NodeKind, parent: string | null = null, heading = kind === 'passage' ? '' : name): OutlineNode {
  return { id: id(name), kind, heading, form: 'own-line', parent: parent === null ? null : id(parent) };
}

/** lead · 一 p1 [c1 c2 end] · 二 p2 [c3] · 三 solo */
export const sample: Outline = reduceOutline(
  emptyOutline,
  {
    op: 'create',
    epoch: 'e1',
    beginning: 'empty',
    title: '报告',
    nodes: [
      node('lead', 'passage'),
      node('p1', 'part'),
      node('c1', 'chapter', 'p1'),
      node('c2', 'chapter', 'p1'),
      node('end', 'passage', 'p1'),
      node('p2', 'part'),
      node('c3', 'chapter', 'p2'),
      node('solo', 'chapter'),
    ],
  },
  header(1),
);

/** 'lead p1[c1 c2 end] p2[c3] solo' */
export function shape(outline: Outline): string {
  const name = (one: OutlineNode) => one.id.replace(/0+$/, '');
  return outline.nodes
    .filter((one) => one.parent === null)
    .map((top) => {
      const inside = outline.nodes.filter((one) => one.parent === top.id).map(name);
      return top.kind === 'part' ? `${name(top)}[${inside.join(' ')}]` : name(top);
    })
    .join(' ');
}

export function numbers(outline: Outline): string {
  const given = numbersOf(outline);
  return outline.nodes.map((one) => given.get(one.id) ?? '·').join(' ');
}

/** Everybody but the stranger belongs to the report. */
export const belongs = (member: MemberId) => member !== memberId('stranger');
export const memberId = (name: string) => name.padEnd(16, '0') as MemberId;

/** Decides and applies commands one after the other; throws at a refusal, so that a test says what it means. */
export function run(outline: Outline, ...commands: readonly OutlineCommand[]): Outline {
  return commands.reduce((state, command, index) => {
    const decided = decideOutline(state, command, { newId: () => id(`new${state.nodes.length}`), belongs });
    if (!decided.ok) throw new Error(`refused: ${decided.error.code}`);
    return reduceOutline(state, decided.value, header(10 + index));
  }, outline);
}

export function refusal(outline: Outline, command: OutlineCommand): OutlineRefusal | OutlineEvent {
  const decided = decideOutline(outline, command, { newId: () => id('fresh'), belongs });
  return decided.ok ? decided.value : decided.error;
}
