export { LanguageSwitch } from './LanguageSwitch.tsx';
export { MeMenu } from './MeMenu.tsx';
export { askIdentity, choose, type Identity, identity, signedInAs, signedOutNow, signOut } from './model.ts';
