export { type Figures, keepRow, type OutlineRow, type PassagePlace, passagePlace, rowsOf, textNodes, totalsOf } from './model.ts';
export { OutlinePane, type OutlinePaneProps } from './OutlinePane.tsx';
export { usePlaceName } from './place-name.ts';

import './outline.css';
