import * as Y from 'yjs';
import { keepFormats } from '../../../../shared/text/formats.ts';
import { ROOT_NAME } from '../../../../shared/text/render.ts';
import { seedUpdate } from '../../../../shared/text/seed.ts';

/** A small, seeded generator (mulberry32): the same seed gives the same run. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const WORDS = ['今天', '会议', '讨论方案。', 'report ', '一', '😀字', '公文𠮷', '**次', 'a'];

/** A browser as admission sees it: a copy of the chapter that writes flat text, and every update it made, in order. */
export class Writer {
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly undo: Y.UndoManager;
  /** Updates made here and not yet handed over. */
  readonly outbox: Uint8Array[] = [];

  constructor(clientId: number, gc = true) {
    this.doc = new Y.Doc({ gc });
    this.doc.clientID = clientId;
    this.text = this.doc.getText(ROOT_NAME);
    keepFormats(this.text);
    Y.applyUpdate(this.doc, seedUpdate());
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.outbox.push(update);
    });
    this.undo = new Y.UndoManager(this.text, { trackedOrigins: new Set(['typing']), captureTimeout: 0 });
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'remote');
  }

  write(change: () => void): void {
    this.doc.transact(change, 'typing');
  }

  /** One edit of a kind the binding writes, chosen by `random`. */
  edit(random: (below: number) => number): void {
    const { text } = this;
    const length = text.length;
    const at = random(length);
    switch (random(9)) {
      case 0:
      case 1:
      case 2:
        this.write(() => text.insert(at, WORDS[random(WORDS.length)]!));
        break;
      case 3:
        if (length > 3) this.write(() => text.delete(at, Math.min(1 + random(3), length - 1 - at)));
        break;
      case 4:
        this.write(() => text.insertEmbed(at, new Y.Map(random(2) === 0 ? [] : [['kind', 'list']])));
        break;
      case 5: {
        const marker = this.#anyMarker(random);
        this.write(() => (random(3) === 0 ? marker.delete('align') : marker.set('align', ['left', 'center'][random(2)])));
        break;
      }
      case 6:
        if (length - at > 1) this.write(() => text.format(at, 1 + random(Math.min(4, length - at)), { [`bold#${random(99)}`]: true }));
        break;
      case 7:
        if (random(4) === 0) this.write(() => text.insertEmbed(at, this.#table()));
        else this.write(() => text.insertEmbed(at, { image: 'x.png' }));
        break;
      default:
        if (random(2) === 0) this.undo.undo();
        else this.undo.redo();
    }
  }

  #anyMarker(random: (below: number) => number): Y.Map<unknown> {
    const markers: Y.Map<unknown>[] = [];
    for (let item = this.text._start; item !== null; item = item.right) {
      if (!item.deleted && item.content instanceof Y.ContentType) markers.push(item.content.type as Y.Map<unknown>);
    }
    return markers[random(markers.length)] ?? new Y.Map();
  }

  #table(): Y.Map<unknown> {
    const cells = new Y.Map<unknown>([['r1:c1', new Y.Text('格')]]);
    return new Y.Map<unknown>([
      ['atom', 'table'],
      ['rows', Y.Array.from(['r1'])],
      ['cells', cells],
    ]);
  }
}

/** Is anything of this document waiting for something it never got? */
export function isPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}
