export { ChapterPlace } from './ChapterPlace.tsx';
export type { OpenChapter } from './open-chapter.ts';
export { ReportActs } from './own-acts.ts';
export { Sheet } from './Sheet.tsx';
export { Toolbar } from './Toolbar.tsx';
export { Walk } from './walk.ts';

import './paper.css';
