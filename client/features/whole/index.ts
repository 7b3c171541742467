export { reportCopy } from './report-copy.ts';
export { useReportKeys } from './use-report-keys.ts';
export { useWhole } from './use-whole.ts';
export { WholeBar } from './WholeBar.tsx';

import './whole.css';
