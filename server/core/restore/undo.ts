import type { ChapterId, Seq } from '../../../shared/ids.ts';
import type { Attributes } from '../../../shared/text/formats.ts';
import type { Marker } from '../../../shared/text/marker.ts';
import type { TextTimes } from '../history/text-times.ts';
import { valuesAt } from '../history/walk.ts';
import type { Edit, MarkerValues } from './edits.ts';
import type { Run } from './runs.ts';

export interface Undone {
  readonly edits: readonly Edit[];
  /** The last entry that touched what they change; 0 = they change nothing. */
  readonly expect: Seq;
}

/**
 * Takes back what one restoring entry did and nothing else: what it brought goes, what it took comes back, looks and formats that it set
 * are as before. What anybody wrote, deleted or set since stays theirs.
 * @param runs of the chapter at `seq - 1`, with formats also at `seq` (`runsOf(…, seq - 1, seq)`)
 */
export function editsOfUndo(runs: readonly Run[], times: TextTimes, chapter: ChapterId, seq: Seq): Undone {
  const edits: Edit[] = [];
  let expect = 0;
  let line = emptyLine();
  /** The last unit before in the old line was taken and stands again: its end came back with it. */
  let isBack = false;
  /** Had the old line any words so far? */
  let hadWords = false;
  const change = (run: Run, edit: Edit): void => {
    edits.push(edit);
    expect = Math.max(expect, run.touched, seq);
  };
  runs.forEach((run, index) => {
    if (run.marker === null) {
      if (run.was) {
        isBack = false;
        hadWords = true;
      }
      if (run.now) stayOrGo(run);
      else if (run.went === seq) isBack = !comeBack(run);
      return;
    }
    const cameBack = isBack || endsAgain(runs, index, seq, (other) => isBroughtBack(times, chapter, other));
    const isBare = !hadWords;
    if (run.was) {
      isBack = false;
      hadWords = false;
    }
    if (run.now) end(run, run.marker);
    else if (run.went === seq && !cameBack) {
      const values = valuesAt(times.of(chapter), run.marker, seq - 1);
      // One that was hidden then as well is not brought back to be hidden.
      if (values.get('gone') === true && isBare) return;
      change(run, { op: 'end-back', values });
      line = emptyLine();
    }
  });
  return { edits, expect };

  function stayOrGo(run: Run): void {
    const { offset, length } = run;
    if (run.came === seq) {
      change(run, { op: 'del', run, offset, length });
      return;
    }
    if (run.came > seq) line.later += length;
    else line.old += length;
    const was = formatsBefore(run);
    if (was === null) edits.push({ op: 'keep', run, offset, length, was });
    else change(run, { op: 'keep', run, offset, length, was });
  }

  /** @returns whether its last unit comes back; else it stands again already */
  function comeBack(run: Run): boolean {
    let last = 0;
    eachMissing(times, chapter, run, seq, (offset, length) => {
      line.old += length;
      last = offset + length;
      change(run, { op: 'ins', run, offset, length, chapter });
    });
    return last === run.offset + run.length;
  }

  function end(run: Run, marker: Marker): void {
    if (run.came === seq && !(line.later > 0 && line.old === 0)) {
      // Hidden already, as when it is taken back twice: nothing is to be done.
      if (marker.get('gone') === true && line.old + line.later === 0) edits.push({ op: 'end', marker, values: null });
      else change(run, { op: 'end-out', marker });
      // What stands before it goes on in the next line, unless there is nothing and the end is only hidden.
      if (line.old + line.later === 0) line = emptyLine();
      return;
    }
    const values = run.came === seq ? null : valuesBefore(times, chapter, marker, seq);
    if (values === null) edits.push({ op: 'end', marker, values });
    else change(run, { op: 'end', marker, values });
    line = emptyLine();
  }
}

/** Units of a line so far that stay: written before the restore, or since. */
const emptyLine = () => ({ old: 0, later: 0 });

/** The formats that a stretch had before the entry, where they are still as the entry set them; null = nothing is to be set. */
function formatsBefore(run: Run): Attributes | null {
  const { wasAttributes: was, madeAttributes: made, nowAttributes: now } = run;
  if (!run.was || was === made) return null;
  const set = [...new Set([...Object.keys(was), ...Object.keys(made)])].filter((key) => was[key] !== made[key] && now[key] === made[key]);
  if (set.length === 0) return null;
  return { ...now, ...Object.fromEntries(set.map((key) => [key, was[key]])) };
}

/** What a marker said before the entry, where it still says what the entry set; null = nothing is to be set. */
function valuesBefore(times: TextTimes, chapter: ChapterId, marker: Marker, seq: Seq): MarkerValues | null {
  const was = valuesAt(times.of(chapter), marker, seq - 1);
  const made = valuesAt(times.of(chapter), marker, seq);
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const set = [...new Set([...was.keys(), ...made.keys()])].filter(
    (key) => !same(was.get(key), made.get(key)) && same(marker.get(key), made.get(key)),
  );
  if (set.length === 0) return null;
  const values = new Map<string, unknown>(marker.entries());
  for (const key of set) {
    if (was.has(key)) values.set(key, was.get(key));
    else values.delete(key);
  }
  return values;
}

/** Stretches of a run whose words nobody has brought back since: what stands again is not put there twice. */
function eachMissing(times: TextTimes, chapter: ChapterId, run: Run, seq: Seq, visit: (offset: number, length: number) => void): void {
  const { client, clock } = run.item.id;
  const from = clock + run.offset;
  const stands = new Uint8Array(run.length);
  times.eachRoot(chapter, client, from, from + run.length, (start, end, root) => {
    times.eachPlace(root, end - start, (offset, length, place) => {
      const { inserted, deleted } = times.of(place.chapter);
      inserted.overlapping(place.client, place.clock, place.clock + length, (low, high, ins) => {
        if (ins <= seq) return;
        const gone = new Set<number>();
        deleted.overlapping(place.client, low, high, (first, last) => {
          for (let at = first; at < last; at += 1) gone.add(at);
        });
        for (let at = low; at < high; at += 1) if (!gone.has(at)) stands[start - from + offset + at - place.clock] = 1;
      });
    });
  });
  for (let at = 0; at < run.length; ) {
    let end = at + 1;
    while (end < run.length && stands[end] === stands[at]) end += 1;
    if (stands[at] === 0) visit(run.offset + at, end - at);
    at = end;
  }
}

/** Does a newer end stand where this one stood? Words between them that were themselves brought back do not part them. */
function endsAgain(runs: readonly Run[], index: number, seq: Seq, isReturned: (run: Run) => boolean): boolean {
  for (const step of [-1, 1]) {
    for (let at = index + step; at >= 0 && at < runs.length; at += step) {
      const run = runs[at]!;
      // What the entry brought goes: it stands between nothing.
      if (!run.now || run.came === seq) continue;
      if (run.marker !== null && run.came > seq) return true;
      if (run.came > seq && isReturned(run)) continue;
      break;
    }
  }
  return false;
}

/** Are all its units known from an earlier place? */
function isBroughtBack(times: TextTimes, chapter: ChapterId, run: Run): boolean {
  const { client, clock } = run.item.id;
  let returned = true;
  times.eachRoot(chapter, client, clock + run.offset, clock + run.offset + run.length, (from, _, root) => {
    if (root.chapter === chapter && root.client === client && root.clock === from) returned = false;
  });
  return returned;
}
