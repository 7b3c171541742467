export { WorkspacePage } from './WorkspacePage.tsx';

import './workspace.css';
