import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MemberId, NodeId, ReportId } from '../../../shared/ids.ts';
import { beginningOf, blockStart, canonicalHeader, digestOf, LogChain, toHex, verifyLog } from '../../../shared/log/chain.ts';
import type { Entry } from '../../../shared/log/entry.ts';

const REPORT = 'report0000000000001a' as ReportId;
const MEMBER = 'member00000000000001' as MemberId;
const CHAPTER = 'chapter0000000000001' as NodeId;

const sha256 = (...parts: readonly Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function entries(count: number): Entry[] {
  return Array.from({ length: count }, (_, i) => ({
    seq: i + 1,
    at: 1_700_000_000_000 + i,
    author: MEMBER,
    kind: 'text' as const,
    subject: CHAPTER,
    payload: new TextEncoder().encode(`第${i + 1}笔`),
  }));
}

/** The equations of docs/FORMAT.md, once more and without blocks kept. */
function headByTheBook(list: readonly Entry[]): string {
  let before = sha256(new Uint8Array([2]), Buffer.from(REPORT));
  for (let from = 0; from < list.length; from += 256) {
    const digests = list.slice(from, from + 256).map((entry) => digestOf(entry, sha256));
    before = sha256(new Uint8Array([1]), before, ...digests);
  }
  return hex(before);
}

describe('the hash chain', () => {
  it('[CH2] has a fixed form', () => {
    const first = entries(1)[0]!;
    expect(hex(canonicalHeader(first))).toBe(`0180d095ffbc3114${hex(Buffer.from(MEMBER))}0114${hex(Buffer.from(CHAPTER))}`);
    expect(hex(digestOf(first, sha256))).toBe(hex(sha256(new Uint8Array([0]), canonicalHeader(first), sha256(first.payload))));
    expect(hex(beginningOf(REPORT, sha256))).toBe(hex(sha256(Buffer.concat([new Uint8Array([2]), Buffer.from(REPORT)]))));
  });

  it('[CH1] head at every seq follows the equations, over block ends too', () => {
    const list = entries(520);
    const chain = new LogChain(REPORT, sha256);
    expect(toHex(chain.head())).toBe(headByTheBook([]));
    for (const entry of list) {
      chain.add(entry);
      if (entry.seq < 4 || entry.seq % 256 < 3 || entry.seq % 256 > 253)
        expect(toHex(chain.head())).toBe(headByTheBook(list.slice(0, entry.seq)));
    }
    expect(chain.blocks).toHaveLength(2);
    for (const seq of [1, 255, 256, 257, 512, 519]) {
      expect(toHex(chain.headAt(list.slice(blockStart(seq) - 1, seq)))).toBe(headByTheBook(list.slice(0, seq)));
    }
  });

  it('goes on from known blocks, and only with the next entry', () => {
    const list = entries(300);
    const whole = new LogChain(REPORT, sha256);
    for (const entry of list) whole.add(entry);
    const resumed = new LogChain(REPORT, sha256, whole.blocks);
    expect(resumed.seq).toBe(256);
    expect(() => resumed.add(list[0]!)).toThrow(/cannot follow/);
    for (const entry of list.slice(256)) resumed.add(entry);
    expect(toHex(resumed.head())).toBe(toHex(whole.head()));
  });

  it('[CH3] verification notices every kind of change, and where', async () => {
    const list = entries(300);
    const witness = { seq: 280, head: headByTheBook(list.slice(0, 280)) };
    expect(await verifyLog(REPORT, list, sha256, [witness])).toEqual({ ok: true, value: { seq: 300, head: headByTheBook(list) } });

    const changed = (at: number, change: Partial<Entry>) => list.map((entry) => (entry.seq === at ? { ...entry, ...change } : entry));
    const differently: Partial<Entry>[] = [
      { payload: new Uint8Array([1]) },
      { at: list[9]!.at + 1 },
      { author: 'member00000000000002' as MemberId },
      { kind: 'outline' },
      { subject: '' },
    ];
    for (const change of differently) {
      const found = await verifyLog(REPORT, changed(10, change), sha256, [witness]);
      expect(found).toMatchObject({ ok: false, error: { seq: 280 } });
    }
    expect(await verifyLog(REPORT, changed(10, { at: 5 }), sha256, [])).toMatchObject({ ok: false, error: { seq: 10 } });
    expect(await verifyLog(REPORT, list.toSpliced(9, 1), sha256)).toMatchObject({ ok: false, error: { seq: 10 } });
    expect(await verifyLog(REPORT, list.toSpliced(9, 0, list[8]!), sha256)).toMatchObject({ ok: false, error: { seq: 10 } });
    expect(await verifyLog(REPORT, list.slice(0, 200), sha256, [witness])).toMatchObject({ ok: false, error: { seq: 200 } });
    const other = 'report0000000000002b' as ReportId;
    expect(await verifyLog(other, list, sha256, [{ seq: 0, head: headByTheBook([]) }])).toMatchObject({ ok: false, error: { seq: 0 } });
  });

  it('[CH4] a redacted payload leaves the chain whole', async () => {
    const list = entries(300);
    const redacted = list.map((entry) =>
      entry.seq === 20 ? { ...entry, payload: new Uint8Array([7]), redactedHash: sha256(entry.payload) } : entry,
    );
    expect(await verifyLog(REPORT, redacted, sha256, [{ seq: 300, head: headByTheBook(list) }])).toMatchObject({ ok: true });
  });
});
