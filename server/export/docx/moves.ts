import type { Change, MarkedParagraph, MarkedRun } from '../../../shared/document/document.ts';

/** A name that both ends of a move carry, so that Word shows them as one move. */
export type MoveNames = ReadonlyMap<MarkedRun, string>;

/**
 * Pairs the places that text left with the places where it stands, by its words: the history tells both ends, but not which belongs to which.
 * An end whose words stand nowhere else in one piece (it was changed after the move) gets a name of its own.
 */
export function nameMoves(paragraphs: readonly MarkedParagraph[]): MoveNames {
  const left = new Map<string, MarkedRun[]>();
  const names = new Map<MarkedRun, string>();
  let count = 0;
  const next = () => {
    count += 1;
    return `move${count}`;
  };
  const keyOf = ({ text, change }: MarkedRun) => `${mover(change)} ${text}`;
  const runs = paragraphs.flatMap((paragraph) => paragraph.runs);
  for (const run of runs) {
    if (run.op !== 'left') continue;
    const key = keyOf(run);
    left.set(key, [...(left.get(key) ?? []), run]);
  }
  for (const run of runs) {
    if (run.op !== 'moved') continue;
    const name = next();
    names.set(run, name);
    const partner = left.get(keyOf(run))?.shift();
    if (partner !== undefined) names.set(partner, name);
  }
  for (const run of runs) if (run.op === 'left' && !names.has(run)) names.set(run, next());
  return names;
}

function mover(change: Change | null): string {
  return change?.by ?? '';
}
