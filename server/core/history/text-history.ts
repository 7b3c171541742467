import type * as Y from 'yjs';
import type { ChapterAt, ChapterBlame, ChapterDiff } from '../../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { type SignedBlocks, signedBlocks } from '../../../shared/sign-off/canonical.ts';
import { BlankFinder } from '../blanks/find-blanks.ts';
import { planFill } from '../blanks/plan-fill.ts';
import { planReplace } from '../replace/plan.ts';
import { planUnreplace } from '../replace/unreplace.ts';
import { planRestore } from '../restore/plan.ts';
import { isChangedSince, touchedBy } from '../threads/answers.ts';
import { AnchorFinder } from '../threads/find-anchors.ts';
import type { AnchorQuestion, TakenAnchor, Touched, TouchingQuestion } from '../threads/questions.ts';
import { takeAnchor } from '../threads/take-anchor.ts';
import { BlockIndex } from './block-index.ts';
import { changedBlocks } from './changed.ts';
import { ChapterDiffer } from './chapter-diff.ts';
import { BlameReader, StateReader } from './chapter-state.ts';
import { CoarseTimes } from './coarse-times.ts';
import { contributions } from './contributions.ts';
import { Credits } from './credits.ts';
import type { HistoryAnswers, HistoryOp, HistoryQuestions, TextDiff } from './questions.ts';
import { storyOf } from './story.ts';
import { countOf, sumOf } from './sums.ts';
import type { TextTimes } from './text-times.ts';
import { Walker, type WalkSink } from './walk.ts';

/** Answers questions about the past of one report's text, from documents that keep deleted content and the report's tables. */
export class TextHistory {
  readonly #times: TextTimes;
  readonly #textOf: (chapter: ChapterId) => Y.Text | null;
  readonly #indexes = new Map<ChapterId, BlockIndex>();
  readonly #coarse = new Map<ChapterId, CoarseTimes>();
  readonly #blanks: BlankFinder;
  readonly #anchors: AnchorFinder;
  readonly #signable = new Map<ChapterId, SignedBlocks>();

  /** @param textOf null for a chapter that never had text */
  constructor(times: TextTimes, textOf: (chapter: ChapterId) => Y.Text | null) {
    this.#times = times;
    this.#textOf = textOf;
    this.#blanks = new BlankFinder(times, textOf);
    this.#anchors = new AnchorFinder(times, textOf);
  }

  /** To be told of whatever changes a chapter's document or opens it anew. */
  changed(chapter: ChapterId): void {
    this.#indexes.delete(chapter);
    this.#coarse.delete(chapter);
    this.#blanks.changed(chapter);
    this.#anchors.changed(chapter);
    this.#signable.delete(chapter);
  }

  answer<Op extends HistoryOp>(op: Op, question: HistoryQuestions[Op]): HistoryAnswers[Op] {
    return this.#answers[op](question);
  }

  readonly #answers: { readonly [Op in HistoryOp]: (question: HistoryQuestions[Op]) => HistoryAnswers[Op] } = {
    at: ({ chapter, seq }) => this.at(chapter, seq),
    blame: ({ chapter, seq }) => this.blame(chapter, seq),
    diff: ({ chapters, from, to, context }) => this.diff(chapters, from, to, context),
    sums: ({ windows }) => windows.map(({ after, to, chapters }) => sumOf(this.diff(chapters, after, to, false))),
    story: ({ chapter, block, ids }) => storyOf(this.#times, this.#textOf, chapter, { block, ids }),
    contributions: ({ chapters, seq }) => contributions(this.#times, this.#textOf, chapters, seq),
    changed: ({ chapters, since, to, reader }) => changedBlocks(this.diff(chapters, since, to, false), since, to, reader),
    restore: ({ chapter, command }) => planRestore({ times: this.#times, text: this.#textOf }, chapter, command),
    replace: (question) => planReplace(this.#textOf, question),
    unreplace: (question) => planUnreplace(this.#times, this.#textOf, question),
    blanks: ({ chapters }) => this.#blanks.find(chapters),
    fill: (question) => planFill(this.#textOf, question),
    anchor: (question) => this.#anchor(question),
    places: (question) => this.#anchors.find(question),
    answers: ({ edits }) => edits.map((edit) => isChangedSince(this.#times, this.#textOf, edit)),
    touching: (question) => this.#touching(question),
    signable: ({ chapters }) => new Map(chapters.map((chapter) => [chapter, this.#signableOf(chapter)])),
  };

  #anchor(question: AnchorQuestion): TakenAnchor | null {
    const text = this.#textOf(question.chapter);
    return text === null ? null : takeAnchor(this.#times, text, question);
  }

  #touching(question: TouchingQuestion): Touched | null {
    const text = this.#textOf(question.chapter);
    return text === null ? null : touchedBy(this.#times, text, question);
  }

  #signableOf(chapter: ChapterId): SignedBlocks {
    const known = this.#signable.get(chapter);
    if (known !== undefined) return known;
    const text = this.#textOf(chapter);
    const signed = text === null ? { blocks: [], substance: [] } : signedBlocks(text);
    this.#signable.set(chapter, signed);
    return signed;
  }

  at(chapter: ChapterId, seq: Seq): ChapterAt | null {
    const text = this.#textOf(chapter);
    if (text === null) return null;
    const credits = new Credits(this.#times);
    const reader = new StateReader(chapter, credits);
    this.#walk(chapter, text, seq, reader);
    reader.close();
    return { chapter, seq, credits: credits.list(), blocks: reader.blocks };
  }

  blame(chapter: ChapterId, seq: Seq): ChapterBlame | null {
    const text = this.#textOf(chapter);
    if (text === null) return null;
    const credits = new Credits(this.#times);
    const reader = new BlameReader(chapter, credits);
    this.#walk(chapter, text, seq, reader);
    reader.close();
    return { chapter, seq, credits: credits.list(), blocks: reader.blocks };
  }

  /** @param context also the paragraphs that did not change */
  diff(chapters: readonly ChapterId[], from: Seq, to: Seq, context: boolean): TextDiff {
    const credits = new Credits(this.#times);
    const diffs = chapters.map((chapter) => this.#diffOf(chapter, from, to, context, credits));
    return { credits: credits.list(), chapters: diffs };
  }

  #diffOf(chapter: ChapterId, from: Seq, to: Seq, context: boolean, credits: Credits): ChapterDiff {
    const differ = new ChapterDiffer(chapter, this.#times, credits, from, to);
    const text = this.#textOf(chapter);
    if (text !== null) {
      const walker = this.#walker(chapter, from, to, differ);
      const whole = [[{ start: text._start, until: null, open: [] }]];
      for (const stretch of context ? whole : this.#index(chapter, text).touchedIn(from, to)) {
        for (const { start, until, open } of stretch) walker.walk(start, until, open);
        differ.close();
      }
    }
    const blocks = context ? differ.blocks : differ.blocks.filter(({ changed }) => changed);
    return { chapter, ...countOf(blocks), blocks };
  }

  #walk(chapter: ChapterId, text: Y.Text, seq: Seq, sink: WalkSink): void {
    this.#walker(chapter, seq, seq, sink).walk(text._start, null, []);
  }

  #walker(chapter: ChapterId, a: Seq, b: Seq, sink: WalkSink): Walker {
    const { records } = this.#times;
    const times = this.#times.of(chapter);
    let coarse = this.#coarse.get(chapter);
    if (coarse === undefined) {
      coarse = new CoarseTimes(times.inserted, records);
      this.#coarse.set(chapter, coarse);
    }
    return new Walker(times, coarse, records, a, b, sink);
  }

  #index(chapter: ChapterId, text: Y.Text): BlockIndex {
    let index = this.#indexes.get(chapter);
    if (index === undefined) {
      index = new BlockIndex(text, this.#times.of(chapter));
      this.#indexes.set(chapter, index);
    }
    return index;
  }
}
