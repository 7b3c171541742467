import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { keptBuild } from '../../../scripts/lib/build.mjs';
import type { PressJob } from '../../../server/core/export/press.ts';
import { ChildPress } from '../../../server/export/child-press.ts';
import { TEXT_ONLY } from '../../../shared/document/options.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { pdfLetters } from '../../support/pdf-reader.ts';
import { importedPast } from '../../support/plain-past.ts';

let file: string;
beforeAll(async () => {
  file = join(await keptBuild(), 'dist-server/press.js');
}, 180_000);

function job(text: string): PressJob {
  return {
    kind: 'pdf',
    report: 'report0000000000' as ReportId,
    title: '报告',
    at: 1_700_000_000_000,
    past: importedPast(text),
    options: TEXT_ONLY,
    grid: 'word',
    names: {},
  };
}

describe('a press of processes, as the built server has it', () => {
  it('[EX12] makes a file, telling how far it is', async () => {
    const press = new ChildPress(file, '/no/such/folder');
    const steps: string[] = [];
    const { done } = press.start(job('关于镕喆的报告\n一、#panic("x")\n内容。'), (step) => steps.push(step));
    const { bytes, pages, fonts } = await done;
    expect(await pdfLetters(bytes)).toBe('关于镕喆的报告一、#panic("x")内容。');
    expect(pages).toBe(1);
    expect(fonts?.part).not.toBeNull();
    expect(steps).toEqual(['building', 'setting']);
    await press.stop();
  });

  it('[EX12] is ended by cancelling, and by the end of the server; nobody else notices', async () => {
    const press = new ChildPress(file, '/no/such/folder');
    const long = `报告\n${'一二三四五六七八九十。'.repeat(20_000)}`;
    const first = press.start(job(long), () => {});
    const second = press.start(job('报告\n短文。'), () => {});
    const third = press.start(job(long), () => {});
    first.cancel();
    await expect(first.done).rejects.toThrow(/ended/);
    expect((await second.done).pages).toBe(1);
    await press.stop();
    await expect(third.done).rejects.toThrow(/ended/);
  });
});
