import type { ReactNode } from 'react';
import { findBlanks } from '../../../shared/counting/count.ts';
import type { MarkName } from '../../../shared/text/schema.ts';

/** A stretch of text as it looks: its formats, line breaks, blanks in boxes, and a sign for what has no letters. */
export function PieceText({ text, marks }: { readonly text: string; readonly marks: readonly MarkName[] }) {
  let content: ReactNode = pieces(text);
  if (marks.includes('underline')) content = <u>{content}</u>;
  if (marks.includes('italic')) content = <em>{content}</em>;
  if (marks.includes('bold')) content = <strong>{content}</strong>;
  return content;
}

function pieces(text: string): ReactNode {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const { offset, length } of findBlanks(text)) {
    parts.push(letters(text.slice(end, offset), end));
    parts.push(
      <span key={offset} className="blank">
        {text.slice(offset, offset + length)}
      </span>,
    );
    end = offset + length;
  }
  parts.push(letters(text.slice(end), end));
  return parts;
}

/** @param at where the text begins: a name that stays */
function letters(text: string, at: number): ReactNode {
  const shown = text.replaceAll('\ufffc', '▣');
  if (!shown.includes('\u2028')) return shown;
  let place = at;
  return shown.split('\u2028').map((line, index) => {
    const key = `${place}`;
    place += line.length + 1;
    return (
      <span key={key}>
        {index === 0 ? null : <br />}
        {line}
      </span>
    );
  });
}
