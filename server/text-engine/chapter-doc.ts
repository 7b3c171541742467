import * as Y from 'yjs';
import { countBlanks, countText } from '../../shared/counting/count.ts';
import { keepFormats } from '../../shared/text/formats.ts';
import { plainLinesOf } from '../../shared/text/plain-text.ts';
import { ROOT_NAME } from '../../shared/text/render.ts';
import type { ChapterFigures } from '../core/ports.ts';

/** A document that receives and never writes by itself. */
function openDoc(gc: boolean): { readonly doc: Y.Doc; readonly text: Y.Text } {
  const doc = new Y.Doc({ gc });
  const text = doc.getText(ROOT_NAME);
  keepFormats(text);
  return { doc, text };
}

/** Thrown by `apply` for an update that Yjs can't read or that stands on something unknown. */
export class UnfitUpdate extends Error {}

/** One chapter's text with everything that was ever in it. It lies as bytes until it is needed, and can be laid down again. */
export class ChapterDoc {
  #open: { readonly doc: Y.Doc; readonly text: Y.Text } | null = null;
  #bytes: Uint8Array | null = null;
  #figures: ChapterFigures | null = null;

  /**
   * Applies one update in one transaction.
   * @param applied is called within it, before Yjs cleans up
   * @throws UnfitUpdate; the document then holds what could be read of it
   */
  apply(update: Uint8Array, applied: (transaction: Y.Transaction, text: Y.Text) => void): void {
    const { doc, text } = this.#opened();
    this.#bytes = null;
    this.#figures = null;
    let failure: unknown = null;
    const examine = (transaction: Y.Transaction) => {
      // Yjs may go on in a second transaction; only the first holds the update, and an error thrown here would leave it half cleaned up.
      doc.off('afterTransaction', examine);
      try {
        applied(transaction, text);
      } catch (error) {
        failure = error;
      }
    };
    doc.on('afterTransaction', examine);
    try {
      Y.applyUpdate(doc, update);
    } catch (error) {
      throw new UnfitUpdate('the update cannot be read', { cause: error });
    } finally {
      doc.off('afterTransaction', examine);
    }
    if (failure !== null) throw failure;
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new UnfitUpdate('the update stands on something unknown');
  }

  /** Everything, nothing collected (update V1). */
  full(): Uint8Array {
    this.#bytes ??= Y.encodeStateAsUpdate(this.#opened().doc);
    return this.#bytes;
  }

  /** For joiners: the same with deleted content collected (update V1). */
  join(): Uint8Array {
    const { doc } = openDoc(true);
    Y.applyUpdate(doc, this.full());
    const join = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return join;
  }

  figures(): ChapterFigures {
    if (this.#figures === null) {
      const lines = plainLinesOf(this.#opened().text);
      const text = lines.map((line) => line.text).join('\n');
      const kinds = lines.map(({ kind }) => kind).join('');
      this.#figures = { ...countText(text), blanks: countBlanks(text).total, text, kinds };
    }
    return this.#figures;
  }

  /** The living text with everything that was ever in it. For reading only. */
  get text(): Y.Text {
    return this.#opened().text;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Lays the document down as bytes. */
  rest(): void {
    if (this.#open === null) return;
    this.full();
    this.#open.doc.destroy();
    this.#open = null;
  }

  #opened(): { readonly doc: Y.Doc; readonly text: Y.Text } {
    if (this.#open === null) {
      this.#open = openDoc(false);
      if (this.#bytes !== null) Y.applyUpdate(this.#open.doc, this.#bytes);
    }
    return this.#open;
  }
}
