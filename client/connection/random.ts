const FIRST_FREE_ID = 2 ** 16;

/** @returns a client id that nobody is likely to use: at least 2^16 (lower ids are kept for seeds and the server), below 2^32. */
export function randomClientId(): number {
  const [id] = crypto.getRandomValues(new Uint32Array(1));
  return id === undefined || id < FIRST_FREE_ID ? randomClientId() : id;
}
