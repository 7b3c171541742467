import { useMemo, useReducer } from 'react';
import type { ImportPreview } from '../../../shared/api.ts';
import { type Correction, type CorrectionRefusal, correct } from '../../../shared/importing/correct.ts';

interface Step {
  readonly preview: ImportPreview;
  /** The row it was done to, to go back there. */
  readonly row: number;
}

interface State {
  /** As recognised, then one for each correction. */
  readonly steps: readonly Step[];
  readonly at: number;
  readonly chosen: number | null;
  readonly refused: CorrectionRefusal | null;
}

type Event =
  | { readonly kind: 'correct'; readonly correction: Correction }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'choose'; readonly row: number };

function reduce(state: State, event: Event): State {
  const now = state.steps[state.at];
  switch (event.kind) {
    case 'choose':
      return state.chosen === event.row ? state : { ...state, chosen: event.row, refused: null };
    case 'correct': {
      if (now === undefined) return state;
      const { correction } = event;
      const result = correct(now.preview, correction);
      if (!result.ok) return { ...state, refused: result.error };
      const row = correction.kind === 'join' ? correction.at - 1 : correction.at;
      return {
        steps: [...state.steps.slice(0, state.at + 1), { preview: result.value, row }],
        at: state.at + 1,
        chosen: row,
        refused: null,
      };
    }
    case 'undo':
      return state.at === 0 ? state : { ...state, at: state.at - 1, chosen: now?.row ?? null, refused: null };
    case 'redo': {
      const next = state.steps[state.at + 1];
      return next === undefined ? state : { ...state, at: state.at + 1, chosen: next.row, refused: null };
    }
  }
}

/** What a person put right in a preview, step by step, with undo. Nothing of it is stored before the report is created. */
export interface Corrections {
  readonly preview: ImportPreview;
  readonly chosen: number | null;
  readonly refused: CorrectionRefusal | null;
  /** How many stand. */
  readonly count: number;
  readonly canRedo: boolean;
  correct(correction: Correction): void;
  undo(): void;
  redo(): void;
  choose(row: number): void;
}

export function useCorrections(recognised: ImportPreview): Corrections {
  const [state, tell] = useReducer(reduce, { steps: [{ preview: recognised, row: 0 }], at: 0, chosen: null, refused: null });
  return useMemo(
    () => ({
      preview: state.steps[state.at]?.preview ?? recognised,
      chosen: state.chosen,
      refused: state.refused,
      count: state.at,
      canRedo: state.at + 1 < state.steps.length,
      correct: (correction) => tell({ kind: 'correct', correction }),
      undo: () => tell({ kind: 'undo' }),
      redo: () => tell({ kind: 'redo' }),
      choose: (row) => tell({ kind: 'choose', row }),
    }),
    [state, recognised],
  );
}
