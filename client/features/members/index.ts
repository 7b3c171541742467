export { facesOf } from './face.ts';
export { LinkCard, type MadeLink } from './LinkCard.tsx';
export { MembersDialog } from './MembersDialog.tsx';

import './members.css';
