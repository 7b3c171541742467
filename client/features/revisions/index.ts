export { type AskedRevision, askRevision } from './asked.ts';
export { RevisionDialog } from './RevisionDialog.tsx';
export { type NamedPast, useNamed } from './use-named.ts';

import './revisions.css';
