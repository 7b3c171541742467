import { Redo2, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Correction } from '../../../shared/importing/correct.ts';
import { piecesOf } from '../../../shared/importing/pieces.ts';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';
import { lower, raise } from './acts.ts';
import type { PreviewRow } from './model.ts';
import { RowActs } from './RowActs.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import type { Corrections } from './use-corrections.ts';

interface PreviewTreeProps {
  readonly rows: readonly PreviewRow[];
  readonly corrections: Corrections;
}

/** Rows drawn at first and with every "more". */
const PAGE = 1_000;

const CHIP_KEYS = {
  title: 'import.kindTitle',
  part: 'import.kindPart',
  chapter: 'import.kindChapter',
  text: 'import.kindText',
  heading3: 'import.kindThird',
  heading4: 'import.kindFourth',
} as const;

/** The recognised outline; up and down walk it, the other keys and the buttons of the chosen row put it right. */
export function PreviewTree({ rows, corrections }: PreviewTreeProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const { chosen, choose, correct, undo, redo, refused, count } = corrections;
  const [pages, setPages] = useState(1);
  const [splitting, setSplitting] = useState<number | null>(null);
  const shown = Math.max(pages * PAGE, (chosen ?? 0) + 1);
  const stop = chosen !== null && chosen < rows.length ? chosen : 0;
  const hasTitle = corrections.preview.title !== '';
  /** The row that a correction by keyboard leaves the focus on. */
  const refocus = useRef(false);

  useEffect(() => {
    if (!refocus.current) return;
    refocus.current = false;
    focusRow(list.current, stop);
  });

  function onKeyDown(event: KeyboardEvent, index: number, row: PreviewRow): void {
    if (isComposing(event)) return;
    const command = commandOf(event);
    if (command === null) return;
    event.preventDefault();
    run(command, index, row);
  }

  function run(command: Command, index: number, row: PreviewRow): void {
    if (command === 'next') focusRow(list.current, index + 1);
    else if (command === 'previous') focusRow(list.current, index - 1);
    else if (command === 'split') setSplitting(index);
    else {
      refocus.current = true;
      if (command === 'undo') undo();
      else if (command === 'redo') redo();
      else correctBy(command, index, row);
    }
  }

  function correctBy(command: 'join' | 'raise' | 'lower', index: number, row: PreviewRow): void {
    const correction: Correction | null =
      command === 'join' ? { kind: 'join', at: index } : (command === 'raise' ? raise : lower)(row, index);
    if (correction !== null) correct(correction);
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
      <div className="pane-head ptree-head">
        <b>{t('import.outline')}</b>
        <span className="grow" />
        {count === 0 && !corrections.canRedo ? (
          <span className="cap nowrap" title={t('importFix.keysMore')}>
            <Trans i18nKey="importFix.keys" components={[<span key="left" className="kbd" />, <span key="right" className="kbd" />]} />
          </span>
        ) : (
          <>
            <span className="cap nowrap" role="status">
              {t('importFix.changed', { count })}
            </span>
            <Button look="quiet" size="sm" icon hint={t('importFix.undo')} disabled={count === 0} onClick={undo}>
              <Undo2 aria-hidden="true" />
            </Button>
            <Button look="quiet" size="sm" icon hint={t('importFix.redo')} disabled={!corrections.canRedo} onClick={redo}>
              <Redo2 aria-hidden="true" />
            </Button>
          </>
        )}
      </div>
      <ul ref={list}>
        {hasTitle ? null : <li className="ptree-none muted">{t('import.untitled')}</li>}
        {rows.slice(0, shown).map((row, index) => (
          <li key={row.key} className={index === chosen ? 'sel' : undefined}>
            <button
              type="button"
              data-row={index}
              className={['prow', row.kind, `d${row.depth}`, row.ask ? 'ask' : '', index === chosen ? 'sel' : ''].filter(Boolean).join(' ')}
              aria-current={index === chosen ? 'true' : undefined}
              tabIndex={index === stop ? 0 : -1}
              onFocus={() => choose(index)}
              onClick={() => choose(index)}
              onKeyDown={(event) => onKeyDown(event, index, row)}
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
            {index === chosen ? (
              <>
                <RowActs row={row} at={index} hasTitle={hasTitle} onCorrect={correct} onSplit={() => setSplitting(index)} />
                {refused === null ? null : (
                  <p className="row-refused" role="alert">
                    {t(`importFix.refused.${refused}`)}
                  </p>
                )}
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {rows.length > shown ? (
        <div className="source-more">
          <Button size="sm" onClick={() => setPages(pages + 1)}>
            {t('importFix.moreRows', { count: rows.length - shown })}
          </Button>
        </div>
      ) : null}
      {splitting === null ? null : (
        <SplitDialog
          text={piecesOf(corrections.preview)[splitting]?.text ?? ''}
          onClose={() => setSplitting(null)}
          onSplit={(offset) => {
            setSplitting(null);
            refocus.current = true;
            correct({ kind: 'split', at: splitting, offset });
          }}
        />
      )}
    </section>
  );
}

function focusRow(list: HTMLElement | null, index: number): void {
  list?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus();
}

type Command = 'next' | 'previous' | 'raise' | 'lower' | 'join' | 'split' | 'undo' | 'redo';

const KEYS: Readonly<Record<string, Command>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'raise',
  ArrowRight: 'lower',
  Backspace: 'join',
  Enter: 'split',
};

/** What a key on a row asks for. Space keeps its meaning: it presses the row. */
function commandOf(event: KeyboardEvent): Command | null {
  if (event.altKey) return null;
  if (!event.ctrlKey && !event.metaKey) return event.shiftKey ? null : (KEYS[event.key] ?? null);
  const key = event.key.toLowerCase();
  if (key === 'y' && !event.shiftKey) return 'redo';
  return key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : null;
}
