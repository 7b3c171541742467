import type {
  PlaceHits,
  ReplaceCommand,
  ReplaceDone,
  ReplacePreview,
  ReplacePreviewCommand,
  ReplaceUndo,
  ReplaceUndone,
} from '../../../shared/api/replace.ts';
import { findAll } from '../../../shared/finding/find.ts';
import type { ChapterId, MemberId, NodeId } from '../../../shared/ids.ts';
import { encodeEvent, encodeTextPayload } from '../../../shared/log/codec.ts';
import type { OutlineEvent } from '../../../shared/outline/outline.ts';
import { parseSingleLine } from '../../../shared/outline/single-line.ts';
import { isTextRoom } from '../../../shared/outline/tree.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CommandDraft } from '../new-report.ts';
import type { Report } from '../report.ts';
import type { ChapterHits } from './plan.ts';

/** `replace-moved`: the hits are not those of the preview. `replace-nothing`: there is nothing (left) to do. */
export type ReplaceFailure = 'replace-moved' | 'replace-nothing';

/** Every hit of the report; changes nothing. */
export async function previewReplace(report: Report, member: MemberId, command: ReplacePreviewCommand): Promise<ReplacePreview> {
  return previewOf(await look(report, member, command, false));
}

/**
 * Replaces every hit that the person has seen and may change: one entry for each chapter and heading, durable together. To be called in turn
 * with the report's other commands. What people type meanwhile merges with it like any two changes.
 */
export async function replaceAll(report: Report, author: MemberId, command: ReplaceCommand): Promise<Result<ReplaceDone, ReplaceFailure>> {
  const found = await look(report, author, command, true);
  const preview = previewOf(found);
  if (preview.stamp !== command.stamp) return err('replace-moved');
  const lines = found.lines.filter((line) => line.open);
  const texts = found.texts.filter((text) => text.open);
  const replaced = [...lines, ...texts].reduce((sum, { count }) => sum + count, 0);
  if (replaced === 0) return err('replace-nothing');
  const drafts = [
    ...lines.map(({ node, was, is }) => lineDraft(author, report, node, was, is)),
    ...texts.map(({ chapter, update }) => textDraft(author, chapter, update ?? new Uint8Array())),
  ];
  const entries = await report.appendAndWait(drafts);
  const undo: ReplaceUndo = {
    texts: entries.slice(lines.length).flatMap(({ seq, subject }) => (subject === '' ? [] : [{ chapter: subject, seq }])),
    lines: lines.map(({ node, was, is }) => ({ node, was, is })),
  };
  return ok({ replaced, seq: entries.at(-1)?.seq ?? report.head(), undo });
}

/** Takes a replacement of this member back, all of it at once; places rewritten since stay, and so does everything that others wrote. */
export async function undoReplace(report: Report, author: MemberId, undo: ReplaceUndo): Promise<Result<ReplaceUndone, ReplaceFailure>> {
  const drafts: CommandDraft[] = [];
  let restored = 0;
  let left = 0;
  for (const { node, was, is } of undo.lines) {
    if (standing(report, node) !== is || !report.may(author, 'changeOutline', null) || parseSingleLine(was) !== was || was === '') {
      left += 1;
      continue;
    }
    restored += 1;
    drafts.push(lineDraft(author, report, node, is, was));
  }
  for (const question of undo.texts) {
    const plan = mayWriteIn(report, author, question.chapter)
      ? await report.readEngine().history(report.id, 'unreplace', { ...question, by: author })
      : null;
    if (plan === null) continue;
    restored += plan.back;
    left += plan.left;
    const payload = encodeTextPayload({ via: 'restore', offlineSince: 0, wordsOf: null, restored: plan.restored, update: plan.update });
    drafts.push({ author, kind: 'text', subject: question.chapter, payload });
  }
  if (drafts.length === 0) return err('replace-nothing');
  const entries = await report.appendAndWait(drafts);
  return ok({ restored, left, seq: entries.at(-1)?.seq ?? report.head() });
}

interface LineHits {
  readonly node: NodeId | null;
  readonly was: string;
  readonly is: string;
  readonly count: number;
  readonly open: boolean;
  readonly places: PlaceHits;
}

interface Found {
  readonly lines: readonly LineHits[];
  readonly texts: readonly (ChapterHits & { readonly open: boolean })[];
}

async function look(report: Report, member: MemberId, command: ReplacePreviewCommand, write: boolean): Promise<Found> {
  const { outline } = report.fold;
  const { find, options, replacement } = command;
  const mayHead = report.may(member, 'changeOutline', null);
  const values = [
    { node: null, where: 'title' as const, was: outline.title },
    ...outline.nodes.map((node) => ({ node: node.id, where: 'heading' as const, was: node.heading })),
  ];
  const lines = values.flatMap(({ node, where, was }): LineHits[] => {
    const at = findAll(was, find, options);
    if (at.length === 0) return [];
    const is = replaced(was, at, find.length, replacement);
    const open = mayHead && is !== '' && parseSingleLine(is) === is && is !== was;
    const hits = at.map((place) => ({
      before: was.slice(0, place),
      hit: was.slice(place, place + find.length),
      after: was.slice(place + find.length),
    }));
    return [{ node, was, is, count: at.length, open, places: { node, where, count: at.length, hits, open } }];
  });
  const chapters = outline.nodes.filter(isTextRoom).map((node) => node.id);
  const question = { chapters, find, options, replacement: write ? replacement : null };
  const texts = await report.readEngine().history(report.id, 'replace', question);
  return { lines, texts: texts.map((text) => ({ ...text, open: mayWriteIn(report, member, text.chapter) })) };
}

function mayWriteIn(report: Report, member: MemberId, chapter: ChapterId): boolean {
  return report.fold.outline.nodes.some((node) => node.id === chapter && isTextRoom(node)) && report.mayWrite(member, chapter);
}

function replaced(value: string, at: readonly number[], length: number, replacement: string): string {
  let result = '';
  let from = 0;
  for (const place of at) {
    result += value.slice(from, place) + replacement;
    from = place + length;
  }
  return (result + value.slice(from)).trim();
}

/** Title, then headings and texts in the order of the outline as they were found. */
function previewOf({ lines, texts }: Found): ReplacePreview {
  const places = [
    ...lines.map((line) => line.places),
    ...texts.map(({ chapter, count, hits, open }): PlaceHits => ({ node: chapter, where: 'text', count, hits, open })),
  ];
  const names = [...lines.map(({ node, was }) => `${node} ${was}`), ...texts.map(({ chapter, ids }) => `${chapter} ${ids}`)];
  return { total: places.reduce((sum, { count }) => sum + count, 0), places, stamp: stampOf(names.join('\n')) };
}

/** 53 bits that two different lists of hits do not share by accident; nobody gains by making them equal. */
function stampOf(names: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < names.length; index += 1) {
    const unit = names.charCodeAt(index);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  return `${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
}

function standing(report: Report, node: NodeId | null): string | null {
  const { outline } = report.fold;
  return node === null ? outline.title : (outline.nodes.find((other) => other.id === node)?.heading ?? null);
}

function lineDraft(author: MemberId, report: Report, node: NodeId | null, was: string, is: string): CommandDraft {
  const form = report.fold.outline.nodes.find((other) => other.id === node)?.form ?? 'own-line';
  const event: OutlineEvent = node === null ? { op: 'title', was, title: is } : { op: 'heading', node, was, heading: is, form };
  return { author, kind: 'outline', subject: node ?? '', payload: encodeEvent(event) };
}

function textDraft(author: MemberId, chapter: ChapterId, update: Uint8Array): CommandDraft {
  return { author, kind: 'text', subject: chapter, payload: encodeTextPayload({ via: 'replace', offlineSince: 0, wordsOf: null, update }) };
}
