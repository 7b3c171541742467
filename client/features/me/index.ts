export { LanguageSwitch } from './LanguageSwitch.tsx';
export { MeMenu } from './MeMenu.tsx';
export { askIdentity, type Identity, identity, signedInAs, signedOutNow } from './model.ts';
