export { CountBar } from './CountBar.tsx';
export { useSayCount } from './say-count.ts';

import './counts.css';
