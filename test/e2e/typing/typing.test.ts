import { describe } from 'vitest';
import { capScenarios } from './cap.ts';
import { caretScenarios } from './carets.ts';
import { editingScenarios } from './editing.ts';
import { typingScenarios } from './harness.ts';
import { inputMethodScenarios } from './input-method.ts';
import { longRuns } from './long-runs.ts';
import { structureScenarios } from './structure.ts';
import { undoScenarios } from './undo.ts';

describe('two people typing in one chapter, in Chromium', () => {
  const { scenario, tally, clockedRoom } = typingScenarios();
  inputMethodScenarios(scenario);
  structureScenarios(scenario);
  undoScenarios(scenario);
  caretScenarios(scenario);
  capScenarios(scenario, clockedRoom);
  editingScenarios(scenario);
  longRuns(scenario, tally);
});
