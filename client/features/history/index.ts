export { ComparePage } from './ComparePage.tsx';
export { ContributionsPage } from './ContributionsPage.tsx';
export { HistoryPanel } from './HistoryPanel.tsx';
export { wordChange } from './heading-change.ts';
export { compareLink } from './links.ts';
export { ReplayPage } from './ReplayPage.tsx';

// the paper that the past is shown on is the paper one writes on
import '../paper/index.ts';
import './history.css';
import './compare.css';
import './replay.css';
import './contributions.css';
