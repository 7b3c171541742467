import type { Change } from './changes.ts';
import type { People } from './people.ts';
import type { ChangeWords } from './say-change.ts';

/** What every mark on the paper needs to draw and to tell itself. */
export interface Marking {
  readonly changes: ReadonlyMap<string, Change>;
  readonly words: ChangeWords;
  readonly people: People;
  readonly current: string | null;
  readonly onCurrent: (change: string) => void;
}
