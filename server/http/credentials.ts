import type { IncomingHttpHeaders } from 'node:http';

const COOKIE = 'gongbi_session';
const BEARER = /^Bearer +([a-z0-9]{20,128})$/i;
const SECRET = /^[a-z0-9]{20,128}$/;

/** @returns the secret of the session cookie or the bearer token; null when there is none of the right shape. The token wins. */
export function secretOf(headers: IncomingHttpHeaders): string | null {
  const bearer = headers.authorization === undefined ? null : BEARER.exec(headers.authorization);
  if (headers.authorization !== undefined) return bearer?.[1] ?? null;
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.split('=').map((piece) => piece.trim());
    if (name === COOKIE && value !== undefined && SECRET.test(value)) return value;
  }
  return null;
}

/** The Set-Cookie line for a new session. @param maxAge seconds; 0 takes the cookie away. */
export function sessionCookie(secret: string, maxAge: number, secure: boolean): string {
  return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
}
