import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceHits, ReplacePreview, ReplacePreviewCommand, ReplaceUndo } from '../../../shared/api/replace.ts';
import type { NodeId, ReportId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { notify } from '../../ui/notices.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ask, replaceApi } from '../requests/index.ts';
import { placesInOrder } from './places.ts';

interface ReplaceDialogProps {
  readonly report: ReportId;
  readonly command: ReplacePreviewCommand;
  readonly order: readonly NodeId[];
  readonly nameOf: (node: NodeId) => string;
  /** It can be taken back from now on. */
  readonly onDone: (undo: ReplaceUndo) => void;
  readonly onTakeBack: (undo: ReplaceUndo) => void;
  readonly onClose: () => void;
}

/** Every place in context before anything is changed; then one act for all of them, which one act takes back. */
export function ReplaceDialog({ report, command, order, nameOf, onDone, onTakeBack, onClose }: ReplaceDialogProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [preview, setPreview] = useState<ReplacePreview | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { find, replacement } = command;

  const look = useCallback(async () => {
    const answer = await ask(replaceApi.preview(report, command));
    if (answer.ok) setPreview(answer.value);
    else setTrouble(failureWords(answer.error));
  }, [report, command, failureWords]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once, when it opens
  useEffect(() => {
    void look();
  }, []);

  async function replace(): Promise<void> {
    if (preview === null) return;
    setBusy(true);
    setTrouble(null);
    const answer = await ask(replaceApi.replace(report, { ...command, stamp: preview.stamp }));
    setBusy(false);
    if (answer.ok) {
      const { replaced, seq, undo } = answer.value;
      notify(t('find.done', { count: replaced, seq }), { label: t('find.undo'), run: () => onTakeBack(undo) });
      onDone(undo);
      return onClose();
    }
    if (answer.error.code !== 'replace-moved') return setTrouble(failureWords(answer.error));
    setTrouble(t('find.moved'));
    await look();
  }

  const places = preview === null ? [] : placesInOrder(preview, order);
  const open = places.filter((place) => place.open).reduce((sum, { count }) => sum + count, 0);
  const total = preview?.total ?? 0;
  return (
    <Dialog
      open
      onOpenChange={(stays) => (stays ? undefined : onClose())}
      title={t('find.dialog')}
      footer={
        <>
          <span className="cap grow">{t('find.actHint')}</span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={busy} reason={open === 0 ? t('find.nothingOpen') : null} onClick={() => void replace()}>
            {t('find.act', { count: open })}
          </Button>
        </>
      }
    >
      {trouble === null ? null : (
        <p className="complaint" role="alert">
          {trouble}
        </p>
      )}
      {preview === null ? (
        <Skeleton lines={5} />
      ) : (
        <p>
          {replacement === '' ? t('find.dialogRemove', { find, count: total }) : t('find.dialogSum', { find, replacement, count: total })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div className="replace-places" tabIndex={0}>
        {places.map((place) => (
          <Place key={`${place.node} ${place.where}`} place={place} replacement={replacement} name={placeName(place)} />
        ))}
      </div>
    </Dialog>
  );

  function placeName({ node, where }: PlaceHits): string {
    if (node === null) return t('find.placeTitle');
    return where === 'heading' ? t('find.placeHeading', { name: nameOf(node) }) : nameOf(node);
  }
}

function Place({ place, replacement, name }: { readonly place: PlaceHits; readonly replacement: string; readonly name: string }) {
  const { t } = useTranslation();
  const rest = place.count - place.hits.length;
  return (
    <section>
      <h3>
        <span lang="zh-CN">{name}</span>
        <span className="cap">{place.open ? t('find.placeCount', { count: place.count }) : t('find.placeClosed')}</span>
      </h3>
      <ul>
        {place.hits.map(({ before, hit, after }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a hit is its place in the order
          <li key={index} lang="zh-CN">
            {before}
            <del>{hit}</del>
            {place.open ? <ins>{replacement}</ins> : null}
            {after}
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="cap">{t('find.placeMore', { count: rest })}</p> : null}
    </section>
  );
}
