import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../ui/keys.ts';
import { LineTroubleCard, oneLine, type SendLine, useLine } from '../single-line/index.ts';

interface RenameFieldProps {
  readonly value: string;
  readonly send: SendLine;
  readonly onDone: () => void;
}

/**
 * A heading renamed where it stands in the outline. It stays while a clash is open, so that the choice is not lost; what was refused can be
 * put right where it stands.
 */
export function RenameField({ value, send, onDone }: RenameFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const givenUp = useRef(false);
  const sent = useRef(false);
  const line = useLine(value, send);
  const { begin, trouble, sending } = line;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the field appears; later values must not steal the selection
  useEffect(() => {
    begin();
    field.current?.focus();
    field.current?.select();
  }, []);

  useEffect(() => {
    if (sent.current && trouble === null && !sending) onDone();
  }, [trouble, sending, onDone]);

  function finish(): void {
    const text = field.current?.value ?? '';
    const isRefused = trouble !== null && oneLine(text) === trouble.mine && !givenUp.current;
    if (sending || trouble?.kind === 'clash' || isRefused) return;
    if (givenUp.current || text.trim() === '' || text.trim() === value) {
      onDone();
      return;
    }
    line.commit(text);
    sent.current = true;
  }

  return (
    <div className="oline-rename">
      <input
        ref={field}
        className="field"
        lang="zh-CN"
        defaultValue={value}
        aria-label={t('outline.renameField')}
        readOnly={sending || trouble?.kind === 'clash'}
        aria-invalid={trouble !== null}
        aria-describedby={trouble === null ? undefined : line.saidId}
        onBlur={finish}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Escape') givenUp.current = true;
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <LineTroubleCard line={line} />
    </div>
  );
}
