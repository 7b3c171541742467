import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportMember } from '../../../shared/api.ts';
import { type MemberId, parseMemberId } from '../../../shared/ids.ts';
import { Button } from '../../ui/Button.tsx';

interface AssignFormProps {
  readonly members: readonly ReportMember[];
  readonly to: MemberId | null;
  readonly due: string | null;
  readonly onAssign: (to: MemberId | null, due: string | null) => void;
  readonly onCancel: () => void;
}

/** Who is asked, and by which day. */
export function AssignForm(props: AssignFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [to, setTo] = useState<MemberId | null>(props.to);
  const [due, setDue] = useState(props.due ?? '');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (to !== null) props.onAssign(to, due === '' ? null : due);
  }

  return (
    <form className="blank-form" onSubmit={submit}>
      <div className="blank-pair">
        <div>
          <label className="label" htmlFor={`${id}-to`}>
            {t('blanks.assignTo')}
          </label>
          <select id={`${id}-to`} className="field" value={to ?? ''} onChange={(event) => setTo(parseMemberId(event.target.value))}>
            <option value="">{t('blanks.chooseMember')}</option>
            {props.members
              .filter((member) => !member.left)
              .map((member) => (
                <option key={member.id} value={member.id}>
                  {member.name}
                </option>
              ))}
          </select>
        </div>
        <div>
          <label className="label" htmlFor={`${id}-due`}>
            {t('blanks.due')}
          </label>
          <input id={`${id}-due`} type="date" className="field" value={due} onChange={(event) => setDue(event.target.value)} />
        </div>
      </div>
      <div className="blank-acts">
        <Button type="submit" size="sm" reason={to === null ? t('blanks.chooseMember') : null}>
          {t('blanks.assignAct')}
        </Button>
        {props.to === null ? null : (
          <Button size="sm" onClick={() => props.onAssign(null, null)}>
            {t('blanks.assignOff')}
          </Button>
        )}
        <Button size="sm" look="quiet" onClick={props.onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
