import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import { planAccept } from '../../../shared/suggestions/accept.ts';
import { ChapterSuggestions } from '../../../shared/suggestions/chapter-suggestions.ts';
import { textOf } from '../../../shared/suggestions/fork.ts';
import { type IdRanges, NO_IDS, union } from '../../../shared/suggestions/id-ranges.ts';
import { Proposer } from '../../../shared/suggestions/proposer.ts';
import type { SuggestionEvent, Verdict } from '../../../shared/suggestions/suggestion.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import { chapterOf, Person } from '../../support/text-people.ts';

const chapter = 'chapter0000000000000' as ChapterId;
const [ALICE, BOB, CHAIR] = ['alice00000000000000a', 'bob00000000000000000', 'chair000000000000000'] as MemberId[] as [
  MemberId,
  MemberId,
  MemberId,
];

/** A chapter, its record of suggestions, and proposers who hear everything at once. */
class Table {
  readonly main = new Y.Doc({ gc: false });
  readonly record = new ChapterSuggestions(chapter);
  readonly hearing: ((event: SuggestionEvent, header: { seq: Seq; at: number; author: MemberId }) => void)[] = [];
  private seq = 1;
  private lanes = 5_000;

  constructor(...lines: string[]) {
    Y.applyUpdate(this.main, chapterOf(lines));
  }

  event(author: MemberId, event: SuggestionEvent): void {
    this.seq += 1;
    const header = { seq: this.seq, at: this.seq, author };
    this.record.apply(event, header);
    for (const hear of this.hearing) hear(event, header);
  }

  proposer(member: MemberId): Person {
    const proposer = new Proposer({
      main: this.main,
      known: new ChapterSuggestions(chapter),
      member,
      newLane: () => {
        this.lanes += 1;
        return this.lanes;
      },
      onWrite: (write) => sent.push(write),
      onFork: (text) => person.session.swap(text),
    });
    const sent: Parameters<ConstructorParameters<typeof Proposer>[0]['onWrite']>[0][] = [];
    const person = new Person(proposer.fork, null, { lanes: proposer });
    this.hearing.push((event, header) => proposer.hear(event, header));
    const dispatch = person.dispatch.bind(person);
    // What was written travels once the editor is done with it.
    person.dispatch = (tr) => {
      dispatch(tr);
      for (const write of sent.splice(0)) this.event(member, { op: 'write', ...write });
    };
    return person;
  }

  decide(id: Seq, verdict: Verdict, sure = false): string {
    const suggestion = this.record.suggestion(id)!;
    const cuts = this.record.cutsOf(suggestion);
    if (verdict === 'accepted') {
      const rivals = this.record
        .open()
        .filter(({ proposer }) => proposer !== suggestion.proposer)
        .map((rival) => ({ suggestion: rival.id, strikes: strikesOf(this.record, rival.lanes) }));
      const plan = planAccept(this.main, { cuts, lanes: this.record.lanesOf(suggestion.proposer), rivals, sure });
      if (!plan.ok) return plan.error;
      Y.applyUpdate(this.main, plan.value.update);
      this.close(id, verdict, null);
      for (const rival of plan.value.superseded) this.close(rival, 'superseded', id);
      return 'done';
    }
    this.close(id, verdict, null);
    return 'done';
  }

  private close(id: Seq, verdict: Verdict, by: Seq | null): void {
    const cuts = this.record.cutsOf(this.record.suggestion(id)!);
    this.event(CHAIR, { op: 'decide', suggestion: id, verdict, reason: '', cuts, shown: { quote: '', replacement: '' }, by });
  }

  get text(): string {
    return plainText(textOf(this.main));
  }

  get open(): number[] {
    return this.record.open().map(({ id }) => id);
  }

  status(id: Seq): string | undefined {
    return this.record.suggestion(id)?.status;
  }
}

function strikesOf(record: ChapterSuggestions, lanes: readonly number[]): IdRanges {
  return lanes.reduce((all: IdRanges, lane) => union(all, record.lane(lane)?.strikes ?? NO_IDS), NO_IDS);
}

function replace(person: Person, from: number, to: number, text: string): void {
  person.edit((tr) => tr.insertText(text, person.at(0, from), person.at(0, to)));
}

describe('suggestions', () => {
  it('[SU3] leave the text as it is until they are accepted; then exactly their words are in it', () => {
    const table = new Table('今天我们讨论方案。');
    const alice = table.proposer(ALICE);
    replace(alice, 4, 6, '商议');
    expect(table.text).toBe('今天我们讨论方案。');
    expect(alice.lines).toEqual(['今天我们商议方案。']);
    expect(table.decide(table.open[0]!, 'accepted')).toBe('done');
    expect(table.text).toBe('今天我们商议方案。');
    expect(table.open).toEqual([]);
    expect(alice.lines).toEqual(['今天我们商议方案。']);
  });

  it('[SU3] what is declined or withdrawn leaves the fork, and what it struck stands there again', () => {
    for (const verdict of ['declined', 'withdrawn'] as const) {
      const table = new Table('今天我们讨论方案。');
      const alice = table.proposer(ALICE);
      replace(alice, 4, 6, '商议');
      table.decide(table.open[0]!, verdict);
      expect(table.text).toBe('今天我们讨论方案。');
      expect(alice.lines).toEqual(['今天我们讨论方案。']);
    }
  });

  it('[SU4] writing at one place is one suggestion, writing elsewhere another', () => {
    const table = new Table('今天我们讨论方案。');
    const alice = table.proposer(ALICE);
    replace(alice, 4, 6, '商');
    replace(alice, 5, 5, '议');
    expect(table.open).toHaveLength(1);
    replace(alice, 0, 0, '，');
    expect(table.open).toHaveLength(2);
    const [first, second] = table.open;
    table.decide(second!, 'accepted');
    expect(table.text).toBe('，今天我们讨论方案。');
    table.decide(first!, 'accepted');
    expect(table.text).toBe('，今天我们商议方案。');
  });

  it('[SU5] of two proposals for the same words the accepted one supersedes the other, and nothing is mangled', () => {
    const table = new Table('今天我们讨论方案。');
    const [alice, bob] = [table.proposer(ALICE), table.proposer(BOB)];
    replace(alice, 4, 6, '商议');
    replace(bob, 4, 6, '研究');
    replace(bob, 0, 0, '于');
    const [ofAlice, ofBob, other] = table.open;
    expect(table.decide(ofAlice!, 'accepted')).toBe('done');
    expect(table.text).toBe('今天我们商议方案。');
    expect(table.status(ofBob!)).toBe('superseded');
    expect(table.record.suggestion(ofBob!)?.decision?.supersededBy).toBe(ofAlice);
    expect(table.status(other!)).toBe('open');
    expect(bob.lines).toEqual(['于今天我们商议方案。']);
  });

  it('[SU6] words whose paragraph is gone are accepted only when the decider is sure', () => {
    const table = new Table('前段。', '今天讨论。', '后段。');
    const alice = table.proposer(ALICE);
    alice.edit((tr) => tr.insertText('商议', alice.at(1, 2)));
    const editor = new Person(70_000, Y.encodeStateAsUpdate(table.main));
    editor.edit((tr) => tr.delete(editor.at(1, 0), editor.at(2, 0)));
    for (const update of editor.sent) Y.applyUpdate(table.main, update);
    expect(table.text).toBe('前段。\n后段。');
    const [id] = table.open;
    expect(table.decide(id!, 'accepted')).toBe('place-gone');
    expect(table.status(id!)).toBe('open');
    expect(table.decide(id!, 'accepted', true)).toBe('done');
    expect(table.text).toContain('商议');
  });

  it('[SU7] the look of a line that was changed in the text since has overtaken the one that was proposed', () => {
    const table = new Table('标题', '正文');
    const alice = table.proposer(ALICE);
    const { nodes } = alice.state.schema;
    alice.edit((tr) => tr.setNodeMarkup(0, nodes['heading']!, { level: 3 }));
    const editor = new Person(70_000, Y.encodeStateAsUpdate(table.main));
    editor.edit((tr) => tr.setNodeMarkup(0, nodes['listLine']!, { list: 'bullet' }));
    for (const update of editor.sent) Y.applyUpdate(table.main, update);
    expect(table.decide(table.open[0]!, 'accepted')).toBe('overtaken');
  });

  it('[SU8] a proposal that takes everything back says nothing any more', () => {
    const table = new Table('今天讨论。');
    const alice = table.proposer(ALICE);
    replace(alice, 2, 2, '再');
    expect(table.open).toHaveLength(1);
    replace(alice, 2, 3, '');
    expect(table.open).toEqual([]);
    expect(alice.lines).toEqual(['今天讨论。']);
  });

  it('[SU9] a write that is sent again, and one under another proposer’s lane, change nothing', () => {
    const table = new Table('今天讨论。');
    const alice = table.proposer(ALICE);
    const writes: SuggestionEvent[] = [];
    table.hearing.push((event) => writes.push(event));
    replace(alice, 2, 4, '商议');
    const [id] = table.open;
    const before = JSON.stringify([[...table.record.lanes()], table.record.suggestion(id!)]);
    for (const write of [...writes]) table.event(ALICE, write);
    for (const write of [...writes]) table.event(BOB, write);
    expect(JSON.stringify([[...table.record.lanes()], table.record.suggestion(id!)])).toBe(before);
    expect(table.decide(id!, 'accepted')).toBe('done');
    expect(table.text).toBe('今天商议。');
  });
});
