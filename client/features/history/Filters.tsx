import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryKind } from '../../../shared/api/history.ts';
import { type MemberId, type NodeId, parseMemberId, parseNodeId } from '../../../shared/ids.ts';
import { Button } from '../../ui/Button.tsx';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import type { Wanted } from './use-timeline.ts';

interface FiltersProps {
  readonly wanted: Wanted;
  readonly onChange: (wanted: Wanted) => void;
  readonly members: readonly MemberId[];
  readonly chapters: readonly NodeId[];
  readonly people: People;
  readonly names: PlaceNames;
}

/** Kinds that a report can hold today; later ones join when there is something to find. */
const KINDS = ['text', 'outline', 'members', 'revision'] as const satisfies readonly HistoryKind[];
const DAY_MS = 86_400_000;

/** By person, chapter, kind and days. */
export function Filters({ wanted, onChange, members, chapters, people, names }: FiltersProps) {
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
      </select>
      <label className="label" htmlFor={`${id}-kind`}>
        {t('history.byKind')}
      </label>
      <select
        id={`${id}-kind`}
        className="field"
        value={wanted.kind ?? ''}
        onChange={(event) => set({ kind: KINDS.find((kind) => kind === event.target.value) })}
      >
        <option value="">{t('history.anything')}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`history.kinds.${kind}`)}
          </option>
        ))}
      </select>
      <label className="label" htmlFor={`${id}-from`}>
        {t('history.fromDay')}
      </label>
      <input
        id={`${id}-from`}
        type="date"
        className="field"
        value={dayOf(wanted.from)}
        onChange={(event) => set({ from: midnightOf(event.target.value) })}
      />
      <label className="label" htmlFor={`${id}-to`}>
        {t('history.toDay')}
      </label>
      <input
        id={`${id}-to`}
        type="date"
        className="field"
        value={dayOf(wanted.to === undefined ? undefined : wanted.to - 1)}
        onChange={(event) => {
          const start = midnightOf(event.target.value);
          set({ to: start === undefined ? undefined : start + DAY_MS });
        }}
      />
      <Button size="sm" disabled={Object.keys(wanted).length === 0} onClick={() => onChange({})}>
        {t('history.clearFilter')}
      </Button>
    </div>
  );
}

function withoutEmpty(wanted: Wanted): Wanted {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

/** `2026-01-06` in local time, as a date field wants it. */
function dayOf(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function midnightOf(day: string): number | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(date)) return undefined;
  return new Date(year, month - 1, date).getTime();
}
