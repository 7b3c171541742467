import type { TooManyDetails } from '../../shared/api/accounts.ts';
import { parseSingleLine } from '../../shared/outline/single-line.ts';
import type { InvitationRefusal } from '../core/account-invitations.ts';
import type { ProofRefusal, SignInRefusal, WantedRefusal } from '../core/account-passwords.ts';
import type { PeopleRefusal } from '../core/account-people.ts';
import type { LinkRefusal } from '../core/accounts.ts';
import type { Clock } from '../core/ports.ts';
import { HttpError, notFound } from './http-error.ts';

/** @throws HttpError 400 for a name that is empty, too long or not one line. */
export function personName(value: string): string {
  const name = parseSingleLine(value);
  if (name === null || name === '' || name.length > 60) throw new HttpError(400, 'bad-name', 'A name is one line of 1 to 60 characters.');
  return name;
}

export function linkError(refusal: LinkRefusal | InvitationRefusal): HttpError {
  switch (refusal) {
    case 'link-used':
      return new HttpError(410, 'link-used', 'This link has been used already. Ask for a new one.');
    case 'link-expired':
      return new HttpError(410, 'link-expired', 'This link is too old. Ask for a new one.');
    case 'link-void':
      return new HttpError(410, 'link-void', 'Whoever made this link may no longer invite to that report. Ask for a new one.');
    case 'not-found':
      return new HttpError(404, 'not-found', 'This link is not known here.');
    case 'suspended':
      return new HttpError(403, 'suspended', 'This account is suspended. Ask an administrator.');
    case 'already':
      return new HttpError(409, 'already-member', 'You belong to this report already; the link was not used up.');
    case 'not-for-new':
      return new HttpError(403, 'not-for-new', 'This invitation is for people who have an account. Sign in first.');
  }
}

/** @param wrongStatus 401 where somebody signs in, 403 where somebody signed in is asked for the old password. */
export function passwordError(
  refusal: SignInRefusal | WantedRefusal | Exclude<ProofRefusal, { readonly code: 'no-password' }>,
  clock: Clock,
  wrongStatus: 401 | 403 = 401,
): HttpError {
  switch (refusal.code) {
    case 'wrong-password':
      return new HttpError(wrongStatus, 'wrong-password', 'Name or password is not right.');
    case 'suspended':
      return linkError('suspended');
    case 'bad-login':
      return new HttpError(400, 'bad-login', 'A name to sign in with has 1 to 64 letters, figures or . _ - @ + · and no spaces.');
    case 'bad-password':
      return new HttpError(400, 'bad-password', 'A password has 8 to 256 characters.');
    case 'login-taken':
      return new HttpError(409, 'login-taken', 'Somebody else signs in with this name.');
    case 'too-many': {
      const retryAfter = Math.max(1, Math.ceil((refusal.retryAt - clock.now()) / 1000));
      const details: TooManyDetails = { retryAfter };
      return new HttpError(429, 'too-many', `Too many tries. Try again in ${retryAfter} seconds.`, details, retryAfter);
    }
  }
}

export function peopleError(refusal: PeopleRefusal): HttpError {
  switch (refusal) {
    case 'not-found':
      return notFound();
    case 'last-admin':
      return new HttpError(409, 'last-admin', 'The house needs at least one administrator. Make somebody else one first.');
    case 'self':
      return new HttpError(409, 'conflict', 'Nobody suspends themselves.');
  }
}
