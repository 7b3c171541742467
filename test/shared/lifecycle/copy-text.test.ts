import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { copiedTextUpdate } from '../../../shared/lifecycle/copy-text.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import { layoutOf, ROOT_NAME, render } from '../../../shared/text/render.ts';
import { paragraphsUpdate, SEED_CLIENT_ID, SERVER_CLIENT_ID, seedUpdate } from '../../../shared/text/seed.ts';

/** A chapter that people worked on: a heading, bold across a figure, a deleted block, a deleted word. */
function worked(): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(
    doc,
    paragraphsUpdate(
      [
        { kind: 'heading', level: 4, text: '（1）进展' },
        { kind: 'paragraph', text: '新增企业12家，增长3.5％。' },
        { kind: 'paragraph', text: '删去的一段' },
        { kind: 'paragraph', text: '结尾' },
      ],
      SERVER_CLIENT_ID,
    ),
  );
  doc.clientID = 2 ** 20;
  const text = doc.getText(ROOT_NAME);
  const start = plainText(text).split('\n')[0]!.length + 1;
  text.format(start + 4, 1, { 'bold#a.1': true });
  const gone = text.toString().indexOf('删去');
  text.delete(gone + 2, 5);
  return doc;
}

function opened(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(doc, seedUpdate());
  Y.applyUpdate(doc, update);
  return doc;
}

test('[LI4] a copy has the same words, kinds of lines and marks, and none of the old ids', () => {
  const doc = worked();
  const copy = opened(copiedTextUpdate(Y.encodeStateAsUpdate(doc), false));
  expect(render(copy.getText(ROOT_NAME)).doc.toJSON()).toEqual(render(doc.getText(ROOT_NAME)).doc.toJSON());
  expect([...copy.store.clients.keys()].sort()).toEqual([SEED_CLIENT_ID, SERVER_CLIENT_ID]);
  expect(layoutOf(copy.getText(ROOT_NAME)).virtual).toBe(false);
});

test('[LI5] figures are masked across a change of format, and the marks stay where they were', () => {
  const copy = opened(copiedTextUpdate(Y.encodeStateAsUpdate(worked()), true));
  const text = copy.getText(ROOT_NAME);
  expect(plainText(text)).toContain('新增企业**家，增长**％。');
  const bold = (text.toDelta() as { insert: unknown; attributes?: object }[]).filter(({ attributes }) => attributes !== undefined);
  expect(bold.map(({ insert }) => insert)).toEqual(['**']);
});

test('[LI4] an empty chapter stays empty', () => {
  const copy = opened(copiedTextUpdate(seedUpdate(), true));
  expect(plainText(copy.getText(ROOT_NAME))).toBe('');
  expect(layoutOf(copy.getText(ROOT_NAME)).markers.length).toBe(1);
});
