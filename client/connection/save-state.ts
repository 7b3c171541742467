import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import { can } from '../../shared/access/can.ts';
import type { MemberId, Seq } from '../../shared/ids.ts';
import type { ChapterState } from './chapter-connection.ts';
import type { ChaptersState } from './open-chapters.ts';
import type { ReportView } from './report-connection.ts';
import type { RescueReason } from './rescue.ts';

/** What stands beside the title, in words. Counts are changes (笔). */
export type SaveState =
  | { readonly kind: 'loading' }
  /** Everything is safe on the server, at this entry of the log. */
  | { readonly kind: 'saved'; readonly seq: Seq }
  | { readonly kind: 'saving'; readonly count: number }
  | { readonly kind: 'offline'; readonly count: number }
  | { readonly kind: 'read-only'; readonly reason: 'role' | 'stage' | 'damage' | 'outdated' }
  | { readonly kind: 'trouble'; readonly reason: 'signed-out' | 'outdated' | RescueReason; readonly count: number };

/** 「已连上，您的 3 笔与 贺清漪 的 5 笔已合并，现为第 420 笔」 */
export interface Merged {
  readonly mine: number;
  readonly others: readonly { readonly member: MemberId; readonly count: number }[];
  readonly seq: Seq;
}

export interface SaveView {
  readonly state: SaveState;
  /** False: this browser keeps nothing; what is unsaved is lost with the page. */
  readonly durable: boolean;
  /** Set when text written offline has been merged; until dismissed. */
  readonly merged: Merged | null;
}

/** One answer for the title bar out of the report's and all open chapters' states. The worst comes first. */
export function foldSaveState(report: ReportView, chapters: readonly ChapterState[]): SaveState {
  const count = chapters.reduce((sum, chapter) => sum + chapter.unsaved, 0);
  if (report.refusal !== null) return { kind: 'trouble', reason: report.refusal, count };
  const refused = chapters.find((chapter) => chapter.phase === 'refused');
  if (refused?.refusal != null) return { kind: 'trouble', reason: refused.refusal.reason, count };
  if (report.phase === 'offline' || chapters.some((chapter) => chapter.phase === 'offline')) return { kind: 'offline', count };
  if (report.report === null) return { kind: 'loading' };
  if (count > 0) return { kind: 'saving', count };
  const readOnly = whyReadOnly(report, chapters);
  if (readOnly !== null) return { kind: 'read-only', reason: readOnly };
  return { kind: 'saved', seq: headOf(report, chapters) };
}

type ReadOnlyReason = Extract<SaveState, { kind: 'read-only' }>['reason'];

function whyReadOnly({ report, outdated }: ReportView, chapters: readonly ChapterState[]): ReadOnlyReason | null {
  if (report === null) return null;
  if (outdated || chapters.some((chapter) => chapter.outdated)) return 'outdated';
  if (report.damage !== null) return 'damage';
  const { role, stage } = report;
  const me = { member: '' as MemberId, role };
  if (can(me, 'writeText', null, stage)) return null;
  return can(me, 'writeText', null, 'drafting') ? 'stage' : 'role';
}

/** An acknowledgement may come a moment before the report's socket tells the entry. */
function headOf({ report }: ReportView, chapters: readonly ChapterState[]): Seq {
  return Math.max(report?.seq ?? 0, ...chapters.map((chapter) => chapter.savedSeq));
}

export interface SaveViewParts {
  readonly member: MemberId;
  readonly report: StoreApi<ReportView>;
  readonly chapters: { readonly state: StoreApi<ChaptersState> };
}

/** Follows report and chapters, and notices when an offline stretch has ended with everything merged. */
export function createSaveView({ member, report, chapters }: SaveViewParts): {
  readonly view: StoreApi<SaveView>;
  dismissMerged(): void;
  stop(): void;
} {
  /** How things stood when the connection was lost. */
  let away: { readonly textEntries: ReportView['textEntries']; readonly offlineSaved: number } | null = null;
  const view = createStore<SaveView>(() => ({ state: { kind: 'loading' }, durable: true, merged: null }));

  const follow = () => {
    const now = report.getState();
    const { chapters: open, offlineSaved } = chapters.state.getState();
    const states = [...open.values()];
    const state = foldSaveState(now, states);
    const durable = states.every((chapter) => chapter.durable);
    if (state.kind === 'offline') away ??= { textEntries: now.textEntries, offlineSaved };
    const isBack = state.kind === 'saved' && now.phase === 'live' && now.report !== null && now.report.seq >= now.headAtHello;
    if (away !== null && isBack && states.every((chapter) => chapter.phase === 'live')) {
      const mine = offlineSaved - away.offlineSaved;
      const others = countOthers(member, away.textEntries, now.textEntries);
      away = null;
      if (mine > 0) {
        view.setState({ state, durable, merged: { mine, others, seq: state.seq } });
        return;
      }
    }
    view.setState({ state, durable });
  };

  const stops = [report.subscribe(follow), chapters.state.subscribe(follow)];
  follow();
  return {
    view,
    dismissMerged: () => view.setState({ merged: null }),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function countOthers(me: MemberId, before: ReportView['textEntries'], now: ReportView['textEntries']): Merged['others'] {
  return (Object.entries(now) as [MemberId, number][])
    .map(([member, count]) => ({ member, count: count - (before[member] ?? 0) }))
    .filter(({ member, count }) => member !== me && count > 0)
    .sort((a, b) => b.count - a.count);
}
