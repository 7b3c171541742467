/**
 * Every way the server says no, in one table (docs/PROTOCOL.md prints it).
 * y-websocket 3.1 treats close codes 4400–4499 as terminal: 44xx = do not come back by yourself, 45xx = come back later.
 */
export const CLOSE = {
  badFrame: { code: 4400, name: 'bad-frame', retry: false },
  signedOut: { code: 4401, name: 'signed-out', retry: false },
  forbidden: { code: 4403, name: 'forbidden', retry: false },
  gone: { code: 4404, name: 'gone', retry: false },
  oldSchema: { code: 4409, name: 'old-schema', retry: false },
  otherEpoch: { code: 4410, name: 'other-epoch', retry: false },
  rejected: { code: 4422, name: 'rejected', retry: false },
  resync: { code: 4500, name: 'resync', retry: true },
  stopping: { code: 4503, name: 'stopping', retry: true },
  storage: { code: 4507, name: 'storage', retry: true },
  corrupt: { code: 4508, name: 'corrupt', retry: true },
  slow: { code: 4513, name: 'slow-reader', retry: true },
  tooMany: { code: 4529, name: 'too-many', retry: true },
} as const;
export type CloseReason = keyof typeof CLOSE;

/** Codes of a `reject` message. A reject ends that copy of the document (design §3). Numbers are on the wire: never renumber. */
export const REJECT = {
  'bad-update': 1,
  'too-big': 2,
  'read-only': 3,
  'foreign-client': 4,
  fork: 5,
  frozen: 6,
  schema: 7,
  'other-epoch': 8,
  'too-many-ids': 9,
  gone: 10,
} as const;
export type RejectCode = keyof typeof REJECT;

export function rejectCodeOf(value: number): RejectCode | null {
  const found = (Object.entries(REJECT) as [RejectCode, number][]).find(([, number]) => number === value);
  return found?.[0] ?? null;
}

/** Stable codes of HTTP errors: `{ error: { code, message, requestId } }`. */
export type ErrorCode =
  | 'bad-request'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'outline-clash'
  | 'outline-no-such-node'
  | 'outline-bad-place'
  | 'outline-bad-text'
  | 'outline-bad-note'
  | 'outline-no-such-owner'
  | 'too-big'
  | 'undecodable'
  | 'incomplete'
  | 'replace-moved'
  | 'replace-nothing'
  | 'no-such-blank'
  | 'no-such-finding'
  | 'blank-filled'
  | 'blank-bad-value'
  | 'blank-doubt'
  | 'blank-nothing'
  | 'no-such-thread'
  | 'no-such-comment'
  | 'comment-not-yours'
  | 'comment-bad-text'
  | 'comment-bad-mention'
  | 'thread-closed'
  | 'thread-full'
  | 'thread-reason'
  | 'thread-nothing'
  | 'empty'
  | 'binary'
  | 'link-used'
  | 'link-expired'
  | 'link-void'
  | 'not-for-new'
  | 'already-member'
  | 'wrong-password'
  | 'suspended'
  | 'bad-name'
  | 'bad-login'
  | 'bad-password'
  | 'login-taken'
  | 'last-admin'
  | 'revision-bad-name'
  | 'revision-bad-point'
  | 'revision-name-taken'
  | 'revision-clash'
  | 'no-such-revision'
  | 'term-bad'
  | 'term-clash'
  | 'terms-full'
  | 'no-such-term'
  | 'particulars-bad'
  | 'particulars-clash'
  | 'search-query'
  | 'stage-moved'
  | 'stage-unreachable'
  | 'path-invalid'
  | 'path-fixed'
  | 'reason-missing'
  | 'reason-too-long'
  | 'drafter-issues'
  | 'signers-missing'
  | 'not-a-member'
  | 'not-frozen'
  | 'amending'
  | 'due-invalid'
  | 'gate-closed'
  | 'gate-unanswered'
  | 'no-password'
  | 'sign-text-missing'
  | 'sealed'
  | 'number-invalid'
  | 'signatures-missing'
  | 'sign-moved'
  | 'sign-amending'
  | 'no-such-signature'
  | 'restore-moved'
  | 'restore-nothing'
  | 'restore-no-such-text'
  | 'no-such-entry'
  | 'bad-range'
  | 'no-such-chapter'
  | 'no-such-member'
  | 'no-such-text'
  | 'no-such-export'
  | 'too-many-exports'
  | 'cross-origin'
  | 'too-many'
  | 'read-only'
  | 'corrupt'
  | 'storage'
  | 'internal';
