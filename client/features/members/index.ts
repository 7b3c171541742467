export { facesOf } from './face.ts';
export { MembersDialog } from './MembersDialog.tsx';

import './members.css';
