import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { ClientId } from '../../shared/ids.ts';
import type { Tab } from './tab.ts';

/** Which client id one document is written under: a new one until the tab's own can be taken without forking it. */
export class WriterId {
  readonly #tab: Tab;
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;
  readonly #stopClaims: () => void;
  /** The id's clock when the local copy had been read: the server cannot know more than this before we send. */
  #clockAtLoad = 0;
  #checked = false;
  #complete = false;
  #stopped = false;

  constructor(tab: Tab, doc: Y.Doc, awareness: Awareness) {
    this.#tab = tab;
    this.#doc = doc;
    this.#awareness = awareness;
    this.#stopClaims = tab.identity.onClaim(() => this.#adoptIfSafe());
  }

  get id(): ClientId {
    return this.#doc.clientID;
  }

  /**
   * The local copy has been read.
   * @param existed the browser kept this chapter before. The id's lock was taken before the copy was read, and text leaves only once it is
   * stored: then the copy holds all that was ever sent under the id.
   */
  loaded(existed: boolean): void {
    if (existed) this.#adopt();
    else this.#adoptIfSafe();
    this.#clockAtLoad = this.#clock();
  }

  /** The server has sent all it has: whatever was written under the tab's id is in the document. */
  synced(): void {
    this.#complete = true;
    this.#adopt();
  }

  /** Something was written here: a tab without an id keeps the one it was written under. @param keep as `ClientIdentity.claim` */
  wrote(keep: boolean): void {
    if (this.#tab.identity.current === null && this.#clock() > 0) this.#tab.identity.claim(this.id, keep);
  }

  /**
   * Asked once, with the first state vector of the server, before anything is sent.
   * @returns true when the server knows more of our id than the local copy did: the copy is older than another one under the same id, and
   * what was written since would be taken for something known
   */
  isForked(vector: ReadonlyMap<ClientId, number>): boolean {
    if (this.#checked) return false;
    this.#checked = true;
    if ((vector.get(this.id) ?? 0) <= this.#clockAtLoad) return false;
    if (this.#clock() > this.#clockAtLoad) return true;
    // Nothing written yet: until the missing part has come, write under another id.
    this.#set(this.#tab.environment.newClientId());
    return false;
  }

  /** After every change. Yjs takes another id when it is sent text under its own: then somebody else writes under it. */
  follow(): void {
    if (this.#doc.clientID === this.#awareness.clientID) return;
    this.#tab.identity.retire(this.#awareness.clientID);
    this.#followPresence();
  }

  /** The browser has stopped keeping text: a reload would not know what is sent under this id from here on. */
  leave(): void {
    if (this.#stopped || this.#tab.identity.current !== this.id) return;
    this.#tab.identity.retire(this.id);
    this.#set(this.#tab.environment.newClientId());
  }

  stop(): void {
    this.#stopped = true;
    this.#stopClaims();
  }

  #clock(): number {
    return Y.getState(this.#doc.store, this.#doc.clientID);
  }

  /** A brand-new id has been used nowhere: it can be taken at once. */
  #adoptIfSafe(): void {
    if (this.#tab.identity.fresh || this.#complete) this.#adopt();
  }

  #adopt(): void {
    const id = this.#tab.identity.current;
    if (id !== null && !this.#stopped) this.#set(id);
  }

  #set(id: ClientId): void {
    if (this.#doc.clientID === id) return;
    this.#doc.clientID = id;
    this.#followPresence();
  }

  /** Presence is told under the id we write under: the provider expects them to be the same. */
  #followPresence(): void {
    const state = this.#awareness.getLocalState();
    this.#awareness.setLocalState(null);
    this.#awareness.clientID = this.#doc.clientID;
    this.#awareness.setLocalState(state);
  }
}
