import { describe, expect, it } from 'vitest';
import { eachPair, matchLine, matchRuns, StreamBuilder, type TextStream } from '../../../server/text-engine/text-stream.ts';

/** A stream of one client, clocks counted over all its text. */
function stream(client: number, ...lines: string[]): TextStream {
  const builder = new StreamBuilder();
  let clock = 0;
  for (const line of lines) {
    builder.add(line, client, clock);
    clock += line.length;
    builder.endLine();
  }
  return builder.take();
}

/** Matched text and where it came from. */
function found(inserted: string, sources: TextStream[], cursors = sources.map(() => 0)): string[] {
  return matchRuns(inserted, sources, cursors).map(
    ({ at, length, from, fromAt }) => `${inserted.slice(at, at + length)} <${from}:${fromAt}`,
  );
}

describe('matchRuns', () => {
  it('finds the whole over line ends, short lines among it included', () => {
    const source = stream(1, '一、背景', '会议认为，要把规范', '权力');
    expect(found('一、背景\n会议认为，要把规范\n权力', [source])).toEqual(['一、背景\n会议认为，要把规范\n权力 <0:0']);
  });

  it('takes the longest of several sources and nothing shorter than eight units', () => {
    const sources = [stream(1, 'abcdefgh'), stream(2, 'xxabcdefghij')];
    expect(found('..abcdefghij..', sources)).toEqual(['abcdefghij <1:2']);
    expect(found('abcdefg', [stream(1, 'abcdefg')])).toEqual([]);
    expect(found('abcd\nefg', [stream(1, 'abcd', 'efg')])).toEqual([]);
  });

  it('[AT3] keeps the order of a source, within one insertion and over several of one entry', () => {
    const source = stream(1, '11111111AAAAAAAA22222222');
    expect(found('22222222 and 11111111', [source])).toEqual(['22222222 <0:16']);
    expect(found('11111111 and 22222222', [source])).toEqual(['11111111 <0:0', '22222222 <0:16']);
    const cursors = [0];
    expect(found('AAAAAAAA', [source], cursors)).toEqual(['AAAAAAAA <0:8']);
    expect(found('11111111', [source], cursors)).toEqual([]);
    expect(found('AAAAAAAA', [source], cursors)).toEqual([]);
  });

  it('ends on hostile repetition', () => {
    const source = stream(1, 'ab'.repeat(50_000));
    const inserted = `${'ba'.repeat(20_000)}x${'ab'.repeat(20_000)}`;
    for (const { at, from, fromAt, length } of matchRuns(inserted, [source, source, source], [0, 0, 0])) {
      expect(from).toBeLessThan(3);
      expect(inserted.slice(at, at + length)).toBe(source.text.slice(fromAt, fromAt + length));
    }
  });
});

describe('matchLine', () => {
  it('takes a short line that is all of both, with its end', () => {
    expect(matchLine('背景一\n', '背景一')).toMatchObject({ at: 0, fromAt: 0, length: 3 });
    expect(matchLine('\n背景一', '\n背景一\n')).toMatchObject({ at: 1, fromAt: 1, length: 3 });
  });

  it.each([
    ['no line end went with it', '背景一', '背景一'],
    ['less than three units', '背景\n', '背景'],
    ['only a part of what was deleted', '背景一\n', '背景一二'],
    ['two lines', 'ab\ncd\n', 'ab\ncd'],
  ])('does not: %s', (_, inserted, deleted) => {
    expect(matchLine(inserted, deleted)).toBeNull();
  });
});

describe('eachPair', () => {
  it('cuts a match at the ends of segments on both sides', () => {
    const into = stream(7, 'abcdef', 'ghij');
    const builder = new StreamBuilder();
    builder.add('xabc', 1, 100);
    builder.add('def', 2, 50);
    builder.endLine();
    builder.add('ghij', 3, 9);
    const from = builder.take();
    const pairs: string[] = [];
    eachPair(into, from, { at: 0, from: 0, fromAt: 1, length: into.text.length }, (to, source, length) => {
      pairs.push(`${to.client}:${to.clock} <- ${source.client}:${source.clock} +${length}`);
    });
    expect(pairs).toEqual(['7:0 <- 1:101 +3', '7:3 <- 2:50 +3', '7:6 <- 3:9 +4']);
  });
});
