import { z } from 'zod';
import { ROLES } from '../../shared/access/can.ts';

/** Forms of requests about accounts. Whether a name or a password will do is judged behind them, with a code of its own. */

export const secret = z.string().regex(/^[a-z0-9]{20,128}$/);
const name = z.string().max(400);
const login = z.string().max(400);
const password = z.string().max(2_000);

export const signInBody = z.union([z.strictObject({ link: secret }), z.strictObject({ login, password })]);
export const setUpBody = z.union([
  z.strictObject({ link: secret, name, login, password }),
  // Only links sign in then.
  z.strictObject({ link: secret, name }),
]);
export const tokenBody = z.strictObject({ label: z.string().min(1).max(100) });

export const nameBody = z.strictObject({ name });
export const settingsBody = z.strictObject({
  language: z.enum(['zh-CN', 'en']).nullable().exactOptional(),
  theme: z.enum(['system', 'light', 'dark']).nullable().exactOptional(),
});
export const passwordBody = z.strictObject({ old: password.exactOptional(), login: login.exactOptional(), password });

export const newPersonBody = z.strictObject({ name, admin: z.boolean().default(false) });
export const personBody = z.union([z.strictObject({ admin: z.boolean() }), z.strictObject({ suspended: z.boolean() })]);

export const invitationBody = z.strictObject({
  role: z.enum(ROLES),
  days: z.number().int().min(1).max(90).default(7),
  note: z.string().max(100).default(''),
});
export const offerBody = z.strictObject({ link: secret });
export const registerBody = z.strictObject({ link: secret, name, login, password });
export const findQuery = z.strictObject({ find: z.string().max(100).default('') });
