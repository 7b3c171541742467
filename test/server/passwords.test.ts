import { describe, expect, test } from 'vitest';
import type { PasswordHash } from '../../server/core/ports.ts';
import { SCRYPT, scryptPasswords } from '../../server/passwords.ts';

const quick = { ...SCRYPT, cost: 2 ** 8 };

describe('passwords', () => {
  test('[PW3] the stored form names its parameters, never the password, and fits it alone', async () => {
    const passwords = scryptPasswords(SCRYPT);
    const stored = await passwords.hash('红头文件 2026!');
    expect(stored).toMatchObject({ algorithm: 'scrypt', cost: 131_072, blockSize: 8, parallel: 1 });
    expect(JSON.stringify(stored)).not.toContain('红头');
    expect(await passwords.fits('红头文件 2026!', stored as PasswordHash)).toBe(true);
    expect(await passwords.fits('红头文件 2026', stored as PasswordHash)).toBe(false);
    expect(await scryptPasswords(quick).hash('红头文件 2026!')).not.toMatchObject({ salt: (stored as PasswordHash).salt });
  });

  test('[PW3] a hash of weaker parameters goes on fitting after they are raised', async () => {
    const stored = (await scryptPasswords({ ...quick, cost: 2 ** 6 }).hash('password-1')) as PasswordHash;
    expect(await scryptPasswords(quick).fits('password-1', stored)).toBe(true);
  });

  test.each([
    ['none', null],
    ['an empty hash', { hash: '' }],
    ['the word undefined', { hash: 'undefined' }],
    ['half a hash', { hash: 'ab'.repeat(32) }],
    ['an empty salt', { salt: '' }],
    ['no cost', { cost: 0 }],
    ['a cost that would take all memory', { cost: 2 ** 40 }],
    ['another algorithm', { algorithm: 'plain' }],
  ])('[PW3] %s never fits', async (_what, damage) => {
    const passwords = scryptPasswords(quick);
    const stored = (await passwords.hash('password-1')) as PasswordHash;
    const damaged = damage === null ? null : ({ ...stored, ...damage } as PasswordHash);
    for (const tried of ['password-1', '', 'undefined', 'null']) expect(await passwords.fits(tried, damaged)).toBe(false);
  });

  test('[PW2] trying a password where there is none takes a place like any other', async () => {
    const passwords = scryptPasswords({ ...quick, atOnce: 1, waiting: 0 });
    expect(await Promise.all([passwords.fits('password-1', null), passwords.fits('password-1', null)])).toEqual([false, 'busy']);
  });

  test('[PW6] a bounded number waits, the others are told so at once', async () => {
    const passwords = scryptPasswords({ ...quick, atOnce: 2, waiting: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => passwords.hash('password-1')));
    expect(answers.filter((answer) => answer === 'busy').length).toBe(3);
    // Places are given back.
    expect(await passwords.hash('password-1')).not.toBe('busy');
  });
});
