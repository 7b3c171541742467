export { FindingCard } from './FindingCard.tsx';
export { alike, type Filter, type ListedFinding, listedFindings, passes } from './model.ts';
export { ProofPanel } from './ProofPanel.tsx';
export type { FindingDesk } from './people.ts';
export { useFindingKeys } from './use-finding-keys.ts';
export { useFindingMarks } from './use-finding-marks.ts';
export { useFindingSteps } from './use-finding-steps.ts';
export { useLiveFindings, useProofreader } from './use-live-findings.ts';
export { useProofreading } from './use-proofreading.ts';

import './proofreading.css';
