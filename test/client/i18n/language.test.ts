import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { sayMoment, saySize } from '../../../client/i18n/moments.ts';
import { chooseLanguage, figure, startLanguage } from '../../../client/i18n/start.ts';

describe('language', () => {
  test('[UI4] any Chinese browser gets Chinese, others English, a choice wins over both', () => {
    expect(chooseLanguage(null, ['zh-TW', 'en'])).toBe('zh-CN');
    expect(chooseLanguage(null, ['zh'])).toBe('zh-CN');
    expect(chooseLanguage(null, ['de-DE', 'zh-CN'])).toBe('en');
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('klingon', ['zh-CN'])).toBe('zh-CN');
    expect(chooseLanguage(null, [])).toBe('zh-CN');
  });

  test('[UI4] both languages speak, count and change over', async () => {
    await startLanguage('zh-CN');
    expect(i18next.t('save.saved', { seq: 1204 })).toBe('已保存 · 第 1\u202f204 笔');
    expect(i18next.t('bars.offline', { count: 3 })).toBe('离线，3 笔未保存。');
    await startLanguage('en');
    expect(i18next.t('bars.offline', { count: 1 })).toBe('Offline, 1 entry unsaved.');
    expect(i18next.t('bars.offline', { count: 2 })).toBe('Offline, 2 entries unsaved.');
    await startLanguage('zh-CN');
    expect(i18next.t('report.members', { count: 6 })).toBe('成员 6');
  });

  test('names with signs of markup come through as they are', async () => {
    await startLanguage('zh-CN');
    expect(i18next.t('me.menu', { name: '<b>{{x}}</b>' })).toContain('<b>');
  });

  test('digits are set apart in threes', () => {
    expect([figure(0), figure(999), figure(1_000), figure(1_234_567)]).toEqual(['0', '999', '1\u202f000', '1\u202f234\u202f567']);
  });
});

describe('moments and sizes', () => {
  const now = new Date(2026, 0, 13, 11, 0).getTime();
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

  test('today, yesterday, this year and other years are said as people do', () => {
    expect(sayMoment(at(2026, 0, 13, 9, 5), now, 'zh-CN')).toBe('今天 09:05');
    expect(sayMoment(at(2026, 0, 12, 23, 59), now, 'zh-CN')).toBe('昨天 23:59');
    expect(sayMoment(at(2026, 0, 4, 9, 15), now, 'zh-CN')).toBe('1月4日 09:15');
    expect(sayMoment(at(2025, 11, 31, 0, 0), now, 'zh-CN')).toBe('2025年12月31日 00:00');
    expect(sayMoment(at(2026, 0, 13, 9, 5), now, 'en')).toBe('Today 09:05');
    expect(sayMoment(at(2026, 0, 4, 9, 15), now, 'en')).toBe('4 Jan 09:15');
  });

  test('sizes in B, KB and MB', () => {
    expect([saySize(0, 'en'), saySize(12_186, 'en'), saySize(10 * 1024 * 1024, 'en')]).toEqual(['0 B', '11.9 KB', '10 MB']);
  });
});
