import type { BlankFilled, BlankView } from '../../../shared/api/blanks.ts';
import { type BlankAnchor, type BlankRecord, blankId, unitNames } from '../../../shared/blanks/blank.ts';
import { recordsByUnit } from '../../../shared/blanks/fold.ts';
import { sentenceAround } from '../../../shared/blanks/hints.ts';
import { type Blank, findBlanks } from '../../../shared/counting/count.ts';
import type { ChapterId, MemberId, NodeId } from '../../../shared/ids.ts';
import { isTextRoom } from '../../../shared/outline/tree.ts';
import type { Report } from '../report.ts';
import type { FoundBlank } from './find-blanks.ts';

/** A blank with what was decided about it. */
export interface JoinedBlank {
  readonly view: BlankView & { readonly chapter: ChapterId };
  readonly anchor: BlankAnchor;
}

/** A mask in the title or a heading: a value of the outline, which has no letters of its own to decide about. */
export interface LineBlank {
  readonly view: BlankView;
  /** The whole line, and where in it the mask stands. */
  readonly line: string;
  readonly offset: number;
}

/** Every blank of the report as people see them: the title's, then each node's, those of its heading before those of its text. */
export async function allBlanksOf(report: Report): Promise<readonly BlankView[]> {
  const inText = (await blanksOf(report)).map(({ view }) => view);
  const inLines = lineBlanksOf(report).map(({ view }) => view);
  const own = (node: NodeId | null) => [...inLines, ...inText].filter(({ chapter, state }) => chapter === node && state !== 'gone');
  return [null, ...report.fold.outline.nodes.map(({ id }) => id)].flatMap(own).concat(inText.filter(({ state }) => state === 'gone'));
}

export function lineBlanksOf(report: Report): readonly LineBlank[] {
  const { title, nodes } = report.fold.outline;
  return [{ node: null, line: title }, ...nodes.map(({ id, heading }) => ({ node: id, line: heading }))].flatMap(({ node, line }) =>
    findBlanks(line).map(({ offset, length, kind, unit }, index) => ({
      line,
      offset,
      view: lineView(node, line, index, { offset, length, kind, unit }),
    })),
  );
}

function lineView(node: NodeId | null, line: string, index: number, { offset, length, kind, unit }: Blank): BlankView {
  return {
    id: `${node ?? 'title'}.line.${index}`,
    where: node === null ? 'title' : 'heading',
    chapter: node,
    state: 'open',
    mask: line.slice(offset, offset + length),
    kind,
    unit,
    ...sentenceAround(line, offset, offset + length),
    value: '',
    at: [],
    filled: null,
    assigned: null,
    dismissed: null,
    guess: null,
  };
}

/** What the text tells of every blank, with what people decided: in the order of the text, those that are gone last. */
export async function blanksOf(report: Report): Promise<readonly JoinedBlank[]> {
  const chapters = report.fold.outline.nodes.filter(isTextRoom).map((node) => node.id);
  const found = await report.readEngine().history(report.id, 'blanks', { chapters });
  return joinBlanks(found, report.fold.blanks);
}

/** Each record belongs to the first blank that has a letter of it; one that finds none is gone. */
export function joinBlanks(found: readonly FoundBlank[], records: readonly BlankRecord[]): readonly JoinedBlank[] {
  const byUnit = recordsByUnit(records);
  const used = new Set<BlankRecord>();
  const joined = found.map((blank) => {
    const names = unitNames(blank);
    const record = names.map((name) => byUnit.get(name)).find((one) => one !== undefined && !used.has(one)) ?? null;
    if (record !== null) used.add(record);
    return joinedBlank(blank, record);
  });
  const gone = records.filter((record) => !used.has(record) && (record.assigned !== null || record.sourced !== null));
  return [...joined, ...gone.map(goneBlank)];
}

function joinedBlank(blank: FoundBlank, record: BlankRecord | null): JoinedBlank {
  const { mask, kind, unit, before, after, ids } = blank;
  const dismissed = record?.dismissed ?? null;
  const state =
    dismissed !== null && blank.state !== 'filled'
      ? 'dismissed'
      : blank.state === 'hint' && record?.claimed === true
        ? 'open'
        : blank.state;
  return {
    anchor: { ids, mask, kind, unit, before, after },
    view: {
      // The name that its record goes by, so that it stays the same when its first letter goes.
      id: record === null ? blankId({ ids }) : blankId(record.anchor),
      where: 'text',
      chapter: blank.chapter,
      state,
      mask,
      kind,
      unit,
      before,
      after,
      value: blank.value,
      at: blank.at,
      filled: filledOf(blank, record),
      assigned: record?.assigned ?? null,
      dismissed: state === 'dismissed' ? dismissed : null,
      guess: blank.guess,
    },
  };
}

function filledOf({ by, value, rivals }: FoundBlank, record: BlankRecord | null): BlankFilled | null {
  if (by === null) return null;
  const { member, at, seq, via } = by;
  // A source was given for one value: of another one it says nothing.
  const source = record?.sourced?.value === value ? record.sourced.source : '';
  return { by: member, at, seq, byHand: via !== 'blank', source, rivals };
}

function goneBlank({ anchor, assigned, sourced }: BlankRecord): JoinedBlank {
  const { mask, kind, unit, before, after, ids } = anchor;
  const filled =
    sourced === null ? null : { by: sourced.by, at: sourced.at, seq: sourced.seq, byHand: false, source: sourced.source, rivals: [] };
  return {
    anchor,
    view: {
      id: blankId(anchor),
      where: 'text',
      chapter: ids[0]!.chapter,
      state: 'gone',
      mask,
      kind,
      unit,
      before,
      after,
      value: sourced?.value ?? '',
      at: [],
      filled,
      assigned,
      dismissed: null,
      guess: null,
    },
  };
}

/** Does it still wait for somebody? Two values in one place wait as well. */
export function isWaiting({ state, filled }: BlankView): boolean {
  return state === 'open' || (state === 'filled' && (filled?.rivals.length ?? 0) > 0);
}

/** Blanks that wait, by chapter. */
export function waitingIn(blanks: readonly JoinedBlank[]): ReadonlyMap<ChapterId, number> {
  const counts = new Map<ChapterId, number>();
  for (const { view } of blanks) if (isWaiting(view)) counts.set(view.chapter, (counts.get(view.chapter) ?? 0) + 1);
  return counts;
}

/** Is a blank assigned to this member? */
export function isAssignedTo({ assigned }: Pick<BlankView, 'assigned'>, member: MemberId): boolean {
  return assigned?.to === member;
}
