import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RestorePreview } from '../../../shared/api/restore.ts';
import type { ChapterId, MemberId, ReportId, Seq } from '../../../shared/ids.ts';
import type { ApiFailure } from '../../api/http.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { notify } from '../../ui/notices.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ask, past } from '../requests/index.ts';
import { type AskedRestore, askedRestore, askRestore } from './asked.ts';
import { RestoredList } from './RestoredList.tsx';

interface RestoreDialogProps {
  readonly report: ReportId;
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly placeName: (chapter: ChapterId) => string;
  /** It was done, as this entry. */
  readonly onDone?: (seq: Seq) => void;
}

/** Says what a restore would replace and who is in the chapter, and does it when the person agrees. Stands once on the page. */
export function RestoreDialog(props: RestoreDialogProps) {
  const asked = useStore(askedRestore, (state) => state.asked);
  return asked === null ? null : <Asked key={JSON.stringify(asked)} {...props} asked={asked} />;
}

const close = () => askedRestore.setState({ asked: null });

function Asked({ report, faces, placeName, onDone, asked }: RestoreDialogProps & { readonly asked: AskedRestore }) {
  const { t } = useTranslation();
  const words = useFailureWords();
  const { chapter, command, at } = asked;
  const [preview, setPreview] = useState<RestorePreview | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [busy, setBusy] = useState(false);

  const look = useCallback(async () => {
    const answer = await ask(past.previewRestore(report, chapter, command));
    if (answer.ok) setPreview(answer.value);
    else setFailure(answer.error);
  }, [report, chapter, command]);

  useEffect(() => void look(), [look]);

  async function restore(expect: number): Promise<void> {
    setBusy(true);
    const answer = await ask(past.restore(report, chapter, command, expect));
    setBusy(false);
    if (answer.ok) {
      close();
      const undo = { chapter, command: answer.value.undo };
      const words = t(command.what === 'undo' ? 'restore.undone' : 'restore.done', { seq: answer.value.seq });
      notify(words, { label: t(command.what === 'undo' ? 'restore.redo' : 'common.undo'), run: () => askRestore(undo) });
      onDone?.(answer.value.seq);
      return;
    }
    setFailure(answer.error);
    // What is shown is no longer what would be replaced.
    if (answer.error.code === 'restore-moved') await look();
  }

  const place = placeName(chapter);
  const title = t(`restore.title.${command.what}`, { place });
  const nameOf = (member: MemberId) => faces.get(member)?.name ?? t('panel.unknownMember');
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={title}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          {preview === null ? null : (
            <Button look="primary" busy={busy} onClick={() => void restore(preview.expect)}>
              {t(command.what === 'undo' ? 'restore.undoAct' : 'restore.act')}
            </Button>
          )}
        </>
      }
    >
      <div className="restore" aria-live="polite">
        <p>
          {command.what === 'undo'
            ? t('restore.undoes', { seq: command.seq })
            : at === undefined
              ? t('restore.toEntry', { seq: command.seq })
              : t('restore.toMoment', { when: sayMoment(at), seq: command.seq })}
        </p>
        {failure === null ? null : (
          <p className="restore-trouble" role="alert">
            {words(failure)}
          </p>
        )}
        {preview === null && failure === null ? <Skeleton lines={4} /> : null}
        {preview === null ? null : (
          <>
            <p>
              {t('restore.figures', { added: preview.added, removed: preview.removed })}
              {preview.replaces.length === 0
                ? ''
                : t('restore.replaces', {
                    whose: preview.replaces
                      .map(({ member, characters }) =>
                        t('restore.whose', { name: member === null ? t('panel.imported') : nameOf(member), characters }),
                      )
                      .join(t('common.join')),
                  })}
            </p>
            {preview.here.length === 0 ? null : (
              <p className="restore-here">{t('restore.here', { names: preview.here.map(nameOf).join(t('common.join')) })}</p>
            )}
            <RestoredList preview={preview} />
            <p className="cap">{t(command.what === 'undo' ? 'restore.undoHint' : 'restore.hint')}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}
