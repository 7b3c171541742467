import { type AnyExtension, Extension, Mark, Node } from '@tiptap/core';
import type { MarkSpec, NodeSpec } from '@tiptap/pm/model';
import { chapterMarks, chapterNodes } from '../../shared/text/schema.ts';

/**
 * The schema of shared/text as TipTap extensions, one for each node and mark and nothing beside them. The structure (content, attributes)
 * is copied field by field; what is written to and read from HTML comes from the shared specification unchanged.
 */
export function schemaExtensions(): AnyExtension[] {
  return [
    ...Object.entries(chapterNodes).map(([name, spec]) => nodeExtension(name, spec)),
    ...Object.entries(chapterMarks).map(([name, spec]) => markExtension(name, spec)),
    htmlForms,
  ];
}

/** Hands the shared `parseDOM` and `toDOM` to the schema as they are: TipTap would otherwise derive its own from the attributes. */
const htmlForms = Extension.create({
  name: 'chapterHtmlForms',
  extendNodeSchema: ({ name }: { name: string }) => formsOf((chapterNodes as Record<string, NodeSpec>)[name]),
  extendMarkSchema: ({ name }: { name: string }) => formsOf((chapterMarks as Record<string, MarkSpec>)[name]),
});

function formsOf(spec: NodeSpec | MarkSpec | undefined): Record<string, unknown> {
  return defined({ parseDOM: spec?.parseDOM, toDOM: spec?.toDOM });
}

function nodeExtension(name: string, spec: NodeSpec): Node {
  return Node.create({
    name,
    topNode: name === 'doc',
    ...defined({
      content: spec.content,
      marks: spec.marks,
      group: spec.group,
      inline: spec.inline,
      atom: spec.atom,
      selectable: spec.selectable,
      draggable: spec.draggable,
      code: spec.code,
      whitespace: spec.whitespace,
      defining: spec.defining,
      isolating: spec.isolating,
      linebreakReplacement: spec.linebreakReplacement,
    }),
    addAttributes: () => attributesOf(spec),
  });
}

function markExtension(name: string, spec: MarkSpec): Mark {
  return Mark.create({
    name,
    ...defined({ inclusive: spec.inclusive, excludes: spec.excludes, group: spec.group, spanning: spec.spanning, code: spec.code }),
    addAttributes: () => attributesOf(spec),
  });
}

function attributesOf(spec: NodeSpec | MarkSpec): Record<string, { default?: unknown; rendered: false; isRequired?: true }> {
  return Object.fromEntries(
    Object.entries(spec.attrs ?? {}).map(([name, attribute]) => [
      name,
      'default' in attribute ? { default: attribute.default, rendered: false } : { isRequired: true, rendered: false },
    ]),
  );
}

/** Leaves out what is undefined: TipTap takes a present key for an answer. */
function defined<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
