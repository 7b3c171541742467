import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../shared/api.ts';
import { findBlanks } from '../../../shared/counting/count.ts';
import { Button } from '../../ui/Button.tsx';
import { runInRange } from './model.ts';

interface SourceLinesProps {
  readonly preview: ImportPreview;
  readonly chosenLine: number | null;
  readonly look: ReadonlySet<number>;
}

/** Lines drawn at first and with every "more": a browser bears this many at once. */
const PAGE = 2_000;

/** The source as it came, line by line, with masked figures boxed and the chosen line in view. */
export function SourceLines({ preview, chosenLine, look }: SourceLinesProps) {
  const { t } = useTranslation();
  const pane = useRef<HTMLElement>(null);
  const [pages, setPages] = useState(1);
  const shown = Math.max(pages * PAGE, chosenLine ?? 0);
  const underlined = useMemo(() => {
    const ranges = new Map<number, readonly [number, number]>();
    for (const node of preview.nodes) {
      const range = runInRange(node, preview.lines[node.line - 1] ?? '');
      if (range !== null) ranges.set(node.line, range);
    }
    return ranges;
  }, [preview]);

  useEffect(() => {
    if (chosenLine === null) return;
    pane.current?.querySelector(`[data-line="${chosenLine}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosenLine]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={pane} className="source" aria-label={t('import.source')} tabIndex={0}>
      {preview.lines.slice(0, shown).map((text, index) => (
        <SourceLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          key={index}
          number={index + 1}
          text={text}
          underlined={underlined.get(index + 1)}
          look={look.has(index + 1)}
          chosen={chosenLine === index + 1}
        />
      ))}
      {preview.lines.length > shown ? (
        <div className="source-more">
          <Button size="sm" onClick={() => setPages(Math.ceil(shown / PAGE) + 1)}>
            {t('import.moreLines', { count: preview.lines.length - shown })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

interface SourceLineProps {
  readonly number: number;
  readonly text: string;
  readonly underlined: readonly [number, number] | undefined;
  readonly look: boolean;
  readonly chosen: boolean;
}

const SourceLine = memo(function SourceLine({ number, text, underlined, look, chosen }: SourceLineProps) {
  return (
    <p data-line={number} className={[look ? 'ask' : '', chosen ? 'sel' : ''].filter(Boolean).join(' ')}>
      <i className="source-number">{number}</i>
      <span lang="zh-CN">
        {underlined === undefined ? (
          withBlanks(text)
        ) : (
          <>
            {text.slice(0, underlined[0])}
            <span className="run-in-mark">{text.slice(...underlined)}</span>
            {withBlanks(text.slice(underlined[1]))}
          </>
        )}
      </span>
    </p>
  );
});

function withBlanks(text: string): ReactNode {
  const blanks = findBlanks(text);
  if (blanks.length === 0) return text;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const blank of blanks) {
    pieces.push(
      text.slice(at, blank.offset),
      <mark key={blank.offset} className="blank">
        {text.slice(blank.offset, blank.offset + blank.length)}
      </mark>,
    );
    at = blank.offset + blank.length;
  }
  pieces.push(text.slice(at));
  return pieces;
}
