import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChapterAt } from '../../../shared/api/history.ts';
import type { Unread } from '../../../shared/api/read-marks.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import { writeFigures } from '../../support/figures.ts';
import type { Person } from '../../support/test-server.ts';
import { type House, openHouse, shot } from '../page/house.ts';
import { chapter, eventually, lines, lookAway, lookHere, Stage, select, toEnd, wordsOf } from './stage.ts';

let house: House;
let stage: Stage;
let luo: Person;
let he: Person;
/** Where the two begin. */
let start: number;
let opening: ChapterId;
let steps = 0;

beforeAll(async () => {
  house = await openHouse();
  luo = await house.server.person('罗映川', true);
  he = await house.server.person('贺清漪');
  const report = await house.sample([
    [luo, 'owner'],
    [he, 'editor'],
  ]);
  stage = new Stage(house, report, luo);
  opening = (await stage.get<ReportState>('')).outline.nodes.find(({ kind }) => kind !== 'part')!.id as ChapterId;
  start = await stage.head();
  // The owner's first look begins here.
  await stage.get<Unread>('/unread');
  house.server.clock.advance(20 * 60_000);
}, 180_000);

afterAll(async () => {
  await house?.close();
  expect(stage.faults).toEqual([]);
});

/** One step of the round: counted when it holds. */
async function step(name: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw new Error(`step: ${name}`, { cause: error });
  }
  steps += 1;
}

/** The page in the other language, for a look at it. */
async function inEnglish(path: string, name: string, ready: (page: Page) => Promise<unknown>): Promise<void> {
  const page = await stage.open(luo, path, { language: 'en-US' });
  await ready(page);
  await shot(page, name);
  await page.context().close();
}

const textAt = async (seq: number): Promise<string[]> => {
  const { blocks } = await stage.get<ChapterAt>(`/chapters/${opening}/at/${seq}`);
  return blocks.map(({ runs }) => runs.map(({ text }) => text).join(''));
};

test('[HY1] [HY4] [HY5] [RT3] [RV4] [UR5] two people write, split, move, delete; then compare, walk what is unread, restore a paragraph, name and rename, replay', async () => {
  const theirs = await stage.open(he);
  const mine = await stage.open(luo, '?panel=history');
  // The owner reads something else meanwhile.
  await lookAway(mine);
  await chapter(theirs, 0).waitFor();
  await chapter(mine, 0).waitFor();
  const original = await lines(mine, 0);

  await step('write', async () => {
    await toEnd(theirs, 0);
    await stage.writing(theirs, () => theirs.keyboard.press('Enter'));
    await stage.writing(theirs, () => theirs.keyboard.insertText('能通过数据共享核验的一律不再要求企业提供。'));
    await eventually(async () => (await lines(mine, 0)).at(-1)).toBe('能通过数据共享核验的一律不再要求企业提供。');
  });
  await step('split', async () => {
    await select(theirs, 0, '一律不再要求企业提供。', 'end');
    await select(theirs, 0, '能通过数据共享核验的', 'end');
    await stage.writing(theirs, () => theirs.keyboard.press('Enter'));
    await eventually(async () => (await lines(mine, 0)).slice(-2)).toEqual(['能通过数据共享核验的', '一律不再要求企业提供。']);
  });
  const gone = await wordsOf(theirs, 1, 2, 6);
  await step('delete', async () => {
    await select(theirs, 1, gone);
    await stage.writing(theirs, () => theirs.keyboard.press('Delete'));
  });
  await step('move', async () => {
    await select(mine, 0, '一律不再要求企业提供。', 'end');
    await stage.writing(mine, () => mine.keyboard.press('Alt+ArrowUp'));
    await eventually(async () => (await lines(theirs, 0)).slice(-2)).toEqual(['一律不再要求企业提供。', '能通过数据共享核验的']);
  });

  await step('walk unread changes', async () => {
    const bar = mine.locator('.unread-bar');
    await eventually(() => bar.textContent()).toMatch(/[2-4] 段有改动/);
    await shot(mine, 'round-unread-zh');
    await inEnglish('?panel=history', 'round-unread-en', async (page) => {
      await lookAway(page);
      await page.locator('.unread-bar').waitFor();
    });
    await lookHere(mine);
    await expect
      .poll(
        async () => {
          await mine.keyboard.press('Alt+BracketRight');
          return await bar.count();
        },
        { timeout: 40_000, interval: 2_500 },
      )
      .toBe(0);
    await eventually(async () => (await stage.get<Unread>('/unread')).chapters).toEqual([]);
  });

  const head = await stage.head();
  await step('name a revision', async () => {
    await mine.getByRole('button', { name: '命名现在…' }).click();
    await mine.getByRole('dialog').getByRole('button', { name: '送审稿' }).click();
    await mine.getByRole('dialog').getByRole('button', { name: '命名', exact: true }).click();
    await mine.locator('.mile', { hasText: '送审稿' }).waitFor();
  });
  await step('rename it', async () => {
    await mine.getByRole('button', { name: '“送审稿”的操作' }).click();
    await mine.getByRole('menuitem', { name: '改名和说明…' }).click();
    await mine.getByRole('dialog').getByRole('button', { name: '修改稿一' }).click();
    await mine.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await mine.locator('.mile', { hasText: '修改稿一' }).waitFor();
    expect((await stage.get<ReportState>('')).revisions.map(({ name, upTo }) => [name, upTo])).toEqual([['修改稿一', head]]);
    await shot(mine, 'round-panel-zh');
    await inEnglish('?panel=history', 'round-panel-en', (page) => page.locator('.mile', { hasText: '修改稿一' }).waitFor());
  });

  let changes = 0;
  const compared = `/compare?from=${start}&to=${head}`;
  await step('compare', async () => {
    await mine.locator('.mile', { hasText: '修改稿一' }).getByRole('checkbox').click();
    await mine.locator('[data-sitting]').last().getByRole('checkbox').click();
    await mine.getByRole('button', { name: '对比这两处' }).click();
    await mine.locator('.past-sheet .hm').first().waitFor();
    expect(mine.url()).toContain(compared);
    const list = (await mine.locator('.chg').allTextContents()).join('\n');
    for (const said of ['插入', '移过', '删除', gone]) expect(list).toContain(said);
    expect(await mine.locator('.past-banner').textContent()).toContain('修改稿一');
    changes = await mine.locator('.chg').count();
    for (let index = 1; index <= changes; index += 1) {
      await mine.keyboard.press('n');
      await mine.getByText(`第 ${index} 处，共 ${changes} 处`).waitFor();
    }
    await shot(mine, 'round-compare-zh');
    await inEnglish(compared, 'round-compare-en', (page) => page.locator('.past-sheet .hm').first().waitFor());
  });

  await step('restore a paragraph', async () => {
    await mine.locator('.chg', { hasText: gone }).click();
    await mine.getByRole('button', { name: /恢复本段旧文|恢复此处旧文/ }).click();
    const dialog = mine.getByRole('dialog');
    await dialog.getByText(gone.slice(0, 3)).first().waitFor();
    await shot(mine, 'round-restore-zh');
    await dialog.getByRole('button', { name: '恢复', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => (await lines(theirs, 1))[0]).toContain(gone);
  });

  await step('replay', async () => {
    const before = await stage.head();
    await mine.goto(`/r/${stage.report}/replay?chapter=${opening}`);
    await mine.locator('.past-sheet[data-seq]').waitFor();
    const shown = () => mine.locator('.past-sheet .line-text').allTextContents();
    const text = async () => (await mine.locator('.past-sheet').textContent()) ?? '';
    await mine.getByRole('slider').fill('0');
    await mine.getByLabel('速度').selectOption('4');
    await mine.getByRole('button', { name: '播放' }).click();
    await eventually(text).toContain('能通过数据共享核验的');
    await mine.getByRole('button', { name: '播放' }).waitFor();
    const seq = Number(await mine.locator('.past-sheet').getAttribute('data-seq'));
    const told = await textAt(seq);
    expect(told).toEqual([...original, '一律不再要求企业提供。', '能通过数据共享核验的']);
    const flat = (await shown()).length === 0 ? await text() : (await shown()).join('');
    expect(flat.replaceAll(/\s/g, '')).toContain('一律不再要求企业提供。能通过数据共享核验的');
    expect(await lines(theirs, 0)).toEqual(told);
    await shot(mine, 'round-replay-zh');
    await inEnglish(`/replay?chapter=${opening}&at=${seq}`, 'round-replay-en', (page) => page.locator('.past-sheet[data-seq]').waitFor());
    expect(await stage.head(), 'comparing and replaying wrote nothing').toBe(before);
  });
  writeFigures('history-round', { people: 2, steps, entries: await stage.head(), changesCompared: changes });
  for (const page of [mine, theirs]) await page.context().close();
}, 300_000);
