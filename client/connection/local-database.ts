import type { DBSchema, IDBPDatabase } from 'idb';
import { wrap } from 'idb';
import type { ChapterId, ClientId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import type { Rescue } from './rescue.ts';

/** What is known of a chapter's local copy beside its content. */
export interface CopyRecord {
  readonly report: ReportId;
  readonly chapter: ChapterId;
  /** Changes whenever the copy is dropped and begun again: a tab that still writes for the dropped one is told apart. */
  readonly copy: string;
  readonly epoch: string | null;
  /** `<seq>.<chain head>` of the last hello. */
  readonly seen: string | null;
  readonly savedSeq: Seq;
  /** As last told by the server, so that an offline reload knows whether it may write. */
  readonly mayWrite: boolean;
}

export interface UpdateRow {
  readonly report: ReportId;
  readonly chapter: ChapterId;
  readonly update: Uint8Array;
}

export interface OutboxRow extends UpdateRow {
  /** The tab that wrote it and sends it while it lives. */
  readonly owner: string;
  readonly at: number;
}

export interface IdentityRow {
  readonly report: ReportId;
  readonly ids: readonly ClientId[];
}

export interface LocalSchema extends DBSchema {
  copies: { key: [string, string]; value: CopyRecord };
  updates: { key: number; value: UpdateRow; indexes: { chapter: [string, string] } };
  outbox: { key: number; value: OutboxRow; indexes: { chapter: [string, string]; report: string } };
  identities: { key: string; value: IdentityRow };
  rescues: { key: string; value: Rescue };
}
export type LocalDatabase = IDBPDatabase<LocalSchema>;

const VERSION = 1;

/**
 * Opens what this browser keeps for one member. Each member has a database of their own, so that a shared browser never sends one
 * member's offline text under another's name.
 * @returns null where the browser keeps nothing (private windows, blocked storage).
 */
export async function openLocalDatabase(factory: IDBFactory | null, member: MemberId): Promise<LocalDatabase | null> {
  if (factory === null) return null;
  try {
    const request = factory.open(`gongbi-${member}`, VERSION);
    request.onupgradeneeded = () => createStores(request.result);
    const database = (await wrap(request)) as unknown as LocalDatabase;
    // A newer page wants to change the stores: get out of its way; what is typed here goes on in memory and to the server.
    database.addEventListener('versionchange', () => database.close());
    return database;
  } catch {
    return null;
  }
}

function createStores(database: IDBDatabase): void {
  database.createObjectStore('copies', { keyPath: ['report', 'chapter'] });
  database.createObjectStore('updates', { autoIncrement: true }).createIndex('chapter', ['report', 'chapter']);
  const outbox = database.createObjectStore('outbox', { autoIncrement: true });
  outbox.createIndex('chapter', ['report', 'chapter']);
  outbox.createIndex('report', 'report');
  database.createObjectStore('identities', { keyPath: 'report' });
  database.createObjectStore('rescues', { keyPath: 'id' });
}
