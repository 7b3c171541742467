/** What the bare page offers to the test that drives it. Binary values cross over as base64. */

/** A line in the form in which document, DOM and expectation are compared: its kind and its text in runs of equal marks. */
export type LineSeen = {
  /** `p`, `h1` (its level), `bullet:0` or `ordered:2` (its indent), `unknown`. */
  readonly kind: string;
  readonly runs: readonly { readonly text: string; readonly marks: string }[];
};

export type Sight = {
  /** What the chapter's Y.Text renders to. */
  readonly written: readonly LineSeen[];
  /** The editor's document. */
  readonly shown: readonly LineSeen[];
  /** What stands in the page, read from the DOM. */
  readonly drawn: readonly LineSeen[];
  readonly composing: boolean;
  readonly compositionStarts: number;
  /** Where the caret is: line and offset of anchor and head. */
  readonly anchor: readonly [line: number, offset: number];
  readonly head: readonly [line: number, offset: number];
  /** State vector of the Y.Doc, as sorted `client:clock` pairs. */
  readonly clocks: readonly string[];
  /** The notes that stand at the caret: `held 2` for two changes that wait, `returned gong` for letters that were given back. */
  readonly notes: readonly string[];
};

export type OpenOptions = {
  readonly client: number;
  readonly name: string;
  readonly colour: number;
  readonly mayWrite: boolean;
  /** State of the chapter, an update. */
  readonly state: string;
};

/**
 * What B strikes at in the line that holds 方案, chosen and selected in one go so that nothing arrives in between: a place at a fraction of
 * its length but never inside one of A's words, its start, all of it, or one character that is not A's (the last 乙, else one of the old
 * text).
 */
export type Aim = { readonly at: 'place'; readonly of: number } | { readonly at: 'start' | 'all' | 'victim' };

export type TypingPage = {
  open(options: OpenOptions): Promise<void>;
  close(): void;
  receive(update: string): void;
  receiveAwareness(update: string): void;
  /** What this copy lacks or has: the diff to a state vector. */
  missing(stateVector: string): string;
  stateVector(): string;
  select(anchor: readonly [number, number], head: readonly [number, number]): void;
  /** @returns false when there is nothing to aim at. */
  aim(aim: Aim): boolean;
  /** Runs an editor command of the product by name; false when it would do nothing. */
  command(name: string, ...args: unknown[]): boolean;
  sight(): Sight;
  /** Every text that this copy's Y.Text has held since it was opened, newest last. */
  textsHeld(): readonly string[];
  /** What the editor has told the page around it: ways the caret left by, pastes refused, writers of the characters at the caret. */
  told(): { readonly left: readonly string[]; readonly refused: number; readonly caretIds: readonly string[] };
  focusAt(side: 'start' | 'end', x?: number): void;
  /** Lines that stand where a paragraph was moved away from, and the line each leads to; -1 when it leads nowhere. */
  movedAway(): readonly { readonly line: number; readonly leadsTo: number }[];
  /** Tells the others another user than one's own, as a forged browser could. */
  announce(user: unknown): void;
  /** The same with the whole state. */
  announceState(state: unknown): void;
  paste(html: string, text: string): void;
  /** The clipboard's html and text for the present selection. */
  copied(): { html: string; text: string };
};

declare global {
  interface Window {
    typing: TypingPage;
    sendUpdate(update: string): Promise<void>;
    sendAwareness(update: string): Promise<void>;
  }
}
