import { domObserverOf } from './private-view.ts';
import type { Session } from './session.ts';

/** ProseMirror takes in the last of a composition up to 20 ms after its end; its letters leave after this many milliseconds. */
const SETTLE = 30;
/** A composition without a key for this long is ended, in milliseconds. */
const ABANDONED = 30_000;
/** How long an ended composition may take to say so before its letters are taken out regardless, in milliseconds. */
const LAST_WORD = 100;

/**
 * When a composition begins and ends. Nothing is written from its start until shortly after its end, so that it leaves as one update and
 * nobody else ever sees half-typed letters. One that nobody goes on with is ended, and its letters are given back to the person.
 */
export class InputMethod {
  private readonly session: Session;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private abandoned: ReturnType<typeof setTimeout> | undefined;
  private returning = false;

  constructor(session: Session) {
    this.session = session;
  }

  begin(): void {
    clearTimeout(this.settling);
    this.settling = undefined;
    const { session } = this;
    if (session.composing) {
      // The last one's letters may leave now; with something held that would change the page under the new one, so they wait with it.
      const { view } = session;
      if (view !== null) domObserverOf(view)?.flush();
      if (session.held.length === 0) {
        session.composing = false;
        session.flush();
      }
    } else {
      session.flush();
    }
    session.composing = true;
    this.keyed();
  }

  /** The person goes on with the composition. */
  keyed(): void {
    clearTimeout(this.abandoned);
    this.abandoned = this.session.composing ? setTimeout(() => this.abandon(), ABANDONED) : undefined;
  }

  end(): void {
    clearTimeout(this.settling);
    if (this.session.composing) this.settling = setTimeout(() => this.settle(), SETTLE);
  }

  /** Ends the wait after a composition, if there is one. */
  settle(): void {
    if (this.settling === undefined) return;
    clearTimeout(this.settling);
    clearTimeout(this.abandoned);
    this.settling = undefined;
    const { session } = this;
    const { view } = session;
    if (view !== null) domObserverOf(view)?.flush();
    session.composing = false;
    if (view !== null && this.returning) session.giveBack();
    else session.flush();
    this.returning = false;
  }

  destroy(): void {
    if (this.settling !== undefined) this.settle();
    clearTimeout(this.abandoned);
  }

  private abandon(): void {
    const { view } = this.session;
    if (view === null || !this.session.composing) return;
    this.returning = true;
    view.dom.blur();
    view.focus();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), LAST_WORD);
  }
}
