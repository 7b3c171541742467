import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { keepFormats, markOfKey } from '../../../shared/text/formats.ts';
import { ROOT_NAME, render } from '../../../shared/text/render.ts';
import { chapterOf, merge, Person, people } from '../../support/text-people.ts';

function copyOf(update: Uint8Array, client: number, keep: boolean): { doc: Y.Doc; text: Y.Text; sent: Uint8Array[] } {
  const doc = new Y.Doc();
  doc.clientID = client;
  const text = doc.getText(ROOT_NAME);
  if (keep) keepFormats(text);
  Y.applyUpdate(doc, update);
  const sent: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== 'network') sent.push(bytes);
  });
  return { doc, text, sent };
}

/** Two people format overlapping ranges under one key; a third only receives. @returns what the third sends. */
function sentByReceiver(keep: boolean): number {
  const start = chapterOf(['今天我们讨论方案。']);
  const one = copyOf(start, 70_001, true);
  const other = copyOf(start, 70_002, true);
  const third = copyOf(start, 70_003, keep);
  one.text.format(0, 4, { bold: true });
  other.text.format(0, 6, { bold: true });
  for (const from of [one, other]) Y.applyUpdate(third.doc, Y.encodeStateAsUpdate(from.doc), 'network');
  return third.sent.length;
}

describe('formats', () => {
  it('[TX5] a copy that only receives never writes, also after formats that make others redundant', () => {
    expect(sentByReceiver(true)).toBe(0);
  });

  it('Yjs still cleans formats up in the receiver by itself, under the flag that keepFormats holds (guards the reach into Yjs)', () => {
    expect(sentByReceiver(false)).toBeGreaterThan(0);
    expect(Object.keys(new Y.Text())).toContain('_hasFormatting');
  });

  it("[TX5] a reader's editor writes nothing: not by receiving, not by a local change, not by a composition", () => {
    const [a, b] = people(2, ['今天我们讨论方案。', '后']);
    const reader = new Person(90_000, chapterOf(['今天我们讨论方案。', '后']));
    reader.mayWrite = false;
    const bold = (person: Person, from: number, to: number) =>
      person.edit((tr) => tr.addMark(person.at(0, from), person.at(0, to), person.state.schema.marks['bold']!.create()));
    bold(a!, 0, 4);
    bold(b!, 2, 6);
    a!.edit((tr) => tr.split(a!.at(0, 3)));
    merge(a!, b!, reader);
    expect(reader.state.doc.toJSON()).toEqual(a!.state.doc.toJSON());
    reader.type('甲', reader.at(0, 0));
    expect(reader.lines).toEqual(a!.lines);
    a!.edit((tr) => tr.removeMark(0, tr.doc.content.size));
    merge(a!, b!, reader);
    reader.close();
    expect(reader.sent).toEqual([]);
  });

  it('[TX1] rendering writes nothing, whatever stands in the text', () => {
    const doc = new Y.Doc();
    const text = doc.getText(ROOT_NAME);
    text.insert(0, '甲乙\n丙', { bold: true, colour: 'red' });
    text.insertEmbed(2, { image: 'x' });
    text.insertEmbed(1, new Y.Map([['kind', 'quote']]));
    const before = Y.encodeStateAsUpdate(doc);
    render(text);
    render(text);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  it('reads a key with and without an act of its own as the same mark', () => {
    expect([markOfKey('bold'), markOfKey('bold#1.2'), markOfKey('boldly'), markOfKey('colour')]).toEqual(['bold', 'bold', null, null]);
  });

  it('typing inside bold costs no format item, and undone bold leaves none in force', () => {
    const [a] = people(1, ['今天我们']);
    const { doc } = a!;
    const formats = () =>
      [...doc.store.clients.values()].flat().filter((item) => item instanceof Y.Item && item.content instanceof Y.ContentFormat).length;
    a!.edit((tr) => tr.addMark(a!.at(0, 1), a!.at(0, 3), a!.state.schema.marks['bold']!.create()));
    expect(formats()).toBe(2);
    a!.edit((tr) => tr.insert(a!.at(0, 2), a!.state.schema.text('甲', [a!.state.schema.marks['bold']!.create()])));
    expect(formats()).toBe(2);
    expect(a!.state.doc.child(0).children.map((node) => [node.text, node.marks.length])).toEqual([
      ['今', 0],
      ['天甲我', 1],
      ['们', 0],
    ]);
  });
});
