import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { admitUpdate, replayUpdate } from '../../server/core/admission/admit-update.ts';
import { ChapterTables } from '../../server/core/admission/chapter-tables.ts';
import { IdOwners } from '../../server/core/admission/id-owners.ts';
import { ParsedUpdate } from '../../server/core/admission/parsed-update.ts';
import { ReportAttribution, type TextEntry } from '../../server/core/attribution/report-attribution.ts';
import { InProcessTextEngine } from '../../server/text-engine/engine.ts';
import type { ChapterId, MemberId, ReportId } from '../../shared/ids.ts';
import { seedUpdate } from '../../shared/text/seed.ts';
import { isPending, randomFrom, Writer } from '../server/core/admission/writers.ts';

const RUNS = process.env['GONGBI_PROOF'] === '1' ? 300 : 12;
const CHAPTERS = ['chapter000000001', 'chapter000000002'] as readonly string[] as readonly ChapterId[];
const REPORT = 'report0000000000' as ReportId;
const MEMBERS = ['alice00000000000', 'bob0000000000000', 'carol00000000000'] as readonly string[] as readonly MemberId[];

/** A report written by three people in two chapters: late, out of step, with resends, relays and garbage in between. */
class Report {
  readonly log: TextEntry[] = [];
  readonly owners = new IdOwners();
  readonly tables = new Map(CHAPTERS.map((chapter) => [chapter, new ChapterTables()]));
  readonly docs = new Map(CHAPTERS.map((chapter) => [chapter, new Y.Doc({ gc: false })]));
  readonly attribution = new ReportAttribution();
  private readonly parsed = new ParsedUpdate();

  constructor() {
    for (const chapter of CHAPTERS) this.send(chapter, 'server', seedUpdate());
  }

  send(chapter: ChapterId, sender: MemberId | 'server', update: Uint8Array): string {
    const at = 1_000 * (this.log.length + 1);
    const verdict = admitUpdate(this.tables.get(chapter)!, this.owners, update, sender, at, this.parsed);
    if (verdict === 'admit') {
      const author = sender === 'server' ? MEMBERS[0]! : sender;
      const via = sender === 'server' ? 'seed' : 'typing';
      const entry: TextEntry = {
        seq: this.log.length + 1,
        at,
        author,
        subject: chapter,
        text: { via, offlineSince: 0, wordsOf: null, update },
      };
      this.log.push(entry);
      this.attribution.add(entry, this.parsed);
      Y.applyUpdate(this.docs.get(chapter)!, update);
      expect(isPending(this.docs.get(chapter)!)).toBe(false);
    }
    return verdict;
  }
}

function play(seed: number): Report {
  const random = randomFrom(seed);
  const report = new Report();
  const writers = CHAPTERS.flatMap((chapter, c) =>
    MEMBERS.map((member, m) => ({ chapter, member, writer: new Writer(100_000 + random(4_000_000) * 1_000 + c * 10 + m), heard: 0 })),
  );
  for (let round = 0; round < 260; round += 1) {
    const one = writers[random(writers.length)]!;
    const { chapter, member, writer } = one;
    switch (random(8)) {
      case 0:
      case 1:
      case 2:
      case 3:
        writer.edit(random);
        break;
      case 4:
        for (const entry of report.log.slice(one.heard)) if (entry.subject === chapter) writer.receive(entry.text.update);
        one.heard = report.log.length;
        break;
      case 5: {
        const entry = report.log[random(report.log.length)]!;
        expect(report.send(entry.subject, member, entry.text.update)).toBe('known');
        break;
      }
      case 6: {
        const garbled = report.log[random(report.log.length)]!.text.update.slice();
        garbled[random(garbled.length)] = random(256);
        report.send(chapter, member, garbled.slice(0, random(2) === 0 ? garbled.length : random(garbled.length)));
        break;
      }
      default:
        // A garbled update may have taken a clock of this very writer; then the real one is refused as a fork, and is written no more.
        while (writer.outbox.length > 0) report.send(chapter, member, writer.outbox.shift()!);
    }
  }
  return report;
}

/** Every table of a chapter as one string. */
function told(attribution: ReportAttribution, chapter: ChapterId): string {
  const lines: string[] = [];
  attribution.each(chapter, (op, client, from, to, seq) => lines.push(`${op} ${client} ${from}-${to} ${seq}`));
  return lines.join('\n');
}

/** Who brought and who deleted each id, by looking at two states of the document around each entry. */
function naive(report: Report, chapter: ChapterId): { readonly inserted: Map<string, number>; readonly deleted: Map<string, number> } {
  const inserted = new Map<string, number>();
  const deleted = new Map<string, number>();
  for (const { seq, subject, text } of report.log) {
    if (subject !== chapter) continue;
    const { structs, ds } = Y.decodeUpdate(text.update);
    for (const struct of structs) {
      if (struct.constructor.name === 'Skip') continue;
      for (let clock = struct.id.clock; clock < struct.id.clock + struct.length; clock += 1) {
        const id = `${struct.id.client}:${clock}`;
        if (!inserted.has(id)) inserted.set(id, seq);
      }
    }
    for (const [client, ranges] of ds.clients) {
      for (const range of ranges) {
        for (let clock = range.clock; clock < range.clock + range.len; clock += 1) {
          const id = `${client}:${clock}`;
          if (!deleted.has(id)) deleted.set(id, seq);
        }
      }
    }
  }
  return { inserted, deleted };
}

describe('attribution', () => {
  it('[AT4] says of every id what a naive reading of the log says: first sight wins', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const report = play(seed);
      for (const chapter of CHAPTERS) {
        const { inserted, deleted } = naive(report, chapter);
        for (const [id, seq] of inserted) {
          const [client, clock] = id.split(':').map(Number) as [number, number];
          expect(report.attribution.insertedAt(chapter, client, clock)).toBe(seq);
          const entry = report.log[seq - 1]!;
          const by = report.attribution.authorOf(chapter, client, clock)!;
          expect(by.actor).toBe(entry.author);
          expect(by.author).toBe(entry.text.via === 'seed' ? null : entry.author);
          expect(by.at).toBe(entry.at);
        }
        for (const [id, seq] of deleted) {
          const [client, clock] = id.split(':').map(Number) as [number, number];
          expect(report.attribution.deletedAt(chapter, client, clock)).toBe(seq);
        }
        let ids = 0;
        report.attribution.each(chapter, (op, _client, from, to) => {
          if (op === 'inserted') ids += to - from;
        });
        expect(ids).toBe(inserted.size);
      }
    }
  });

  it('[AT5] is the same, range for range, after a rebuild from the log; so are owners and copies', async () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const report = play(seed);
      const attribution = new ReportAttribution();
      const owners = new IdOwners();
      const parsed = new ParsedUpdate();
      const tables = new Map(CHAPTERS.map((chapter) => [chapter, new ChapterTables()]));
      const engines = [new InProcessTextEngine(fail), new InProcessTextEngine(fail)] as const;
      for (const engine of engines) engine.open(REPORT);
      const fed = report.log.map(({ seq, at, author, subject, text }) => ({ seq, at, author, chapter: subject, ...text }));
      engines[0].feed(REPORT, fed);
      for (const [index, entry] of report.log.entries()) {
        const sender = entry.text.via === 'seed' ? 'server' : entry.author;
        expect(replayUpdate(tables.get(entry.subject)!, owners, entry.text.update, sender, entry.at, parsed)).toBe(true);
        attribution.add(entry, parsed);
        engines[1].feed(REPORT, [fed[index]!]);
        if (index % 40 === 0) await engines[1].figures(REPORT);
      }
      for (const chapter of CHAPTERS) {
        expect(told(attribution, chapter)).toBe(told(report.attribution, chapter));
        const vector = Y.decodeStateVector(tables.get(chapter)!.stateVector('committed'));
        expect(vector).toEqual(Y.decodeStateVector(Y.encodeStateVector(report.docs.get(chapter)!)));
        for (const client of vector.keys()) expect(owners.ownerOf(client)).toBe(report.owners.ownerOf(client));
      }
      expect(await engines[1].copies(REPORT, 0)).toEqual(await engines[0].copies(REPORT, 0));
    }
  });

  it('[AT6] tells what an entry brought: each id once, and in the end all of them', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const report = play(seed);
      const attribution = new ReportAttribution();
      const tables = new Map(CHAPTERS.map((chapter) => [chapter, new ChapterTables()]));
      const owners = new IdOwners();
      const parsed = new ParsedUpdate();
      const seen = new Set<string>();
      for (const entry of report.log) {
        replayUpdate(
          tables.get(entry.subject)!,
          owners,
          entry.text.update,
          entry.text.via === 'seed' ? 'server' : entry.author,
          entry.at,
          parsed,
        );
        const { ranges } = attribution.add(entry, parsed);
        for (const { client, clock, length } of ranges) {
          for (let at = clock; at < clock + length; at += 1) {
            const id = `${entry.subject}:${client}:${at}`;
            expect(seen.has(id)).toBe(false);
            seen.add(id);
            expect(attribution.insertedAt(entry.subject, client, at)).toBe(entry.seq);
          }
        }
      }
      const all = CHAPTERS.reduce((sum, chapter) => sum + naive(report, chapter).inserted.size, 0);
      expect(seen.size).toBe(all);
    }
  });
});

function fail(fault: { readonly message: string }): never {
  throw new Error(fault.message);
}
