import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlankView } from '../../../shared/api/blanks.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { figure } from '../../i18n/start.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { notify } from '../../ui/notices.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AssignForm } from './AssignForm.tsx';
import { BlankRow } from './BlankRow.tsx';
import { byChapter, FILTERS, type Filter, isWaiting, passes, progressByChapter, progressByPerson, progressOf, todayOf } from './model.ts';
import { ProgressBar } from './ProgressBar.tsx';
import type { BlankPeople } from './people.ts';
import type { Blanks } from './use-blanks.ts';

interface BlanksPanelProps {
  readonly blanks: Blanks;
  readonly people: BlankPeople;
  readonly placeName: (node: NodeId) => string;
  /** The blank that the person is at. */
  readonly current: string | null;
  readonly startWith: Filter;
  readonly onGo: (blank: BlankView) => void;
}

/** 待填项: how far they are, by chapter and person, and every one of them with its sentence. */
export function BlanksPanel(props: BlanksPanelProps) {
  const { t } = useTranslation();
  const { list } = props.blanks;
  if (list === null) {
    return (
      <div className="blanks-panel">
        <Skeleton lines={8} />
      </div>
    );
  }
  if (list.length === 0) {
    return (
      <div className="blanks-panel">
        <Nothing headline={t('blanks.none')}>{t('blanks.noneHint')}</Nothing>
      </div>
    );
  }
  return <Listed {...props} list={list} />;
}

function Listed({ list, blanks, people, placeName, current, startWith, onGo }: BlanksPanelProps & { readonly list: readonly BlankView[] }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>(startWith);
  const [assigning, setAssigning] = useState<NodeId | null>(null);
  const today = todayOf(new Date());
  const count = (which: Filter) => list.filter((blank) => passes(blank, which, people.me)).length;
  const shown = list.filter((blank) => passes(blank, filter, people.me));
  const progress = progressOf(list);
  const chapters = progressByChapter(list);
  const persons = progressByPerson(list, today);
  const filters = FILTERS.filter((which) => which === filter || which === 'open' || which === 'filled' || count(which) > 0);

  return (
    <div className="blanks-panel">
      <div className="blanks-head">
        <ProgressBar progress={progress} />
        {persons.length === 0 ? null : (
          <details className="blanks-people">
            <summary>{t('blanks.byPerson')}</summary>
            <ul>
              {persons.map(({ member, filled, total, overdue }) => {
                const face = people.face(member);
                return (
                  <li key={member}>
                    {face === undefined ? null : <Avatar face={face} size="sm" />}
                    <span className="grow cut">{people.name(member)}</span>
                    {overdue > 0 ? <span className="blank-due over">{t('blanks.overdue', { count: overdue })}</span> : null}
                    <span className="cap">{t('blanks.person', { filled, total })}</span>
                  </li>
                );
              })}
            </ul>
          </details>
        )}
        <fieldset className="blanks-filters" aria-label={t('blanks.filters')}>
          {filters.map((which) => (
            <Button key={which} size="sm" className="pill" aria-pressed={which === filter} onClick={() => setFilter(which)}>
              {t(`blanks.show.${which}`)} {figure(count(which))}
            </Button>
          ))}
        </fieldset>
      </div>
      <div className="blanks-list">
        {filter === 'hint' ? <p className="cap">{t('blanks.hintNote')}</p> : null}
        {filter === 'gone' ? <p className="cap">{t('blanks.goneNote')}</p> : null}
        {shown.length === 0 ? <p className="blanks-empty cap">{t(`blanks.empty.${filter}`)}</p> : null}
        {byChapter(shown).map(({ chapter, blanks: own }) => {
          const { filled = 0, total = 0 } = chapters.get(chapter) ?? {};
          const place = chapter === null ? t('report.title') : placeName(chapter);
          const free = list.filter(
            (blank) => blank.chapter === chapter && isWaiting(blank) && blank.assigned === null && blank.where === 'text',
          );
          return (
            <section key={chapter} className="blanks-chapter" aria-label={place}>
              <h3>
                <span className="grow cut" lang="zh-CN" title={place}>
                  {place}
                </span>
                <span className="cap">{t('blanks.chapterCount', { filled, total })}</span>
                {people.mayManage && filter === 'open' && free.length > 1 ? (
                  <Button
                    size="sm"
                    look="quiet"
                    hint={t('blanks.assignChapterHint', { count: free.length })}
                    aria-expanded={assigning === chapter}
                    onClick={() => setAssigning(assigning === chapter ? null : chapter)}
                  >
                    {t('blanks.assignChapter')}
                  </Button>
                ) : null}
              </h3>
              {assigning === chapter ? (
                <AssignForm
                  members={people.members}
                  to={null}
                  due={null}
                  onAssign={(to, due) => {
                    setAssigning(null);
                    if (to === null) return;
                    void blanks.manage({ op: 'assign', blanks: free.map(({ id }) => id), to, due }).then((done) => {
                      if (done) notify(t('blanks.assignedDone', { count: free.length, name: people.name(to) }));
                    });
                  }}
                  onCancel={() => setAssigning(null)}
                />
              ) : null}
              <ul>
                {own.map((blank) => (
                  <BlankRow key={blank.id} {...{ blank, blanks, people, today, onGo }} current={blank.id === current} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <p className="blanks-keys cap">{t('blanks.keys')}</p>
    </div>
  );
}
