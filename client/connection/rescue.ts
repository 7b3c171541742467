import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { ChapterId, MemberId, ReportId } from '../../shared/ids.ts';
import type { RejectCode } from '../../shared/wire/codes.ts';
import type { LocalDatabase } from './local-database.ts';
import { openLocalDatabase } from './local-database.ts';
import type { RefusedPiece } from './refused-text.ts';

/** Why text could not stay in the report. */
export type RescueReason = RejectCode | 'forbidden';

/** Words that the server did not take, kept in this browser under the member's key until the person copies or discards them. */
export interface Rescue {
  readonly id: string;
  readonly report: ReportId;
  readonly chapter: ChapterId;
  /** The chapter's heading at that time. */
  readonly heading: string;
  readonly reason: RescueReason;
  /** The person's own words, a line for each paragraph. */
  readonly text: string;
  readonly pieces: readonly RefusedPiece[];
  /** Units of other text that the refused changes had taken out. */
  readonly removed: number;
  readonly at: number;
}

/** One member's rescue copies: newest first, followed live. */
export interface Rescues {
  readonly list: StoreApi<readonly Rescue[]>;
  /** Adds one, or puts a fuller text of the same one in its place. @returns whether it is stored; it is listed in any case. */
  put(rescue: Rescue): Promise<boolean>;
  /** Lists one that has been stored elsewhere already. */
  show(rescue: Rescue): void;
  discard(id: string): Promise<void>;
  /** Reads the list again (another tab may have added to it). */
  refresh(): Promise<void>;
}

/** @param database the member's; null: the list lives in memory. */
export function createRescues(database: LocalDatabase | null): Rescues {
  const list = createStore<readonly Rescue[]>(() => []);
  const discarded = new Set<string>();
  const sort = (rescues: Iterable<Rescue>) => [...rescues].sort((a, b) => b.at - a.at);
  const show = (rescue: Rescue) => {
    if (discarded.has(rescue.id)) return;
    list.setState((now) => sort([rescue, ...now.filter((other) => other.id !== rescue.id)]), true);
  };
  return {
    list,
    show,
    async put(rescue) {
      show(rescue);
      if (database === null || discarded.has(rescue.id)) return false;
      try {
        await database.put('rescues', rescue);
        return true;
      } catch {
        return false;
      }
    },
    async discard(id) {
      discarded.add(id);
      list.setState((now) => now.filter((rescue) => rescue.id !== id), true);
      await database?.delete('rescues', id);
    },
    async refresh() {
      if (database === null) return;
      const stored = await database.getAll('rescues');
      const merged = new Map([...list.getState(), ...stored].map((rescue) => [rescue.id, rescue]));
      list.setState(sort([...merged.values()].filter((rescue) => !discarded.has(rescue.id))), true);
    },
  };
}

/** The rescue copies that this browser keeps for a member, outside of any open report. Close it when done. */
export async function openRescues(factory: IDBFactory | null, member: MemberId): Promise<Rescues & { close(): void }> {
  const database = await openLocalDatabase(factory, member);
  const rescues = createRescues(database);
  await rescues.refresh();
  return { ...rescues, close: () => database?.close() };
}

/** Reads the list once. */
export async function listRescues(factory: IDBFactory | null, member: MemberId): Promise<readonly Rescue[]> {
  const rescues = await openRescues(factory, member);
  rescues.close();
  return rescues.list.getState();
}
