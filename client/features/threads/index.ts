export { threadAddress, threadInAddress } from './address.ts';
export { CommentButton, SelectionBubble, useCommentKey } from './CommentButton.tsx';
export { useThreadPeople } from './people.ts';
export { ThreadsPanel } from './ThreadsPanel.tsx';
export { useThreadMarks } from './use-thread-marks.ts';
export { useThreads } from './use-threads.ts';
export { whatIsMeant } from './what-is-meant.ts';

import './threads.css';
