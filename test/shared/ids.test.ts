import { describe, expect, test } from 'vitest';
import { formatRoomName, isId, parseMemberId, parseNodeId, parseReportId, parseRoomName } from '../../shared/ids.ts';

const a = 'a1'.repeat(8);
const b = 'b2'.repeat(13);

describe('ids', () => {
  test('[AC2] are 16 to 26 characters of [a-z0-9], and nothing that a file system or an object could take for something else', () => {
    for (const good of [a, b]) for (const parse of [parseReportId, parseNodeId, parseMemberId]) expect(parse(good)).toBe(good);
    const bad = [
      '',
      'a'.repeat(15),
      'a'.repeat(27),
      `${a}\n`,
      ` ${a}`,
      a.toUpperCase(),
      `../${a}`,
      `${a}.log`,
      `${a}/${b}`,
      '__proto__constructor',
      `é${a}`,
      `${a}\u0000`,
    ];
    for (const value of [...bad, null, undefined, 1234567890123456, [a], { toString: () => a }])
      expect(isId(value), String(value)).toBe(false);
  });

  test('[AC2] name a room, alone or two with a slash between, and come back from it', () => {
    for (const name of [a, `${a}/${b}`]) {
      const parsed = parseRoomName(name);
      expect(parsed === null ? null : formatRoomName(parsed)).toBe(name);
    }
    expect(parseRoomName(a)).toEqual({ report: a, chapter: null });
    for (const bad of ['', '/', `${a}/`, `/${a}`, `${a}/${b}/${a}`, `${a}//${b}`, `${a}/..`, `${a}%2f${b}`])
      expect(parseRoomName(bad), bad).toBeNull();
  });
});
