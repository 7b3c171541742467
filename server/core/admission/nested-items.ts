import type { ClientId } from '../../../shared/ids.ts';
import { TYPE } from './parsed-update.ts';

/**
 * Where an item stands: 0 = in the chapter's text itself, else inside a nested type: twice its depth, plus 1 for a map's entry.
 * A marker is a type of depth 1.
 */
export const PLACE = {
  text: 0,
  inside: (type: NestedType): number => type.depth * 2 + (type.kind === TYPE.map ? 1 : 0),
  depth: (place: number): number => place >> 1,
  isEntry: (place: number): boolean => (place & 1) === 1,
} as const;

/** A type inside the text: a block's marker, an atom, a list or text in it. */
export interface NestedType {
  readonly depth: number;
  /** One of TYPE. */
  readonly kind: number;
  /** Whatever was ever put inside: client, from, to, and so on. */
  readonly items: number[];
  readonly entries: Map<string, Chain>;
  gone: boolean;
}

export function nestedType(depth: number, kind: number): NestedType {
  return { depth, kind, items: [], entries: new Map(), gone: false };
}

/** One value that a map's key had. */
export interface EntryNode {
  readonly client: ClientId;
  readonly clock: number;
  /** The value that it replaced, as far as its writer knew. */
  readonly replaces: EntryNode | null;
  readonly chain: Chain;
}

/** The values of one key of one map. */
export interface Chain {
  /** The one that stands; null = none yet. */
  winner: EntryNode | null;
  /** False when the order could not be followed: from then on nothing is concluded from it. */
  exact: boolean;
}

/** Longer than any honest history of one attribute between two people who do not hear of each other. */
const MOST_STEPS = 256;

/**
 * Takes a new value into its key's chain, as Yjs orders them: a value stands to the right of the one it replaces, and of two that replace
 * the same one the higher client id stands to the right. Only the rightmost stands; Yjs deletes the others in nobody's name.
 * @returns the value that is gone by it, or null when nothing follows
 */
export function takeEntry(node: EntryNode): EntryNode | null {
  const { chain, replaces } = node;
  const { winner } = chain;
  if (!chain.exact) return null;
  if (winner === null || replaces === winner) {
    chain.winner = node;
    return winner;
  }
  let rival: EntryNode = winner;
  for (let steps = 0; rival.replaces !== replaces; steps += 1) {
    // What does not lead to the value that stands is left behind by it.
    if (rival.replaces === null) return node;
    if (steps === MOST_STEPS) {
      chain.exact = false;
      return null;
    }
    rival = rival.replaces;
  }
  if (rival.client === node.client) {
    // No honest copy replaces one value twice.
    chain.exact = false;
    return null;
  }
  if (rival.client > node.client) return node;
  chain.winner = node;
  return winner;
}
