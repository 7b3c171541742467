import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

interface SplitDialogProps {
  /** The piece's own words. */
  readonly text: string;
  readonly onSplit: (offset: number) => void;
  readonly onClose: () => void;
}

/** Where one paragraph becomes two: the caret tells, by mouse or arrow keys; both halves are shown before anything is done. */
export function SplitDialog({ text, onSplit, onClose }: SplitDialogProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [offset, setOffset] = useState(() => afterFirstSentence(text));
  const head = text.slice(0, offset).trim();
  const tail = text.slice(offset).trim();
  const start = useRef(offset);

  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(start.current, start.current);
  }, []);

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('importFix.splitTitle')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" reason={head === '' || tail === '' ? t('importFix.splitNothing') : null} onClick={() => onSplit(offset)}>
            {t('importFix.splitAct')}
          </Button>
        </>
      }
    >
      <label className="label" htmlFor="split-place">
        {t('importFix.splitLabel')}
      </label>
      <textarea
        ref={field}
        id="split-place"
        className="field split-place"
        lang="zh-CN"
        rows={Math.min(8, Math.ceil(text.length / 28) + 1)}
        // Not read-only: only then every browser shows the caret. What is typed changes nothing.
        value={text}
        spellCheck={false}
        onChange={(event) => event.target.setSelectionRange(offset, offset)}
        onSelect={(event) => setOffset(event.currentTarget.selectionStart)}
        aria-describedby="split-hint"
      />
      <p id="split-hint" className="cap">
        {t('importFix.splitHint')}
      </p>
      <dl className="split-halves" lang="zh-CN">
        <dt>{t('importFix.splitFirst')}</dt>
        <dd>{head}</dd>
        <dt>{t('importFix.splitSecond')}</dt>
        <dd>{tail}</dd>
      </dl>
    </Dialog>
  );
}

/** Behind the first sentence, or the first clause, or in the middle. */
function afterFirstSentence(text: string): number {
  for (const stop of [/[。！？；]/, /[，、：\s]/]) {
    const at = text.search(stop);
    if (at !== -1 && at + 1 < text.length) return at + 1;
  }
  return Math.ceil(text.length / 2);
}
