export { AuthorPanel } from './AuthorPanel.tsx';
export { type CaretPlace, useAuthor } from './use-author.ts';

import './authorship.css';
