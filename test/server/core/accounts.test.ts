import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRIES_WINDOW_MS, WrongTries } from '../../../server/core/account-tries.ts';
import { loginKey, parseLogin, passwordProblem } from '../../../shared/access/credentials.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('a name to sign in with', () => {
  test.each(['沈知衡', 'shen.zhiheng', 'SHEN_zh-2', 'li@example.cn', '阿依古丽·买买提', 'é', '7'])('[PW1] %s is one', (name) => {
    expect(parseLogin(` ${name}　`)).toBe(name.normalize('NFC'));
  });

  test.each(['', ' ', 'a b', 'a\nb', 'a\u200bb', '沈\u3000知衡', '\ud800', '.a', 'a/b', 'a'.repeat(65), '\u202eabc'])(
    '[PW1] %j is none',
    (name) => {
      expect(parseLogin(name)).toBeNull();
    },
  );

  test('[PW1] letter case, the width of an input method’s letters and the way of writing an accent tell no two names apart', () => {
    expect(loginKey('Shen')).toBe(loginKey('sHEN'));
    expect(loginKey('ｓｈｅｎ')).toBe(loginKey('shen'));
    expect(loginKey('e\u0301mile')).toBe(loginKey('Émile'));
    expect(loginKey('straße')).toBe(loginKey('STRASSE'));
    expect(loginKey('沈知衡')).not.toBe(loginKey('沈知行'));
  });

  test('[PW1] a key is its own key, for every name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => parseLogin(text) === null || loginKey(loginKey(text)) === loginKey(text)),
    );
  });
});

describe('a password', () => {
  test.each([
    ['1234567', 'too-short'],
    ['红头文件红头文', 'too-short'],
    ['12345678', null],
    ['红头文件红头文件', null],
    ['𠮷'.repeat(8), null],
    ['𠮷'.repeat(256), null],
    ['x'.repeat(257), 'too-long'],
    ['  spaces count  ', null],
    ['12345678\n', 'unreadable'],
    ['12345678\ud800', 'unreadable'],
  ])('[PW5] %j is judged by its characters', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem);
  });
});

describe('wrong tries', () => {
  const name = { key: 'n a', most: 10 };
  const address = { key: 'a 1', most: 50 };

  test('[PW4] ten, then none until the first is fifteen minutes old', () => {
    const clock = new FakeClock();
    const tries = new WrongTries(clock);
    const start = clock.now();
    for (let count = 0; count < 10; count += 1) {
      expect(tries.begin([name, address])).toBeNull();
      clock.advance(1_000);
    }
    expect(tries.begin([name, address])).toBe(start + TRIES_WINDOW_MS);
    // A refused try does not count: the wait does not grow by knocking.
    clock.advance(TRIES_WINDOW_MS - 10_001);
    expect(tries.begin([name, address])).toBe(start + TRIES_WINDOW_MS);
    clock.advance(1);
    expect(tries.begin([name, address])).toBeNull();
    expect(tries.begin([name, address])).not.toBeNull();
  });

  test('[PW4] one address may try fifty names wrongly, and then none', () => {
    const tries = new WrongTries(new FakeClock());
    for (let count = 0; count < 50; count += 1) expect(tries.begin([{ key: `n ${count}`, most: 10 }, address])).toBeNull();
    expect(tries.begin([{ key: 'n 50', most: 10 }, address])).not.toBeNull();
    expect(
      tries.begin([
        { key: 'n 50', most: 10 },
        { key: 'a 2', most: 50 },
      ]),
    ).toBeNull();
  });

  test('[PW4] a right try is taken back', () => {
    const tries = new WrongTries(new FakeClock());
    for (let count = 0; count < 30; count += 1) {
      expect(tries.begin([name])).toBeNull();
      tries.takeBack([name]);
    }
  });

  test('[PW4] names that nobody has fill no memory', () => {
    const tries = new WrongTries(new FakeClock());
    for (let count = 0; count < 25_000; count += 1) tries.begin([{ key: `n ${count}`, most: 10 }]);
    expect(tries.size).toBeLessThanOrEqual(20_000);
  });
});
