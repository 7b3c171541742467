export { AuthorSwitch } from './AuthorSwitch.tsx';
export { type AuthorColours, useAuthorColours } from './use-author-colours.ts';
