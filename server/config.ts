import { resolve } from 'node:path';
import { z } from 'zod';

/** What the surroundings may set. No other file reads the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** Origins besides the server's own Host that may open sockets and send requests (a reverse proxy's address). */
  readonly origins: readonly string[];
  /** Cookies only over https; set when the house is reached by https through a proxy. */
  readonly secureCookies: boolean;
  /** Start without the sample report, with a set-up link. */
  readonly empty: boolean;
  /** Whose password is taken away at this start, for a link to choose a new one: the way back in when no administrator is left who can help. */
  readonly reset: string | null;
}

const origin = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  context.addIssue({ code: 'custom', message: `not an http(s) origin: ${value}` });
  return z.NEVER;
});

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'it must be a whole number from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65_535, 'it must be a whole number from 0 to 65535'))
    .default(4600),
  GONGBI_DATA: z.string().min(1).default('./.data'),
  GONGBI_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(origin)),
});

/** @throws Error in one plain sentence when a value cannot be used. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, args: readonly string[]): Config {
  const unknown = args.find((arg) => arg !== '--empty' && !/^--reset=./.test(arg));
  if (unknown !== undefined) throw new Error(`Unknown argument ${unknown}; there are --empty and --reset=<sign-in name>.`);
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') ?? 'Environment'} cannot be used: ${issue?.message ?? 'not understood'}.`);
  }
  const { HOST, PORT, GONGBI_DATA, GONGBI_ORIGINS } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    dataFolder: resolve(GONGBI_DATA),
    origins: GONGBI_ORIGINS,
    secureCookies: GONGBI_ORIGINS.some((value) => value.startsWith('https:')),
    empty: args.includes('--empty'),
    reset: args.find((arg) => arg.startsWith('--reset='))?.slice('--reset='.length) ?? null,
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
