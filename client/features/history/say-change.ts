import { useTranslation } from 'react-i18next';
import type { DiffOp } from '../../../shared/api/history.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { sayMoment } from '../../i18n/moments.ts';
import type { Change } from './changes.ts';
import { wordChange } from './heading-change.ts';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';

export interface ChangeWords {
  /** 插入, 删除, 移动 … */
  kind(change: Change): string;
  /** The words it is about, or what became of them. */
  what(change: Change): string;
  /** （一）第 3 段; （四）→（二）. */
  where(change: Change): string;
  /** Whose words were moved or brought back; '' = the person's own. */
  writer(change: Change): string;
  /** What the mark itself says without being pointed at; null = the initial is enough. */
  tag(change: Change, op: DiffOp): string | null;
  /** Everything in one sentence, for a tag and for a screen reader: 贺清漪 插入 · 今天 11:06 · 第 398 笔. */
  whole(change: Change): string;
}

/** A change in words. */
export function useChangeWords(people: People, names: PlaceNames): ChangeWords {
  const { t } = useTranslation();
  const oneLine = (text: string) => text.replaceAll('\u2028', ' ').replaceAll('\ufffc', '▣');

  function what(change: Change): string {
    const { is, was } = change;
    switch (change.kind) {
      case 'title':
      case 'heading': {
        const words = wordChange(was, is);
        if (words.was === '') return t('history.putIn', { is: words.is });
        return words.is === '' ? t('history.tookOut', { was: words.was }) : t('history.fromTo', { was: words.was, is: words.is });
      }
      case 'owner': {
        const name = (member: string) => (member === '' ? t('outline.ownerNone') : people.name(member as MemberId));
        return t('history.fromTo', { was: name(was), is: name(is) });
      }
      case 'note':
        if (was === '') return t('history.putIn', { is });
        return is === '' ? t('history.tookOut', { was }) : t('history.fromTo', { was, is });
      case 'placed':
        return is === was ? names.long(change.node) : t('history.fromTo', { was, is });
      case 'look':
        return t('history.fromTo', {
          was: t(`history.lookNames.${was}` as 'history.lookNames.paragraph'),
          is: t(`history.lookNames.${is}` as 'history.lookNames.paragraph'),
        });
      case 'format': {
        const named = (marks: readonly string[], key: 'history.markOn' | 'history.markOff') =>
          marks.map((mark) => t(key, { mark: t(`tools.${mark}` as 'tools.bold') }));
        const marks = [...named(change.marks?.added ?? [], 'history.markOn'), ...named(change.marks?.removed ?? [], 'history.markOff')];
        return `${marks.join(t('common.join'))} · ${oneLine(is)}`;
      }
      case 'split':
        return t('history.splitWords');
      case 'join':
        return t('history.joinWords');
      case 'added':
        return is === '' ? t('history.passage') : is;
      case 'removed':
      case 'form':
        return was === '' ? t('history.passage') : was;
      case 'move':
      case 'left':
        return is === '' && was === '' ? t('history.emptyParagraph') : oneLine(is === '' ? was : is);
      default:
        return oneLine(is === '' ? was : is);
    }
  }

  function where(change: Change): string {
    if (change.from !== undefined && change.node !== null && change.paragraph !== null) {
      const was = placeOf(change.from, change.fromParagraph ?? null);
      return t('history.fromTo', { was, is: placeOf(change.node, change.paragraph) });
    }
    if (change.paragraph === null || change.node === null)
      return change.node === null ? t('history.reportTitle') : t('history.outlineOf', { place: names.short(change.node) });
    return placeOf(change.node, change.paragraph);
  }
  function placeOf(node: NodeId, number: number | null): string {
    return number === null ? names.short(node) : t('history.paragraph', { place: names.short(node), number });
  }
  const cameFrom = ({ from, fromParagraph }: Change) => (from === undefined ? null : placeOf(from, fromParagraph ?? null));

  const kind = (change: Change) => t(`history.change.${change.kind}`);
  function writerOf({ writer, mover }: Change): string {
    if (mover !== undefined) return t('history.movedSince', { name: people.name(mover) });
    if (writer === undefined) return '';
    return writer === null ? t('history.wordsImported') : t('history.wordsOf', { name: people.name(writer) });
  }

  function tag(change: Change, op: DiffOp): string | null {
    if (op === 'left') return t('history.tagLeft', { name: people.name(change.by) });
    const name = people.name(change.by);
    if (change.kind === 'restore' && op === 'ins') return t('history.tagBack', { name, writer: writerOf(change) });
    if (change.kind !== 'move') return null;
    const place = cameFrom(change);
    const writer = writerOf(change);
    return place === null ? t('history.tagMoved', { name, writer }) : t('history.tagMovedFrom', { name, place, writer });
  }

  function whole(change: Change): string {
    const writer = writerOf(change);
    const place = change.kind === 'move' ? cameFrom(change) : null;
    const from = place === null ? '' : t('history.cameFrom', { place });
    const detail = change.kind === 'format' || change.kind === 'look' ? ` ${what(change)}` : '';
    return t('history.whole', {
      name: people.name(change.by),
      kind: `${kind(change)}${detail}`,
      from,
      writer,
      when: sayMoment(change.at),
      seq: change.seq,
    });
  }
  return { kind, what, where, writer: writerOf, tag, whole };
}
