import * as Y from 'yjs';

/** Updates as a typist's browser makes them: one for each keystroke, under one client id. */
export class Typist {
  readonly doc: Y.Doc;
  private readonly updates: Uint8Array[] = [];

  constructor(clientId: number) {
    this.doc = new Y.Doc();
    this.doc.clientID = clientId;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.updates.push(update);
    });
  }

  /** Takes what others wrote. */
  take(update: Uint8Array): this {
    Y.applyUpdate(this.doc, update, this);
    return this;
  }

  /** Types at the start of the text. @returns the keystroke's update. */
  type(text: string): Uint8Array {
    this.doc.getText('t').insert(0, text);
    return this.last();
  }

  erase(from: number, length: number): Uint8Array {
    this.doc.getText('t').delete(from, length);
    return this.last();
  }

  get text(): string {
    return this.doc.getText('t').toString();
  }

  private last(): Uint8Array {
    const update = this.updates.at(-1);
    if (update === undefined) throw new Error('Nothing was typed');
    return update;
  }
}

/** Text of a chapter as these updates make it. @throws Error when something is missing that they stand on. */
export function textOf(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('Updates are missing');
  return doc.getText('t').toString();
}
