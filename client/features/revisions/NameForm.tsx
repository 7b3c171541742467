import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seq } from '../../../shared/ids.ts';
import { MAX_REVISION_NAME, MAX_REVISION_NOTE, type RevisionCommand, type RevisionEvent } from '../../../shared/revisions/revision.ts';
import { usualNames } from '../../../shared/revisions/usual-names.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { isComposing } from '../../ui/keys.ts';
import { notify } from '../../ui/notices.ts';
import { type Complaints, useSubmit } from '../../ui/use-submit.ts';
import { ask, past } from '../requests/index.ts';
import { type AskedRevision, askedRevision } from './asked.ts';
import { PointField } from './PointField.tsx';
import type { RevisionDialogProps } from './RevisionDialog.tsx';

const close = () => askedRevision.setState({ asked: null });

interface NameFormProps extends RevisionDialogProps {
  readonly asked: Exclude<AskedRevision, { readonly what: 'withdraw' }>;
}

/** A name and a note for a point of the report's life, or for a revision that has one already. */
export function NameForm({ report, head, revisions, onDone, asked }: NameFormProps) {
  const { t } = useTranslation();
  const noteId = useId();
  const renamed = asked.what === 'name' ? null : asked.revision;
  const [name, setName] = useState(renamed?.name ?? '');
  const [note, setNote] = useState(renamed?.note ?? '');
  /** What it was called when this was asked for; the newest name after somebody else changed it meanwhile. */
  const [was, setWas] = useState(renamed?.name ?? '');
  /** null = the present state, which moves while one writes. */
  const [upTo, setUpTo] = useState<Seq | null>(asked.what === 'name' ? asked.upTo : null);
  const [badPoint, setBadPoint] = useState(false);
  const submit = useSubmit<'name' | 'note' | 'point'>({
    'revision-bad-name': 'name',
    'revision-name-taken': 'name',
    'revision-clash': 'name',
    'revision-bad-point': 'point',
  });
  const offered = usualNames(revisions.filter(({ id }) => id !== renamed?.id)).filter((usual) => usual !== name);

  function problems(): Complaints<'name' | 'note' | 'point'> {
    const size = [...name.trim()].length;
    const isLong = [...note.trim()].length > MAX_REVISION_NOTE;
    return {
      ...(badPoint ? { point: t('revisions.pointMissing', { head }) } : {}),
      ...(size === 0 ? { name: t('revisions.nameMissing') } : size > MAX_REVISION_NAME ? { name: t('errors.revision-bad-name') } : {}),
      ...(isLong ? { note: t('errors.revision-bad-name') } : {}),
    };
  }

  async function send(event: FormEvent): Promise<void> {
    const given = name.trim();
    const point = upTo ?? head;
    const command: RevisionCommand =
      renamed === null
        ? { op: 'name', upTo: point, name: given, note: note.trim() }
        : { op: 'rename', revision: renamed.id, was, name: given, note: note.trim() };
    const done = await submit.run(event, problems(), async () => {
      const answer = await ask(past.changeRevisions(report, command));
      if (!answer.ok && answer.error.code === 'revision-clash') setWas(newName(answer.error.details) ?? was);
      return answer;
    });
    if (done === null) return;
    onDone?.(command.op === 'name' ? ({ ...command, upTo: point } satisfies RevisionEvent) : command, done.seq);
    close();
    if (command.op !== 'name') return notify(t('revisions.renamed', { name: given }));
    notify(t('revisions.named', { name: given, seq: point }), {
      label: t('common.undo'),
      run: () => void takeBack(done.seq),
    });
  }

  async function takeBack(revision: Seq): Promise<void> {
    const answer = await ask(past.changeRevisions(report, { op: 'withdraw', revision }));
    if (answer.ok) onDone?.({ op: 'withdraw', revision }, answer.value.seq);
  }

  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={t(renamed === null ? 'revisions.nameTitle' : 'revisions.renameTitle')}>
      <form ref={submit.form} className="name-revision" noValidate onSubmit={(event) => void send(event)}>
        {renamed === null ? (
          <PointField
            report={report}
            head={head}
            point={upTo}
            complaint={submit.complaints.point}
            onPoint={(point, isBad) => {
              setUpTo(point);
              setBadPoint(isBad);
              submit.clear('point');
            }}
          />
        ) : (
          <p className="cap">{t('history.seq', { seq: renamed.upTo })}</p>
        )}
        <Field
          label={t('revisions.name')}
          value={name}
          onType={(typed) => {
            setName(typed);
            submit.clear('name');
          }}
          complaint={
            submit.complaints.name === undefined || was === renamed?.name || renamed === null
              ? submit.complaints.name
              : t('revisions.clash', { name: was })
          }
          lang="zh-CN"
          autoComplete="off"
          maxLength={MAX_REVISION_NAME * 2}
          autoFocus
        />
        {offered.length === 0 ? null : (
          <ul className="usual-names" aria-label={t('revisions.usual')} lang="zh-CN">
            {offered.map((usual) => (
              <li key={usual}>
                <button
                  type="button"
                  className="chip line"
                  onClick={() => {
                    setName(usual);
                    submit.clear('name');
                  }}
                >
                  {usual}
                </button>
              </li>
            ))}
          </ul>
        )}
        <label className="label" htmlFor={noteId}>
          {t('revisions.note')}
        </label>
        <textarea
          id={noteId}
          className="field"
          rows={2}
          lang="zh-CN"
          value={note}
          placeholder={t('revisions.noteExample')}
          aria-invalid={submit.complaints.note !== undefined}
          aria-describedby={`${noteId}-wrong`}
          onChange={(event) => {
            setNote(event.target.value);
            submit.clear('note');
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.ctrlKey && !isComposing(event.nativeEvent)) submit.form.current?.requestSubmit();
          }}
        />
        <p id={`${noteId}-wrong`} className="complaint" role="alert">
          {submit.complaints.note ?? submit.complaints.form}
        </p>
        <div className="name-foot">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={submit.busy}>
            {t(renamed === null ? 'revisions.give' : 'revisions.change')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What it is called now, out of a refusal. */
function newName(details: unknown): string | null {
  return typeof details === 'object' && details !== null && 'is' in details && typeof details.is === 'string' ? details.is : null;
}
