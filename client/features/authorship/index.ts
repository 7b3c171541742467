export { AuthorPanel } from './AuthorPanel.tsx';
export { type Caret, createCaret } from './caret.ts';
export type { CaretPlace } from './use-author.ts';

import './authorship.css';
