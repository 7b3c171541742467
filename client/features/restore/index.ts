export { type AskedRestore, askRestore } from './asked.ts';
export { RestoreDialog } from './RestoreDialog.tsx';

import './restore.css';
