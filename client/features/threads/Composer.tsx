import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Written } from '../../../shared/api/threads.ts';
import { asText } from '../../../shared/threads/decide.ts';
import { MAX_BODY } from '../../../shared/threads/thread.ts';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';
import type { Drafts } from './drafts.ts';
import { type Asked, findNamed, mentionAt, mentionsIn, type Named } from './mentions.ts';

interface ComposerProps {
  readonly label: string;
  readonly sendLabel: string;
  readonly people: readonly Named[];
  readonly drafts: Drafts;
  /** Under which its draft is kept. */
  readonly place: string;
  /** Words to begin with where no draft is kept. */
  readonly start?: string;
  readonly autoFocus?: boolean;
  /** @returns false when it was refused: the words stay */
  readonly onSend: (body: Written) => Promise<boolean>;
  readonly onCancel?: () => void;
}

/** Names offered at a time. */
const OFFERED = 6;

/** A box for words: Ctrl+Enter sends, Enter begins a line, @ or ＠ names somebody. What is not sent is kept. */
export function Composer({ label, sendLabel, people, drafts, place, start = '', autoFocus = false, onSend, onCancel }: ComposerProps) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.read(place) || start);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState(0);
  const [busy, setBusy] = useState(false);
  const found = asked === null ? [] : findNamed(people, asked.find).slice(0, OFFERED);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (autoFocus) box.current?.focus({ preventScroll: false });
  }, []);

  function change(value: string, caret: number): void {
    setText(value);
    drafts.write(place, value);
    setAsked(mentionAt(value, caret));
    setChosen(0);
  }

  function choose(person: Named | undefined): void {
    const field = box.current;
    if (asked === null || person === undefined || field === null) return;
    const end = field.selectionStart;
    const name = `@${person.name} `;
    const value = text.slice(0, asked.at) + name + text.slice(end);
    change(value, 0);
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(asked.at + name.length, asked.at + name.length);
    });
  }

  async function send(): Promise<void> {
    const words = asText(text).trimEnd();
    if (busy || words.trim() === '' || words.length > MAX_BODY) return;
    setBusy(true);
    const done = await onSend({ text: words, mentions: mentionsIn(words, people) });
    setBusy(false);
    if (!done) return;
    setText('');
    setAsked(null);
    drafts.write(place, '');
  }

  function onKey(event: KeyboardEvent): void {
    // A key of the input method is its own: Enter there confirms letters and sends nothing.
    if (isComposing(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
      return;
    }
    if (found.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
      return;
    }
    if (found.length > 0 && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      choose(found[chosen]);
      return;
    }
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (asked !== null) setAsked(null);
    else onCancel?.();
  }

  return (
    <div className="composer">
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={box}
        id={id}
        className="field"
        rows={2}
        value={text}
        placeholder={t('threads.placeholder', { label })}
        aria-controls={found.length > 0 ? `${id}-names` : undefined}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onKeyDown={onKey}
      />
      {found.length === 0 ? null : (
        <div className="composer-names" id={`${id}-names`} role="listbox" aria-label={t('threads.names')}>
          {found.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, which keeps the focus
            <div
              key={person.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              {person.name}
            </div>
          ))}
        </div>
      )}
      <div className="thread-acts">
        <Button
          size="sm"
          busy={busy}
          reason={text.trim() === '' ? t('threads.empty') : text.length > MAX_BODY ? t('threads.long') : null}
          onClick={() => void send()}
        >
          {sendLabel}
        </Button>
        {onCancel === undefined ? null : (
          <Button size="sm" look="quiet" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}
