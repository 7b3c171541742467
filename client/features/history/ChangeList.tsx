import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportDiff } from '../../../shared/api/history.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { type Change, changesByPerson } from './changes.ts';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import { useChangeWords } from './say-change.ts';

interface ChangeListProps {
  /** Where it is a drawer. */
  readonly open: boolean;
  readonly changes: readonly Change[];
  readonly diff: ReportDiff;
  readonly people: People;
  readonly names: PlaceNames;
  readonly current: string | null;
  readonly onPick: (change: Change) => void;
  /** What can be done about the current change. */
  readonly acts: ReactNode;
}

/** Every change as a row: who, what was done, the words, where. */
export function ChangeList({ open, changes, diff, people, names, current, onPick, acts }: ChangeListProps) {
  const { t } = useTranslation();
  const words = useChangeWords(people, names);
  const list = useRef<HTMLOListElement>(null);
  const sum = (figure: 'added' | 'removed') => diff.chapters.reduce((total, chapter) => total + chapter[figure], 0);

  useEffect(() => {
    if (current === null) return;
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <aside className={open ? 'changes open' : 'changes'} aria-label={t('history.changeList')}>
      <header className="changes-head">
        <div className="row">
          <b className="grow">{t('history.countAll', { count: changes.length })}</b>
          <span className="small plus">{t('history.plus', { count: sum('added') })}</span>
          <span className="small minus">{t('history.minus', { count: sum('removed') })}</span>
        </div>
        <ul className="changes-people" aria-label={t('history.changesByPerson')}>
          {changesByPerson(changes).map(({ by, count }) => (
            <li key={by ?? ''} className="small">
              <Avatar face={people.face(by)} size="sm" />
              {count}
            </li>
          ))}
        </ul>
      </header>
      <ol ref={list}>
        {changes.map((change, index) => (
          <li key={change.id}>
            <button type="button" className="chg" aria-current={change.id === current} onClick={() => onPick(change)}>
              <Avatar face={people.face(change.by)} size="sm" />
              <span className="chg-words">
                <span className="row">
                  <b className="cut">{people.name(change.by)}</b>
                  <span className="chip">{words.kind(change)}</span>
                  <span className="grow" />
                  <span className="cap">{index + 1}</span>
                </span>
                <span className="chg-what cut2" lang="zh-CN">
                  {words.what(change)}
                </span>
                <span className="cap chg-where">
                  {words.where(change)}
                  {words.writer(change)}
                  {change.id === current ? t('history.when', { when: sayMoment(change.at), seq: change.seq }) : ''}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {acts}
    </aside>
  );
}
