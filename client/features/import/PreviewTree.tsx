import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewRow } from './model.ts';

interface PreviewTreeProps {
  readonly rows: readonly PreviewRow[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  readonly hasTitle: boolean;
}

const CHIP_KEYS = {
  title: 'import.kindTitle',
  part: 'import.kindPart',
  chapter: 'import.kindChapter',
  text: 'import.kindText',
  heading3: 'import.kindThird',
  heading4: 'import.kindFourth',
} as const;

/** The recognised outline; up and down walk it. */
export function PreviewTree({ rows, chosen, onChoose, hasTitle }: PreviewTreeProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const stop = chosen ?? rows[0]?.key;

  function onKeyDown(event: KeyboardEvent, index: number): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    list.current?.querySelectorAll<HTMLElement>('button')[index + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  }

  function aside(row: PreviewRow): string {
    if (row.figures === null) return '';
    return [
      row.passage !== null ? t(`outline.${row.passage}`) : row.splitFromHeading ? t('import.rowSplit') : null,
      t('outline.characters', { count: row.figures.characters }),
      row.figures.blanks > 0 ? t('outline.blanks', { count: row.figures.blanks }) : null,
    ]
      .filter((part) => part !== null)
      .join(' · ');
  }

  return (
    <section className="ptree" aria-label={t('import.outline')}>
      <div className="pane-head">
        <b>{t('import.outline')}</b>
      </div>
      <ul ref={list}>
        {hasTitle ? null : <li className="ptree-none muted">{t('import.untitled')}</li>}
        {rows.map((row, index) => (
          <li key={row.key}>
            <button
              type="button"
              className={['prow', row.kind, `d${row.depth}`, row.ask ? 'ask' : '', row.key === chosen ? 'sel' : '']
                .filter(Boolean)
                .join(' ')}
              aria-current={row.key === chosen ? 'true' : undefined}
              tabIndex={row.key === stop ? 0 : -1}
              onFocus={() => onChoose(row.key)}
              onClick={() => onChoose(row.key)}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <span className="prow-line">{row.line > 0 ? row.line : ''}</span>
              <span className={row.kind === 'text' ? 'chip' : 'chip line'}>
                {t(row.kind === 'chapter' && row.depth === 0 ? 'import.kindChapterTop' : CHIP_KEYS[row.kind])}
              </span>
              <span className="prow-text cut" lang="zh-CN" title={row.text}>
                {row.number}
                {row.text}
              </span>
              <span className="cap nowrap">{aside(row)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
