export { type Carets, facesByChapter, type PresentPerson, presentPeople } from './model.ts';
export { PresencePanel } from './PresencePanel.tsx';
export { PresentFaces } from './PresentFaces.tsx';

import './presence.css';
