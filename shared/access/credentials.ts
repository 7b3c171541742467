/** What a name to sign in with and a password may be: asked by the server, and by the forms while one types. */

/** Letters and figures of any script, with the joints that names and addresses have; no white space, so that nothing unseen tells two apart. */
const LOGIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+·-]*$/u;
export const LOGIN_MOST = 64;

/** @returns the name in NFC without white space around it; null when it is none. */
export function parseLogin(value: string): string | null {
  if (value.length > LOGIN_MOST * 4) return null;
  const login = value.trim().normalize('NFC');
  return LOGIN.test(login) && [...login].length <= LOGIN_MOST ? login : null;
}

/** Two names with one key are the same name: letter case and the full-width forms of an input method do not count. */
export function loginKey(login: string): string {
  // Where a letter's upper case is several letters, one round may leave something for the next.
  let key = login;
  for (let round = 0; round < 4; round += 1) {
    const next = key.trim().normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
    if (next === key) break;
    key = next;
  }
  return key;
}

export const PASSWORD_LEAST = 8;
export const PASSWORD_MOST = 256;

export type PasswordProblem = 'too-short' | 'too-long' | 'unreadable';

/** Counted in characters (code points). Nothing is cut off: what is too long is refused. @returns null when it may be used. */
export function passwordProblem(password: string): PasswordProblem | null {
  const length = [...password].length;
  if (length < PASSWORD_LEAST) return 'too-short';
  if (length > PASSWORD_MOST) return 'too-long';
  // Half a surrogate pair would be stored as another character, a control character can't be typed again.
  return /[\p{Cc}\p{Cs}]/u.test(password) ? 'unreadable' : null;
}
