import { Check, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportNote, ImportPreview } from '../../../shared/api.ts';
import { figure } from '../../i18n/start.ts';
import { ASKING, isExact } from './model.ts';

const SHOWN_LINES = 6;

/** The right column: counts, what was done by itself, what wants a look. */
export function Counts({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const { counts, notes } = preview;
  const exact = useMemo(() => isExact(preview), [preview]);
  const done = notes.filter((note) => !ASKING.has(note.code));
  const asking = notes.filter((note) => ASKING.has(note.code));

  function where(note: ImportNote): string {
    if (note.lines.length === 0) return '';
    const shown = note.lines.slice(0, SHOWN_LINES).map(figure).join(t('common.join'));
    const rest = note.lines.length - SHOWN_LINES;
    return t('import.lines', { lines: shown, count: note.lines.length }) + (rest > 0 ? ` ${t('import.linesMore', { count: rest })}` : '');
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <aside className="counts" aria-label={t('import.result')} tabIndex={0}>
      <b>{t('import.result')}</b>
      <dl>
        <div>
          <dt>{t('import.parts')}</dt>
          <dd>{figure(counts.parts)}</dd>
        </div>
        <div>
          <dt>{t('import.chapters')}</dt>
          <dd>{figure(counts.chapters)}</dd>
        </div>
        {counts.passages === 0 ? null : (
          <div>
            <dt>{t('import.passages')}</dt>
            <dd>{figure(counts.passages)}</dd>
          </div>
        )}
        <div>
          <dt>{t('import.characters')}</dt>
          <dd>{figure(counts.characters)}</dd>
        </div>
        <div>
          <dt>{t('import.blanks')}</dt>
          <dd>{t('import.blanksPlaces', { count: counts.blanks })}</dd>
        </div>
        <div className="of">
          <dt>{t('import.blankNumbers')}</dt>
          <dd>{figure(counts.blankNumbers)}</dd>
        </div>
        <div className="of">
          <dt>{t('import.blankNames')}</dt>
          <dd>{figure(counts.blankNames)}</dd>
        </div>
      </dl>
      {asking.length === 0 ? null : (
        <>
          <b>{t('import.look')}</b>
          <ul className="notes look">
            {asking.map((note) => (
              <li key={note.code}>
                <TriangleAlert className="ico" aria-hidden="true" />
                <span>
                  {t(`import.notes.${note.code}`, { count: note.count })}
                  <span className="cap">{where(note)}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {done.length === 0 ? null : (
        <>
          <b>{t('import.did')}</b>
          <ul className="notes">
            {done.map((note) => (
              <li key={note.code}>
                <Check className="ico" aria-hidden="true" />
                <span>{t(`import.notes.${note.code}`, { count: note.count })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <b>{t('import.exact')}</b>
      <p className={exact ? 'small' : 'complaint'} role={exact ? undefined : 'alert'}>
        {t(exact ? 'import.exactHint' : 'import.notExact')}
      </p>
      <p className="small muted">{t('importFix.counted')}</p>
    </aside>
  );
}
