/** Where a request claims to come from, as its headers say it. */
export interface OriginClaims {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  readonly fetchSite?: string | undefined;
}

/**
 * Is this a request of our own pages, or of a program outside a browser?
 * Browsers send `Origin` with every upgrade and every request that changes something, so a foreign page can't leave it out.
 * @param allowed further origins of this house, e.g. the address of its proxy.
 */
export function isOwnOrigin(claims: OriginClaims, allowed: readonly string[]): boolean {
  const { origin, host, fetchSite } = claims;
  if (origin !== undefined) {
    if (allowed.includes(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const url = new URL(origin);
    return (url.protocol === 'http:' || url.protocol === 'https:') && host !== undefined && url.host === host.toLowerCase();
  }
  return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
}
