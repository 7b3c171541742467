import type { MemberId, Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import { parseSingleLine } from '../outline/single-line.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

/** A point of the report's life that somebody gave a name to: 送审稿, 修改稿一 …. Stands in the log as entries of kind `revision`. */
export interface Revision {
  /** The entry that named it: its id for ever. */
  readonly id: Seq;
  /** Everything up to and with this entry belongs to it. */
  readonly upTo: Seq;
  readonly name: string;
  /** '' = none. */
  readonly note: string;
  readonly by: MemberId;
  readonly at: number;
}

/** Payload of kind `revision` (JSON). Whole values with the value expected before them, as titles and headings have. */
export type RevisionEvent =
  | { readonly op: 'name'; readonly upTo: Seq; readonly name: string; readonly note: string }
  | { readonly op: 'rename'; readonly revision: Seq; readonly was: string; readonly name: string; readonly note: string }
  | { readonly op: 'withdraw'; readonly revision: Seq };

/** What a person asks for; `upTo` left out means now. */
export type RevisionCommand =
  | { readonly op: 'name'; readonly upTo?: Seq | undefined; readonly name: string; readonly note: string }
  | { readonly op: 'rename'; readonly revision: Seq; readonly was: string; readonly name: string; readonly note: string }
  | { readonly op: 'withdraw'; readonly revision: Seq };

export type RevisionRefusal =
  | { readonly code: 'revision-bad-name' }
  | { readonly code: 'revision-bad-point' }
  | { readonly code: 'revision-name-taken' }
  | { readonly code: 'no-such-revision' }
  /** Somebody renamed it meanwhile. */
  | { readonly code: 'revision-clash'; readonly is: string };

/** Longest name and note, in characters (code points). */
export const MAX_REVISION_NAME = 40;
export const MAX_REVISION_NOTE = 400;

/**
 * May this become an entry?
 * @param head the report's last entry: a point beyond it cannot be named
 */
export function decideRevision(
  revisions: readonly Revision[],
  command: RevisionCommand,
  head: Seq,
): Result<RevisionEvent, RevisionRefusal> {
  if (command.op === 'withdraw') {
    return revisions.some((revision) => revision.id === command.revision) ? ok(command) : err({ code: 'no-such-revision' });
  }
  const name = parseSingleLine(command.name);
  const note = command.note.trim();
  if (name === null || name === '' || [...name].length > MAX_REVISION_NAME || [...note].length > MAX_REVISION_NOTE) {
    return err({ code: 'revision-bad-name' });
  }
  const own = command.op === 'rename' ? command.revision : null;
  if (revisions.some((revision) => revision.name === name && revision.id !== own)) return err({ code: 'revision-name-taken' });
  if (command.op === 'name') {
    const upTo = command.upTo ?? head;
    return upTo >= 1 && upTo <= head ? ok({ op: 'name', upTo, name, note }) : err({ code: 'revision-bad-point' });
  }
  const renamed = revisions.find((revision) => revision.id === own);
  if (renamed === undefined) return err({ code: 'no-such-revision' });
  if (renamed.name !== command.was) return err({ code: 'revision-clash', is: renamed.name });
  return ok({ op: 'rename', revision: renamed.id, was: renamed.name, name, note });
}

/** One entry applied; total. Revisions stand in the order of the points that they name, then of their naming. */
export function reduceRevisions(revisions: readonly Revision[], event: RevisionEvent, header: EntryHeader): readonly Revision[] {
  switch (event.op) {
    case 'name': {
      const { upTo, name, note } = event;
      const named: Revision = { id: header.seq, upTo, name, note, by: header.author, at: header.at };
      const before = revisions.filter((revision) => revision.upTo <= upTo);
      return [...before, named, ...revisions.filter((revision) => revision.upTo > upTo)];
    }
    case 'rename':
      return revisions.map((revision) => (revision.id === event.revision ? { ...revision, name: event.name, note: event.note } : revision));
    case 'withdraw':
      return revisions.filter((revision) => revision.id !== event.revision);
  }
}
