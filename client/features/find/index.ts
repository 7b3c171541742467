export { FindBar } from './FindBar.tsx';
export { useFindKeys } from './use-find-keys.ts';

import './find.css';
