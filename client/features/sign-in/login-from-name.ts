import { parseLogin } from '../../../shared/access/credentials.ts';

/** What is offered as the name to sign in with: the name without its spaces; '' where that would be none. */
export function loginFromName(name: string): string {
  return parseLogin(name.replace(/\s+/gu, '')) ?? '';
}
