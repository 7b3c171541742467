export { ExportButton } from './ExportButton.tsx';
export { ExportDialog } from './ExportDialog.tsx';

import './export.css';
