import type { ImportNode, ImportPreview } from '../../../shared/api.ts';
import type { DecodeBytes, ImportText } from '../../../shared/importing/decode.ts';

export const decodeStrictly: DecodeBytes = (encoding, bytes) => {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

export const asSource = (text: string): ImportText => ({ text, encoding: 'text', bytes: Buffer.byteLength(text) });

/** The recognised tree as a person would sketch it; the expected trees beside the fixtures are written in it. */
export function sketch(preview: ImportPreview): string {
  const { counts } = preview;
  const lines = [
    `title: ${preview.title}`,
    ...preview.nodes.flatMap(sketchNode),
    `counts: ${counts.parts} parts, ${counts.chapters} chapters, ${counts.passages} passages, ${counts.blankNumbers} numbers, ${counts.blankNames} names`,
    ...preview.notes.map((note) => `note: ${note.code} ×${note.count} at ${note.lines.join(' ')}`),
  ];
  return `${lines.join('\n')}\n`;
}

function sketchNode(node: ImportNode): string[] {
  const indent = node.parent === null ? '' : '  ';
  const form = node.form === 'run-in' ? ' ↦' : '';
  const head = node.kind === 'passage' ? `${indent}passage` : `${indent}${node.kind} ${node.sourceNumber} ${node.heading}${form}`;
  return [
    `${head} @${node.line}`,
    ...node.blocks.map(
      (block) => `${indent}  ${{ paragraph: '¶', heading3: '#3', heading4: '#4' }[block.kind]} ${opening(block.text)} @${block.line}`,
    ),
  ];
}

function opening(text: string): string {
  const characters = [...text];
  return characters.length <= 24 ? text : `${characters.slice(0, 12).join('')}…${characters.slice(-8).join('')}`;
}
