import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryKind } from '../../../shared/api/history.ts';
import { type MemberId, type NodeId, parseMemberId, parseNodeId } from '../../../shared/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { GROUP_NAMES, GROUPS, groupOf, isHeld } from './kinds.ts';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import { dayOf, midnightOf, sayZone } from './say-day.ts';
import type { Wanted } from './use-timeline.ts';

interface FiltersProps {
  readonly wanted: Wanted;
  readonly onChange: (wanted: Wanted) => void;
  readonly members: readonly MemberId[];
  readonly chapters: readonly NodeId[];
  /** Chapters that were taken out: their past stays. */
  readonly gone: readonly NodeId[];
  /** Kinds of entries that the report holds; null = not yet known. */
  readonly held: readonly HistoryKind[] | null;
  readonly people: People;
  readonly names: PlaceNames;
}

/** By person, chapter, kind and days of the viewer. */
export function Filters({ wanted, onChange, members, chapters, gone, held, people, names }: FiltersProps) {
  const { t } = useTranslation();
  const id = useId();
  const set = (change: Wanted) => onChange(withoutEmpty({ ...wanted, ...change }));
  return (
    <div className="tl-filters">
      <label className="label" htmlFor={`${id}-member`}>
        {t('history.byMember')}
      </label>
      <select
        id={`${id}-member`}
        className="field"
        value={wanted.member ?? ''}
        onChange={(event) => set({ member: parseMemberId(event.target.value) ?? undefined })}
      >
        <option value="">{t('history.everybody')}</option>
        {members.map((member) => (
          <option key={member} value={member}>
            {people.name(member)}
          </option>
        ))}
      </select>
      <label className="label" htmlFor={`${id}-chapter`}>
        {t('history.byChapter')}
      </label>
      <select
        id={`${id}-chapter`}
        className="field"
        value={wanted.chapter ?? ''}
        onChange={(event) => set({ chapter: parseNodeId(event.target.value) ?? undefined })}
      >
        <option value="">{t('history.everywhere')}</option>
        {chapters.map((chapter) => (
          <option key={chapter} value={chapter}>
            {names.long(chapter)}
          </option>
        ))}
        {gone.length === 0 ? null : (
          <optgroup label={t('timeline.goneChapters')}>
            {gone.map((chapter) => (
              <option key={chapter} value={chapter}>
                {names.long(chapter)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <label className="label" htmlFor={`${id}-kind`}>
        {t('history.byKind')}
      </label>
      <select
        id={`${id}-kind`}
        className="field"
        value={groupOf(wanted.kinds) ?? ''}
        onChange={(event) => {
          const group = GROUP_NAMES.find((name) => name === event.target.value);
          set({ kinds: group === undefined ? undefined : GROUPS[group] });
        }}
      >
        <option value="">{t('history.anything')}</option>
        {GROUP_NAMES.map((group) => {
          const isThere = held === null || isHeld(group, held);
          const name = t(`timeline.groups.${group}`);
          return (
            <option key={group} value={group} disabled={!isThere}>
              {isThere ? name : t('timeline.notYet', { name })}
            </option>
          );
        })}
      </select>
      <label className="label" htmlFor={`${id}-from`}>
        {t('history.fromDay')}
      </label>
      <input
        id={`${id}-from`}
        type="date"
        className="field"
        max={dayOf(wanted.to === undefined ? undefined : wanted.to - 1)}
        value={dayOf(wanted.from)}
        onChange={(event) => set(inOrder({ ...wanted, from: midnightOf(event.target.value) }, 'from'))}
      />
      <label className="label" htmlFor={`${id}-to`}>
        {t('history.toDay')}
      </label>
      <input
        id={`${id}-to`}
        type="date"
        className="field"
        min={dayOf(wanted.from)}
        value={dayOf(wanted.to === undefined ? undefined : wanted.to - 1)}
        onChange={(event) => set(inOrder({ ...wanted, to: midnightOf(event.target.value, 1) }, 'to'))}
      />
      <p className="cap tl-zone">{t('timeline.zone', { zone: sayZone() })}</p>
      <Button size="sm" disabled={Object.keys(wanted).length === 0} onClick={() => onChange({})}>
        {t('history.clearFilter')}
      </Button>
    </div>
  );
}

function withoutEmpty(wanted: Wanted): Wanted {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

/** Days written the wrong way round become the one day that was written last. */
function inOrder(wanted: Wanted, last: 'from' | 'to'): Wanted {
  const { from, to } = wanted;
  if (from === undefined || to === undefined || from < to) return wanted;
  return last === 'from' ? { ...wanted, to: midnightOf(dayOf(from), 1) } : { ...wanted, from: midnightOf(dayOf(to - 1)) };
}
