import { getSchema } from '@tiptap/core';
import type { AttributeSpec, Schema } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { schemaExtensions } from '../../../client/editor/schema-extensions.ts';
import { chapterSchema } from '../../../shared/text/schema.ts';

const built = getSchema(schemaExtensions());

const fields = [
  'content',
  'marks',
  'group',
  'inline',
  'atom',
  'selectable',
  'draggable',
  'code',
  'whitespace',
  'defining',
  'isolating',
  'linebreakReplacement',
];
const markFields = ['inclusive', 'excludes', 'group', 'spanning', 'code'];

function structure(schema: Schema): unknown {
  const attributes = (attrs: Record<string, AttributeSpec> | null | undefined): unknown =>
    Object.fromEntries(
      Object.entries(attrs ?? {}).map(([name, spec]) => [name, 'default' in spec ? { default: spec.default } : 'required']),
    );
  const pick = (spec: Record<string, unknown>, names: string[]): unknown =>
    Object.fromEntries(names.filter((name) => spec[name] !== undefined).map((name) => [name, spec[name]]));
  return {
    top: schema.topNodeType.name,
    // As lists, not records: the order decides which kind of line is the default and how marks nest.
    nodes: Object.values(schema.nodes).map((type) => [type.name, pick(type.spec, fields), attributes(type.spec.attrs)]),
    marks: Object.values(schema.marks).map((type) => [type.name, pick(type.spec, markFields), attributes(type.spec.attrs)]),
  };
}

describe("the editor's schema", () => {
  it('has the nodes, marks, content expressions and attributes of the shared one, in the same order, and no others', () => {
    expect(structure(built)).toEqual(structure(chapterSchema));
  });

  it('reads and writes HTML by the very rules of the shared one', () => {
    for (const [name, type] of Object.entries({ ...chapterSchema.nodes, ...chapterSchema.marks })) {
      const own = built.nodes[name] ?? built.marks[name];
      expect(own?.spec.parseDOM, name).toBe(type.spec.parseDOM);
      expect(own?.spec.toDOM, name).toBe(type.spec.toDOM);
    }
  });

  it('takes a document of the shared schema over as it is', () => {
    const doc = chapterSchema.nodeFromJSON({
      type: 'doc',
      content: [
        {
          type: 'heading',
          attrs: { level: 4, align: 'center' },
          content: [{ type: 'text', text: '题', marks: [{ type: 'bold' }, { type: 'underline' }] }],
        },
        { type: 'listLine', attrs: { list: 'ordered', indent: 2 }, content: [{ type: 'text', text: '项' }, { type: 'hardBreak' }] },
        { type: 'unknownLine', attrs: { kind: 'callout', extra: { tone: 1 } } },
      ],
    });
    const taken = built.nodeFromJSON(doc.toJSON());
    taken.check();
    expect(taken.toJSON()).toEqual(doc.toJSON());
  });
});
