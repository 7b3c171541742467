import type { PlacedRemark, ProofBlock } from '../finding.ts';

/** Form of title and headings (GB/T 9704-2012, 7.3; GB/T 15834-2011, 4.1 note: a heading of its own line has no 。). */
export function headings(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const found: PlacedRemark[] = [];
  const seen = new Map<string, number>();
  const forms = new Map<string, { own: number[]; runIn: number[] }>();
  let parent = -1;
  let above = 0;
  for (const [block, one] of blocks.entries()) {
    if (one.kind !== 'heading' && one.kind !== 'title') continue;
    const { text, level } = one;
    const at = { block, from: 0, to: text.length } as const;
    const end = /[。，、；：,;:.]+$/.exec(text);
    if (end !== null && one.runIn !== true) {
      const from = end.index;
      const severity = one.kind === 'title' || !/[：:]$/.test(end[0]) ? 'error' : 'warning';
      found.push({
        block,
        message: one.kind === 'title' ? 'title-end' : 'heading-end',
        severity,
        from,
        to: text.length,
        params: { mark: end[0] },
        source: one.kind === 'title' ? 'gbt-9704' : 'gbt-15834',
        fix: { from, to: text.length, text: '' },
      });
    }
    if (one.runIn === true && !/[。：！？；]$/.test(text) && text !== '') {
      found.push({ ...at, message: 'heading-run-in-end', severity: 'warning', source: 'gbt-15834' });
    }
    if (one.kind === 'title') continue;
    if (text.trim() === '') {
      found.push({ ...at, message: 'heading-empty', severity: 'warning', source: 'gbt-9704' });
      continue;
    }
    const bare = text.replace(/[。：；，、]+$/, '');
    const twin = seen.get(`${level}\n${bare}`);
    if (twin !== undefined && bare.length > 3) {
      found.push({ ...at, message: 'heading-twice', severity: 'warning', params: { heading: bare.slice(0, 30) }, source: 'gbt-9704' });
    }
    seen.set(`${level}\n${bare}`, block);
    if (level > above + 1 && above > 0 && !(above === 1 && level === 3)) {
      found.push({ ...at, message: 'heading-skips', severity: 'warning', source: 'gbt-9704' });
    }
    above = level;
    if (level === 1) parent = block;
    const family = `${level} ${level === 1 ? '' : parent}`;
    const form = forms.get(family) ?? { own: [], runIn: [] };
    (one.runIn === true ? form.runIn : form.own).push(block);
    forms.set(family, form);
  }
  const tell = (own: readonly number[], runIn: readonly number[], severity: 'warning' | 'hint') => {
    // The rarer form is told, once: what to change is the writer's choice.
    const block = (own.length < runIn.length ? own : runIn)[0]!;
    const params = { own: own.length, runIn: runIn.length };
    found.push({ block, from: 0, to: blocks[block]!.text.length, message: 'heading-two-forms', severity, params, source: 'gbt-9704' });
  };
  const families = [...forms.entries()];
  for (const [, { own, runIn }] of families) if (own.length > 0 && runIn.length > 0) tell(own, runIn, 'warning');
  // Each part in a form of its own is a matter of taste; within a part it is not.
  for (const level of [2, 3, 4]) {
    const ofLevel = families.filter(([family]) => family.startsWith(`${level} `)).map(([, form]) => form);
    const [own, runIn] = [ofLevel.flatMap((form) => form.own), ofLevel.flatMap((form) => form.runIn)];
    const isMixedWithin = ofLevel.some((form) => form.own.length > 0 && form.runIn.length > 0);
    if (!isMixedWithin && own.length > 0 && runIn.length > 0) tell(own, runIn, 'hint');
  }
  return found;
}

/** Two things that follow one another with nothing between: a heading without text below it. */
export function emptyHeadings(blocks: readonly ProofBlock[]): PlacedRemark[] {
  return blocks.flatMap((one, block): PlacedRemark[] => {
    if (one.kind !== 'heading' || one.runIn === true || one.text.trim() === '') return [];
    let next = block + 1;
    while (next < blocks.length && blocks[next]!.kind !== 'heading' && blocks[next]!.text.trim() === '') next += 1;
    const below = blocks[next];
    if (below !== undefined && (below.kind !== 'heading' || below.level > one.level)) return [];
    return [{ block, from: 0, to: one.text.length, message: 'heading-without-text', severity: 'warning', source: 'gbt-9704' }];
  });
}
