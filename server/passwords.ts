import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PasswordHash, Passwords } from './core/ports.ts';

export interface ScryptSettings {
  /** N of RFC 7914, a power of two. 2^17 with r = 8 takes 128 MB and about half a second. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
  /** Hashings at once: each holds its memory, and a thread that the disk wants too. */
  readonly atOnce: number;
  /** How many more may wait. */
  readonly waiting: number;
}

/** The parameters that OWASP's password storage sheet names first for scrypt. */
export const SCRYPT: ScryptSettings = { cost: 2 ** 17, blockSize: 8, parallel: 1, atOnce: 2, waiting: 24 };
const SALT_BYTES = 16;
const HASH_BYTES = 64;
/** A stored cost above this is not ours, and would take the machine's memory. */
const MOST_COST = 2 ** 20;

/** Passwords by scrypt, at most a few at a time. Each hash carries its parameters, so that they may be raised later. */
export function scryptPasswords(settings: ScryptSettings = SCRYPT): Passwords {
  const places = new Places(settings);
  const fresh = (): Omit<PasswordHash, 'hash'> => ({
    algorithm: 'scrypt',
    cost: settings.cost,
    blockSize: settings.blockSize,
    parallel: settings.parallel,
    salt: randomBytes(SALT_BYTES).toString('hex'),
  });
  return {
    async hash(password) {
      const ways = fresh();
      const hash = await places.run(() => derive(password, ways));
      return hash === 'busy' ? hash : { ...ways, hash: hash.toString('hex') };
    },
    async fits(password, stored) {
      const sound = stored !== null && isSound(stored);
      const got = await places.run(() => derive(password, sound ? stored : fresh()));
      if (got === 'busy') return got;
      return sound && timingSafeEqual(got, Buffer.from(stored.hash, 'hex'));
    },
  };
}

/** Whatever came into the records by accident (nothing, 'undefined', half a hash) is no hash. */
function isSound(stored: PasswordHash): boolean {
  const { algorithm, cost, blockSize, parallel, salt, hash } = stored;
  return (
    algorithm === 'scrypt' &&
    Number.isInteger(Math.log2(cost)) &&
    cost >= 2 &&
    cost <= MOST_COST &&
    blockSize >= 1 &&
    blockSize <= 32 &&
    parallel >= 1 &&
    parallel <= 16 &&
    new RegExp(`^[0-9a-f]{${SALT_BYTES * 2}}$`).test(salt) &&
    new RegExp(`^[0-9a-f]{${HASH_BYTES * 2}}$`).test(hash)
  );
}

function derive(password: string, { cost, blockSize, parallel, salt }: Omit<PasswordHash, 'hash'>): Promise<Buffer> {
  // scrypt needs 128 N r bytes, and a little.
  const maxmem = 128 * cost * blockSize + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'hex'), HASH_BYTES, { N: cost, r: blockSize, p: parallel, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** A few at a time, a bounded number waiting in their order, the others turned away. */
class Places {
  private readonly settings: Pick<ScryptSettings, 'atOnce' | 'waiting'>;
  private readonly queue: (() => void)[] = [];
  private running = 0;

  constructor(settings: Pick<ScryptSettings, 'atOnce' | 'waiting'>) {
    this.settings = settings;
  }

  async run<Value>(work: () => Promise<Value>): Promise<Value | 'busy'> {
    if (this.running >= this.settings.atOnce) {
      if (this.queue.length >= this.settings.waiting) return 'busy';
      // Whoever ends hands its place on, so that `running` stays as it is.
      await new Promise<void>((resolve) => this.queue.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
