import * as Y from 'yjs';
import type { FedEntry } from '../../server/text-engine/report-texts.ts';
import type { ChapterId, MemberId } from '../../shared/ids.ts';
import { ROOT_NAME } from '../../shared/text/render.ts';
import { seedUpdate } from '../../shared/text/seed.ts';
import { EDIT_MS, type Edit, PAUSE_MS, TURN, traceOf } from './trace.ts';

export const CHAPTER = 'chapter000000001' as ChapterId;
export const MEMBERS = ['alice00000000000', 'bob0000000000000', 'carol00000000000'] as readonly string[] as readonly MemberId[];
/** A winter morning; the trace goes on from there. */
const BEGIN = Date.UTC(2026, 0, 5, 1);

/** The trace as text entries of a chapter, each under its writer's id, as the log would hold them from seq 1 on. */
export function entriesOf(edits: number): FedEntry[] {
  return entriesOfTrace(traceOf(edits));
}

export function entriesOfTrace(trace: readonly Edit[]): FedEntry[] {
  const doc = new Y.Doc();
  const text = doc.getText(ROOT_NAME);
  const entries: FedEntry[] = [];
  const base = { chapter: CHAPTER, wordsOf: null, offlineSince: 0 };
  const seed = seedUpdate();
  Y.applyUpdate(doc, seed);
  entries.push({ ...base, seq: 1, at: BEGIN, author: MEMBERS[0]!, via: 'seed', update: seed });
  let update = seed;
  doc.on('update', (made: Uint8Array) => {
    update = made;
  });
  for (const [index, { at, deleted, inserted, writer }] of trace.entries()) {
    doc.clientID = 100_000 + writer;
    doc.transact(() => {
      if (deleted > 0) text.delete(at, deleted);
      if (inserted === '\n') text.insertEmbed(at, new Y.Map());
      else if (inserted !== '') text.insert(at, inserted);
    });
    const time = BEGIN + index * EDIT_MS + Math.floor(index / TURN) * PAUSE_MS;
    entries.push({ ...base, seq: index + 2, at: time, author: MEMBERS[writer]!, via: 'typing', update });
  }
  return entries;
}

/** Entry after so many edits. */
export const seqAfter = (edits: number): number => edits + 1;
