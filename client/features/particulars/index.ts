export { ParticularsDialog } from './ParticularsDialog.tsx';

import './particulars.css';
