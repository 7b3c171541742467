import { Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';

interface ChooserProps {
  readonly onFile: (file: File) => void;
  readonly onText: (text: string) => void;
}

/** First step: a file by dialog or by drop anywhere on the page, or pasted text. */
export function Chooser({ onFile, onText }: ChooserProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [text, setText] = useState('');

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onFile(file);
    else if (event.dataTransfer.getData('text/plain') !== '') setText(event.dataTransfer.getData('text/plain'));
  }

  return (
    // the whole page takes a dropped file; the button in it does the same by keyboard
    <main
      id="main"
      className={over ? 'chooser over' : 'chooser'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <section className="chooser-drop">
        <Upload className="chooser-icon" aria-hidden="true" />
        <b>{t('import.drop')}</b>
        <span className="cap">{t('import.dropHint')}</span>
        <Button look="primary" onClick={() => picker.current?.click()}>
          {t('import.choose')}
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".txt,.text,.md,text/plain"
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) onFile(file);
          }}
        />
      </section>
      <section>
        <label className="label" htmlFor="paste">
          {t('import.paste')}
        </label>
        <textarea
          id="paste"
          className="field"
          rows={9}
          value={text}
          placeholder={t('import.pastePlaceholder')}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row chooser-acts">
          <span className="cap grow">{t('import.nothingYet')}</span>
          <Button reason={text.trim() === '' ? t('import.pasteEmpty') : null} onClick={() => onText(text)}>
            {t('import.pasteAct')}
          </Button>
        </div>
      </section>
    </main>
  );
}
