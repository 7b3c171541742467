export { AssignForm } from './AssignForm.tsx';
export { blanksAddress } from './address.ts';
export { BlanksPanel } from './BlanksPanel.tsx';
export { FillCard } from './FillCard.tsx';
export { type Filter, type Progress, progressByChapter, progressOf } from './model.ts';
export { ProgressBar } from './ProgressBar.tsx';
export { type BlankPeople, useBlankPeople } from './people.ts';
export { sayDue } from './say-due.ts';
export { useBlankKeys } from './use-blank-keys.ts';
export { useBlankMarks } from './use-blank-marks.ts';
export { useBlankSteps } from './use-blank-steps.ts';
export { useBlanks } from './use-blanks.ts';

import './blanks.css';
