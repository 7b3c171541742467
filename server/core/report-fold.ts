import type { Stage } from '../../shared/access/can.ts';
import type { NodeId, Seq } from '../../shared/ids.ts';
import { decodeEntry, EntryFormatError } from '../../shared/log/codec.ts';
import type { DecodedEntry, Entry, EntryHeader } from '../../shared/log/entry.ts';
import { emptyOutline, reduceOutline } from '../../shared/outline/fold.ts';
import type { Outline, OutlineEvent, OutlineNode } from '../../shared/outline/outline.ts';
import { type Revision, reduceRevisions } from '../../shared/revisions/revision.ts';
import { type Members, NO_MEMBERS, reduceMembers } from './members.ts';

/** What the report's entries, text apart, have made of it so far. A value: a change gives a new one. */
export interface ReportFold {
  readonly seq: Seq;
  readonly changedAt: number;
  /** '' before the first entry. */
  readonly epoch: string;
  readonly stage: Stage;
  readonly outline: Outline;
  readonly members: Members;
  readonly revisions: readonly Revision[];
}

export const EMPTY_REPORT: ReportFold = {
  seq: 0,
  changedAt: 0,
  epoch: '',
  stage: 'drafting',
  outline: emptyOutline,
  members: NO_MEMBERS,
  revisions: [],
};

/** One entry applied; total. Kinds of later versions only move the head. */
export function reduceReport(fold: ReportFold, entry: DecodedEntry): ReportFold {
  const moved = { ...fold, seq: entry.seq, changedAt: entry.at };
  switch (entry.kind) {
    case 'outline':
      return withOutline(moved, entry.event, entry);
    case 'members':
      return { ...moved, members: reduceMembers(fold.members, entry.event) };
    case 'revision':
      return { ...moved, revisions: reduceRevisions(fold.revisions, entry.event, entry) };
    default:
      return moved;
  }
}

function withOutline(fold: ReportFold, event: OutlineEvent, header: EntryHeader): ReportFold {
  const epoch = event.op === 'create' && fold.epoch === '' ? event.epoch : fold.epoch;
  return { ...fold, epoch, outline: reduceOutline(fold.outline, event, header) };
}

/** @returns the node when it is in the outline and has a text of its own. */
export function textNode(outline: Outline, id: NodeId): OutlineNode | null {
  const node = outline.nodes.find((other) => other.id === id);
  return node === undefined || node.kind === 'part' ? null : node;
}

/** @returns null for an entry whose payload this version cannot read: damaged, redacted, or of a newer version. */
export function readEntry(entry: Entry): DecodedEntry | null {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (error instanceof EntryFormatError) return null;
    throw error;
  }
}
