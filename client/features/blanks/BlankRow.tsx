import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlankView } from '../../../shared/api/blanks.ts';
import { isOverdue } from '../../../shared/blanks/due.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { AssignForm } from './AssignForm.tsx';
import { DismissForm } from './DismissForm.tsx';
import { FillForm } from './FillForm.tsx';
import type { BlankPeople } from './people.ts';
import { Sentence, sentenceOf } from './Sentence.tsx';
import { SourceForm } from './SourceForm.tsx';
import { sayDue } from './say-due.ts';
import type { Blanks } from './use-blanks.ts';

interface BlankRowProps {
  readonly blank: BlankView;
  readonly blanks: Blanks;
  readonly people: BlankPeople;
  readonly today: string;
  readonly current: boolean;
  readonly onGo: (blank: BlankView) => void;
}

type Form = 'none' | 'fill' | 'assign' | 'dismiss' | 'source';

/** One blank in the list: its sentence, who is asked, what was filled in by whom and from where, and what one can do about it. */
export function BlankRow({ blank, blanks, people, today, current, onGo }: BlankRowProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>('none');
  const { assigned, filled, dismissed, guess, kind, unit, state } = blank;
  const close = () => setForm('none');
  const sentence = sentenceOf(blank);
  const face = assigned === null ? undefined : people.face(assigned.to);

  async function manage(command: Parameters<Blanks['manage']>[0], done: string): Promise<void> {
    close();
    if (await blanks.manage(command)) notify(done);
  }

  return (
    <li className={current ? 'blank-row is-current' : 'blank-row'} data-blank-row={blank.id} data-state={state}>
      {state === 'gone' ? (
        <p className="blank-go">
          <Sentence blank={blank} />
        </p>
      ) : (
        <button type="button" className="blank-go" aria-label={t('blanks.go', { sentence })} onClick={() => onGo(blank)}>
          <Sentence blank={blank} />
        </button>
      )}
      <div className="blank-meta">
        <span className="chip">
          {t(`blanks.kind.${kind}`)}
          {unit === null ? '' : ` · ${unit}`}
        </span>
        {blank.where === 'heading' ? <span className="cap">{t('blanks.inHeading')}</span> : null}
        {assigned === null ? null : (
          <span
            className="blank-who"
            title={t('blanks.assignedBy', { by: people.name(assigned.by), name: people.name(assigned.to), when: sayMoment(assigned.at) })}
          >
            {face === undefined ? null : <Avatar face={face} size="sm" />}
            <span className="cut">{people.name(assigned.to)}</span>
            {assigned.due === null ? null : (
              <span className={isOverdue(assigned.due, today) && state === 'open' ? 'blank-due over' : 'blank-due'}>
                {t(isOverdue(assigned.due, today) && state === 'open' ? 'blanks.dueOver' : 'blanks.dueBy', { day: sayDue(assigned.due) })}
              </span>
            )}
          </span>
        )}
        {guess === null || state !== 'open' ? null : <span className="cap">{t(`blanks.guess.${guess}`)}</span>}
      </div>
      {filled === null ? null : (
        <p className="blank-story cap">
          {filled.by === null
            ? t('blanks.fromText')
            : t('blanks.by', { name: people.name(filled.by), when: sayMoment(filled.at), seq: filled.seq })}
          {filled.byHand && filled.by !== null ? ` · ${t('blanks.byHand')}` : ''}
          <br />
          {filled.source === '' ? t('blanks.noSource') : t('blanks.sourceIs', { source: filled.source })}
        </p>
      )}
      {filled === null || filled.rivals.length === 0 ? null : (
        <p className="blank-rival" role="alert">
          {t('blanks.rivals', {
            values: filled.rivals
              .map(({ member, value }) => t('blanks.rival', { name: member === null ? t('panel.imported') : people.name(member), value }))
              .join(t('common.join')),
          })}
        </p>
      )}
      {dismissed === null ? null : (
        <p className="blank-story cap">
          {t('blanks.dismissedBy', { name: people.name(dismissed.by), when: sayMoment(dismissed.at), reason: dismissed.reason })}
        </p>
      )}
      {form === 'none' ? <Acts {...{ blank, blanks, people, sentence }} onForm={setForm} manage={manage} /> : null}
      {form === 'fill' ? (
        <FillForm blank={blank} fill={blanks.fill} act={t('blanks.fillAct')} onDone={close} onCancel={close} />
      ) : form === 'assign' ? (
        <AssignForm
          members={people.members}
          to={assigned?.to ?? null}
          due={assigned?.due ?? null}
          onAssign={(to, due) => {
            const done =
              to === null ? t('blanks.unassignedDone', { count: 1 }) : t('blanks.assignedDone', { count: 1, name: people.name(to) });
            void manage({ op: 'assign', blanks: [blank.id], to, due }, done);
          }}
          onCancel={close}
        />
      ) : form === 'dismiss' ? (
        <DismissForm
          blank={blank}
          onDismiss={(reason) => void manage({ op: 'dismiss', blank: blank.id, reason }, t('blanks.dismissed'))}
          onCancel={close}
        />
      ) : form === 'source' ? (
        <SourceForm
          source={filled?.source ?? ''}
          onSave={(source) => void manage({ op: 'source', blank: blank.id, source }, t('blanks.sourceSaved'))}
          onCancel={close}
        />
      ) : null}
    </li>
  );
}

interface ActsProps {
  readonly blank: BlankView;
  readonly blanks: Blanks;
  readonly people: BlankPeople;
  readonly sentence: string;
  readonly onForm: (form: Form) => void;
  readonly manage: (command: Parameters<Blanks['manage']>[0], done: string) => Promise<void>;
}

function Acts({ blank, blanks, people, sentence, onForm, manage }: ActsProps) {
  const { t } = useTranslation();
  const { state, filled, assigned } = blank;
  const named = (act: string) => `${act} ${sentence}`;
  const refusal = people.whyNotFill(blank);
  return (
    <div className="blank-acts">
      {state === 'open' ? (
        <Button size="sm" reason={refusal} aria-label={named(t('blanks.fill'))} onClick={() => onForm('fill')}>
          {t('blanks.fill')}
        </Button>
      ) : null}
      {state === 'filled' && refusal === null ? (
        <Button size="sm" aria-label={named(t('blanks.correct'))} onClick={() => onForm('fill')}>
          {t('blanks.correct')}
        </Button>
      ) : null}
      {state === 'filled' && filled?.by === people.me && !filled.byHand && refusal === null ? (
        <Button size="sm" look="quiet" aria-label={named(t('blanks.undo'))} onClick={() => void blanks.unfill(filled.seq)}>
          {t('blanks.undo')}
        </Button>
      ) : null}
      {people.mayManage && blank.where === 'text' ? (
        <>
          {state === 'filled' && filled?.source === '' ? (
            <Button size="sm" look="quiet" aria-label={named(t('blanks.addSource'))} onClick={() => onForm('source')}>
              {t('blanks.addSource')}
            </Button>
          ) : null}
          {state === 'open' || (state === 'gone' && assigned !== null) ? (
            <Button size="sm" look="quiet" aria-label={named(t('blanks.assign'))} onClick={() => onForm('assign')}>
              {t('blanks.assign')}
            </Button>
          ) : null}
          {state === 'hint' || state === 'dismissed' ? (
            <Button
              size="sm"
              aria-label={named(t('blanks.claim'))}
              onClick={() => void manage({ op: 'claim', blank: blank.id }, t('blanks.claimed'))}
            >
              {t('blanks.claim')}
            </Button>
          ) : null}
          {state === 'open' || state === 'hint' ? (
            <Button size="sm" look="quiet" aria-label={named(t('blanks.dismiss'))} onClick={() => onForm('dismiss')}>
              {t('blanks.dismiss')}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
