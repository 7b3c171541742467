import type { Node as LineNode } from '@tiptap/pm/model';
import { ownMark } from '../../../client/editor/paste/html-from-lines.ts';
import { linesFromHtml } from '../../../client/editor/paste/lines-from-html.ts';
import { chapterSchema as schema } from '../../../shared/text/schema.ts';

/** Each line as `kind: text`, marks as [b…], [i…], [u…], a hard break as ⏎. */
export function shown(lines: readonly LineNode[]): string[] {
  return lines.map((line) => {
    const { align, level, list, indent, kind } = line.attrs as Record<string, unknown>;
    const name = { paragraph: 'p', heading: `h${level}`, listLine: `${list}:${indent}`, unknownLine: `?${kind}` }[line.type.name];
    const text: string[] = [];
    line.forEach((node) => {
      const words = node.isText ? (node.text ?? '') : '⏎';
      text.push(node.marks.reduceRight((inner, mark) => `[${mark.type.name.slice(0, 1)} ${inner}]`, words));
    });
    return `${name}${align === null ? '' : ` ${align}`}: ${text.join('')}`;
  });
}

/** What a clipboard's HTML becomes in a chapter. */
export function pasted(html: string): string[] {
  const page = document.implementation.createHTMLDocument('');
  page.body.innerHTML = html;
  const lines = linesFromHtml(page.body, schema, { exact: page.body.querySelector(`[${ownMark}]`) !== null });
  for (const line of lines) line.check();
  return shown(lines);
}
