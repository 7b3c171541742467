import { expect, test } from 'vitest';
import { Proofreader } from '../../../client/features/proofreading/live.ts';
import { alike, byNode, type LiveFindings, listedFindings, passes, stepFrom } from '../../../client/features/proofreading/model.ts';
import type { FindingView } from '../../../shared/api/proofreading.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import type { OutlineNode } from '../../../shared/outline/outline.ts';
import { chapterLines, reportBlocks } from '../../../shared/proofreading/blocks.ts';
import { NO_HOUSE_TERMS } from '../../../shared/proofreading/house-terms.ts';
import { isOfChapter, proofread } from '../../../shared/proofreading/proofread.ts';
import { drafts } from '../../shared/proofreading/fixtures.ts';

const ONE = 'chapter000000001' as NodeId;
const TWO = 'chapter000000002' as NodeId;
const node = (id: NodeId, heading: string): OutlineNode => ({ id, kind: 'chapter', heading, form: 'own-line', parent: null });
const nodes = [node(ONE, '工作开展情况'), node(TWO, '下一步打算')];

const view = (finding: Omit<FindingView, 'before' | 'after'>): FindingView => ({ ...finding, before: '', after: '' });

/** What the whole report's reading says, as the server tells it. */
function server(texts: Readonly<Record<string, string>>): readonly FindingView[] {
  const outline = { title: '关于甲事项的报告', nodes };
  return proofread(reportBlocks(outline, (chapter) => chapterLines(texts[chapter] ?? '', ''))).map(view);
}

function live(id: NodeId, text: string): readonly FindingView[] {
  const lines = text.split('\n').map((line) => ({ text: line, kind: 'p' as const }));
  const steps = new Proofreader(NO_HOUSE_TERMS).read(nodes.find((one) => one.id === id)!, lines);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

test('[PF13] a chapter read in the browser gives the findings of the server’s reading, by the same names', () => {
  let told = 0;
  for (const { text } of drafts()) {
    const whole = server({ [ONE]: text, [TWO]: text }).filter(isOfChapter);
    const keys = (list: readonly FindingView[], of: NodeId) => list.filter(({ place }) => place.node === of).map(({ key }) => key);
    // What two readings of the same place leave to the weightier of them may differ: a form of a term is told by the report alone.
    for (const id of [ONE, TWO]) {
      const [browser, house] = [new Set(live(id, text).map(({ key }) => key)), keys(whole, id)];
      expect(house.filter((key) => !browser.has(key))).toEqual([]);
      told += house.length;
    }
  }
  expect(told).toBeGreaterThan(100);
});

test('[PF13] what is typed in an open chapter takes the place of what the server said of it; the rest stays the server’s', () => {
  const findings = server({ [ONE]: '各单位要按步就班推进。\n二是抓落实。', [TWO]: '统筹推进，，抓好落实。' });
  const open: LiveFindings = new Map([[ONE, live(ONE, '各单位要按部就班推进，。抓好落实。')]]);
  const list = listedFindings({ findings, ignored: [] }, open, [ONE, TWO], isOfChapter);
  const quotes = byNode(list).map(({ node: at, findings: own }) => [at, own.map(({ quote }) => quote)]);
  expect(quotes).toEqual([
    [ONE, ['，。']],
    [TWO, ['，，']],
  ]);
});

test('[PF14] filters, names and steps of the list', () => {
  const findings = server({ [ONE]: '统筹推进，，抓好落实，，务求实效。', [TWO]: '统筹推进，，抓好落实。' }).filter(
    ({ message }) => message === 'mark-doubled',
  );
  const record = { ...findings[0]!, node: ONE, reason: '有', by: 'member0000000000' as MemberId, at: 1, seq: 3 };
  const list = listedFindings({ findings, ignored: [record] }, new Map(), [ONE, TWO], isOfChapter);
  expect(new Set(list.map(({ id }) => id)).size).toBe(3);
  expect(list.map((one) => passes(one, 'ignored', ONE))).toEqual([true, false, false]);
  expect(list.map((one) => passes(one, 'here', ONE))).toEqual([false, true, false]);
  expect(list.map((one) => passes(one, 'error', null))).toEqual([false, true, true]);
  expect(alike(list, list[1]!)).toEqual([list[2]]);
  expect([stepFrom(list, 2, 1), stepFrom(list, 0, -1), stepFrom([], 0, 1)]).toEqual([list[0], list[2], null]);
});
