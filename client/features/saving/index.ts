export { SaveState } from './SaveState.tsx';
export { TroubleBars, type Troubles } from './TroubleBars.tsx';

import './saving.css';
