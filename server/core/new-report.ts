import type { Role } from '../../shared/access/can.ts';
import type { ImportBlock } from '../../shared/api.ts';
import type { MemberId, NodeId, ReportId } from '../../shared/ids.ts';
import { parseNodeId, parseReportId } from '../../shared/ids.ts';
import type { ReportContent } from '../../shared/importing/to-report.ts';
import { encodeEvent, encodeTextPayload } from '../../shared/log/codec.ts';
import type { Via } from '../../shared/log/entry.ts';
import type { Beginning } from '../../shared/outline/outline.ts';
import { invariant } from '../../shared/result.ts';
import { type FirstBlock, paragraphsUpdate, SERVER_CLIENT_ID, seedUpdate } from '../../shared/text/seed.ts';
import type { EntryDraft, Ids } from './ports.ts';

/** A draft without what the report itself adds. */
export type CommandDraft = Omit<EntryDraft, 'at' | 'origin'>;

export interface FirstMember {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
}

/** How a report begins. The first member is the one who creates it. */
export interface NewReport {
  readonly beginning: Beginning;
  readonly content: ReportContent;
  /** First texts that are made already, in place of the blocks of `content`: a copied report keeps its kinds of lines and marks. */
  readonly updates?: ReadonlyMap<NodeId, Uint8Array>;
  readonly members: readonly [FirstMember, ...FirstMember[]];
}

export function newReportId(ids: Ids): ReportId {
  const id = parseReportId(ids.next());
  invariant(id !== null, 'Ids.next() gives ids');
  return id;
}

export function newNodeId(ids: Ids): NodeId {
  const id = parseNodeId(ids.next());
  invariant(id !== null, 'Ids.next() gives ids');
  return id;
}

/** The first entries of a report: its outline, its members, and the first text of each chapter. They become durable together. */
export function firstEntries(plan: NewReport, ids: Ids): readonly CommandDraft[] {
  const { beginning, content, members, updates } = plan;
  const author = members[0].id;
  const create = encodeEvent({ op: 'create', epoch: ids.next(), beginning, title: content.title, nodes: content.nodes });
  const joins = members.map(({ id, name, role }) => encodeEvent({ op: 'join', member: id, name, role }));
  const via: Via = beginning === 'empty' ? 'seed' : beginning;
  return [
    { author, kind: 'outline', subject: '', payload: create },
    ...joins.map((payload): CommandDraft => ({ author, kind: 'members', subject: '', payload })),
    ...[...content.texts].map(([chapter, blocks]) => {
      const update = updates?.get(chapter);
      return update === undefined ? firstText(author, chapter, blocks, via) : textDraft(author, chapter, via, update);
    }),
  ];
}

/** The first text of a chapter, under ids of the server. */
export function firstText(author: MemberId, chapter: NodeId, blocks: readonly ImportBlock[], via: Via): CommandDraft {
  const empty = blocks.length === 0;
  const update = empty ? seedUpdate() : paragraphsUpdate(blocks.map(firstBlock), SERVER_CLIENT_ID);
  return textDraft(author, chapter, empty ? 'seed' : via, update);
}

function textDraft(author: MemberId, chapter: NodeId, via: Via, update: Uint8Array): CommandDraft {
  return { author, kind: 'text', subject: chapter, payload: encodeTextPayload({ via, offlineSince: 0, wordsOf: null, update }) };
}

function firstBlock({ kind, text }: ImportBlock): FirstBlock {
  if (kind === 'paragraph') return { kind, text };
  return { kind: 'heading', level: kind === 'heading3' ? 3 : 4, text };
}
