import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../support/test-server.ts';
import { axeComplaints } from '../page/axe.ts';
import { complaintOf, field } from '../page/fields.ts';
import { type House, openHouse, shot } from '../page/house.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

let house: House;
let admin: Person;
let owner: Person;

beforeAll(async () => {
  house = await openHouse();
  admin = await house.server.person('沈知微', true);
  owner = await house.server.person('陆闻远');
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
});

const pages: Page[] = [];
// What is closed costs the next test nothing.
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
});

/** A picture for whoever wants to look; nothing runs out of the window; and what axe says. */
async function look(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await axeComplaints(page)).toEqual([]);
}

/** A window in which anything that breaks fails the test. */
async function open(person: Person | null, path: string, options: Parameters<House['window']>[1] = {}): Promise<Page> {
  const page = await house.window(person, options);
  pages.push(page);
  page.on('pageerror', (error) => expect.fail(String(error.stack)));
  await page.goto(path);
  return page;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, exact: true, level: 1 });
/** Signed in as, and home. */
async function atHome(page: Page, name: string): Promise<void> {
  await page.locator('header .av').and(page.getByTitle(name)).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
}
const autocompletes = (page: Page): Promise<(string | null)[]> =>
  page.locator('main input').evaluateAll((inputs) => inputs.map((input) => input.getAttribute('autocomplete')));

async function choosePassword(person: Person, login: string, password: string): Promise<void> {
  expect((await house.server.request(person, 'POST', '/api/account/password', { login, password })).status).toBe(200);
}

describe('a new house', () => {
  test('[SI3] its first owner writes a name and chooses how to sign in; a second browser signs in so', async () => {
    const fresh = await house.beside();
    const link = await fresh.server.app.accounts.createLink(null);
    const page = await fresh.window(null);
    await page.goto(`/setup/${link}`);
    await heading(page, /^第一次使用/).waitFor();
    expect(await autocompletes(page)).toEqual(['name', 'username', 'new-password']);
    await button(page, '开始使用').click();
    expect(await complaintOf(page, '姓名')).toBe('请写姓名。');
    expect(await complaintOf(page, '新密码')).toBe('密码要 8 到 256 个字符。');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))).toBe('name');
    await look(page, 'setup-zh-CN');
    await field(page, '姓名').fill('沈 知微');
    // The name to sign in with follows the name, without its space.
    expect(await field(page, '登录名').inputValue()).toBe('沈知微');
    await field(page, '新密码').fill('一句很长的密码');
    expect(await field(page, '新密码').getAttribute('type')).toBe('password');
    await button(page, '显示密码').click();
    expect(await field(page, '新密码').getAttribute('type')).toBe('text');
    await field(page, '新密码').fill('一句更长的密码。');
    await page.keyboard.press('Enter');
    await atHome(page, '沈 知微');

    const again = await fresh.window(null);
    await again.goto('/');
    await field(again, '登录名').fill('沈知微');
    await field(again, '密码').fill('一句更长的密码。');
    await again.keyboard.press('Enter');
    await atHome(again, '沈 知微');
    await fresh.close();
  }, 60_000);
});

describe.each([
  [
    'zh-CN',
    {
      name: '登录名',
      password: '密码',
      act: '登录',
      missing: '请写登录名。',
      wrong: '登录名或密码不对。',
      many: /试得太多了，请过 \d+ 分钟再试。/,
    },
  ],
  [
    'en-US',
    {
      name: 'Sign-in name',
      password: 'Password',
      act: 'Sign in',
      missing: 'Please write your sign-in name.',
      wrong: 'Name or password is not right.',
      many: /Too many tries\. Try again in \d+ minutes\./,
    },
  ],
] as const)('signing in, %s', (language, words) => {
  test('[PW2] what is wrong is said beside its field; the address asked for is shown afterwards', async () => {
    const report = await house.sample([[owner, 'owner']]);
    const login = `lu-${language}`;
    const person = await house.server.person('陆某');
    await choosePassword(person, login, 'correct horse');
    await house.server.request(owner, 'POST', `/api/reports/${report}/members`, { member: person.account.id, role: 'reader' });
    const page = await open(null, `/r/${report}`, { language });
    await field(page, words.name).waitFor();
    expect(await autocompletes(page)).toEqual(['username', 'current-password']);
    await page.keyboard.press('Enter');
    expect(await complaintOf(page, words.name)).toBe(words.missing);
    await field(page, words.name).fill(login);
    await field(page, words.password).fill('wrong horse');
    await page.keyboard.press('Enter');
    expect(await complaintOf(page, words.password)).toBe(words.wrong);
    await look(page, `sign-in-${language}`);
    await field(page, words.password).fill('correct horse');
    await page.keyboard.press('Enter');
    await page.locator('.chapter-body').first().waitFor();
    expect(page.url()).toContain(`/r/${report}`);
  }, 60_000);

  test('[PW4] too many tries say for how long', async () => {
    const login = `many-${language}`;
    for (let count = 0; count < 10; count += 1) await house.server.request(null, 'POST', '/api/session', { login, password: 'wrong' });
    const page = await open(null, '/', { language });
    await field(page, words.name).fill(login);
    await field(page, words.password).fill('anything at all');
    await page.getByRole('button', { name: words.act, exact: true }).click();
    await page.getByRole('alert').filter({ hasText: words.many }).waitFor();
  }, 60_000);
});

describe('invitations', () => {
  test('[IV3] an administrator’s link makes somebody new a member with an account; the list shows it until then', async () => {
    const report = await house.sample([[admin, 'owner']]);
    const page = await open(admin, `/r/${report}`);
    await button(page, /^成员/).click();
    await field(page, '给谁（可不填）').fill('财务处');
    await page.getByLabel('加入后的角色').selectOption('commenter');
    await button(page, '生成邀请链接').click();
    const link = await field(page, '邀请链接，只能用一次').inputValue();
    await page.getByText('财务处').waitFor();
    await look(page, 'members-invitation-zh-CN');

    const guest = await open(null, link);
    await heading(guest, '沈知微邀请您一起写报告').waitFor();
    await guest.locator('.offer').filter({ hasText: '批注' }).waitFor();
    expect(await autocompletes(guest)).toEqual(['name', 'username', 'new-password']);
    await look(guest, 'invitation-new-zh-CN');
    await field(guest, '姓名').fill('贺清漪');
    await field(guest, '登录名').fill('a b');
    await field(guest, '新密码').fill('红头文件红头文件');
    await button(guest, '建立账号并加入').click();
    expect(await complaintOf(guest, '登录名')).toContain('不能有空格');
    await field(guest, '登录名').fill('清漪');
    await button(guest, '建立账号并加入').click();
    await guest.locator('.chapter-body').first().waitFor();
    expect(guest.url()).toContain(`/r/${report}`);
    // The list of open ones and the list of members follow.
    await eventually(() => page.getByText('财务处').count()).toBe(0);
    await page.locator('.member').filter({ hasText: '贺清漪' }).waitFor();

    const late = await open(null, link, { language: 'en-US' });
    await heading(late, 'This link has been used').waitFor();
    await look(late, 'invitation-used-en-US');
  }, 60_000);

  test('[IV4] somebody signed in joins by one press; one who belongs is led to the report; a revoked link says so', async () => {
    const report = await house.sample([[owner, 'owner']]);
    const page = await open(owner, `/r/${report}`, { language: 'en-US' });
    await button(page, /^Members/).click();
    await button(page, 'Make a link').click();
    const first = await field(page, 'Invitation link, works once').inputValue();
    await page.getByText('For nobody in particular').waitFor();
    await look(page, 'members-invitation-en-US');
    const guest = await open(await house.server.person('周允中'), first, { language: 'en-US' });
    await heading(guest, /^陆闻远 invites you/).waitFor();
    await look(guest, 'invitation-known-en-US');
    await button(guest, 'Join as 周允中').click();
    await guest.locator('.chapter-body').first().waitFor();

    await button(page, 'Make a link').click();
    await eventually(() => field(page, 'Invitation link, works once').inputValue()).not.toBe(first);
    const second = await field(page, 'Invitation link, works once').inputValue();
    await guest.goto(second);
    await guest.getByText('You belong to this report already').waitFor();
    await button(page, /^Revoke the invitation/).click();
    await eventually(() => page.locator('.open-invitations li').count()).toBe(0);
    await guest.reload();
    await heading(guest, 'This link is not right').waitFor();

    // Without an account: this owner is no administrator.
    await button(page, 'Make a link').click();
    await eventually(() => field(page, 'Invitation link, works once').inputValue()).not.toBe(second);
    const stranger = await open(null, await field(page, 'Invitation link, works once').inputValue());
    await stranger.getByText('这个邀请给已有账号的人').waitFor();
    expect(await button(stranger, '我还没有账号').count()).toBe(0);
  }, 60_000);

  test('[PE5] people of the house are found by name and added', async () => {
    const report = await house.sample([[owner, 'owner']]);
    await house.server.person('欧阳明远');
    const page = await open(owner, `/r/${report}`);
    await button(page, /^成员/).click();
    await field(page, '姓名').fill('欧阳');
    await button(page, '加欧阳明远为编辑').click();
    await page.locator('.member').filter({ hasText: '欧阳明远' }).waitFor();
    await field(page, '姓名').fill('查无此人');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '公笔里没有找到这个人' }).waitFor();
    await look(page, 'members-find-zh-CN');
  }, 60_000);
});

describe('one’s own account', () => {
  test.each([
    [
      'zh-CN',
      { old: '现在的密码', fresh: '新密码', act: '改密码', wrong: '现在的密码不对。', saved: '密码已保存', missing: '请写现在的密码。' },
    ],
    [
      'en-US',
      {
        old: 'Present password',
        fresh: 'New password',
        act: 'Change the password',
        wrong: 'This is not your present password.',
        saved: 'Password saved',
        missing: 'Please write your present password.',
      },
    ],
  ] as const)(
    '[PW7] the password is changed with the old one, %s',
    async (language, words) => {
      const person = await house.server.person('改密码的人');
      await choosePassword(person, `change-${language}`, 'correct horse');
      const page = await open(person, '/account', { language });
      const fresh = field(page, words.fresh);
      await fresh.fill('short');
      await page.getByRole('button', { name: words.act, exact: true }).click();
      expect(await complaintOf(page, words.old)).toBe(words.missing);
      expect(await complaintOf(page, words.fresh)).toMatch(/8/);
      await field(page, words.old).fill('wrong');
      await fresh.fill('another horse');
      await page.getByRole('button', { name: words.act, exact: true }).click();
      expect(await complaintOf(page, words.old)).toBe(words.wrong);
      await look(page, `account-${language}`);
      await field(page, words.old).fill('correct horse');
      await page.getByRole('button', { name: words.act, exact: true }).click();
      await page.getByText(words.saved).waitFor();
      expect(await fresh.inputValue()).toBe('');
      const answer = await house.server.request(null, 'POST', '/api/session', { login: `change-${language}`, password: 'another horse' });
      expect(answer.status).toBe(200);
    },
    60_000,
  );

  test('[PE3] a new name is seen in an open report by the others', async () => {
    const person = await house.server.person('旧姓名');
    const report = await house.sample([
      [owner, 'owner'],
      [person, 'editor'],
    ]);
    const [theirs, mine] = [await open(owner, `/r/${report}`), await open(person, '/account')];
    await button(theirs, /^成员/).click();
    await theirs.locator('.member').filter({ hasText: '旧姓名' }).waitFor();
    await field(mine, '姓名').fill(' ');
    await button(mine, '保存姓名').click();
    expect(await complaintOf(mine, '姓名')).toBe('请写姓名。');
    await field(mine, '姓名').fill('新姓名');
    await button(mine, '保存姓名').click();
    await mine.getByText('姓名已改为「新姓名」。').waitFor();
    await theirs.locator('.member').filter({ hasText: '新姓名' }).waitFor();
  }, 60_000);

  test('[PE4] language and theme follow to another browser', async () => {
    const person = await house.server.person('两台电脑');
    await choosePassword(person, 'two-computers', 'correct horse');
    const page = await open(person, '/account');
    await field(page, '深色').click();
    await eventually(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await field(page, 'English').click();
    await heading(page, 'Account and settings').waitFor();
    await look(page, 'account-dark-en-US');
    const kept = async (): Promise<unknown> => (await (await house.server.request(person, 'GET', '/api/me')).json()).settings;
    await eventually(kept).toEqual({ language: 'en', theme: 'dark' });

    const other = await open(null, '/');
    await field(other, '登录名').fill('two-computers');
    await field(other, '密码').fill('correct horse');
    await other.keyboard.press('Enter');
    await atHome(other, '两台电脑');
    await eventually(() => other.locator('html').getAttribute('data-theme')).toBe('dark');
    // The menu keeps it too.
    await button(other, /menu$/).click();
    await other.getByRole('menuitemradio', { name: 'Light' }).click();
    await eventually(kept).toEqual({ language: 'en', theme: 'light' });
  }, 60_000);

  test('[SI9] devices are listed and signed out; the page there says so and leads back in', async () => {
    const person = await house.server.person('多台电脑');
    await choosePassword(person, 'many-computers', 'correct horse');
    const report = await house.sample([[person, 'owner']]);
    const there = await open(null, `/r/${report}`);
    await field(there, '登录名').fill('many-computers');
    await field(there, '密码').fill('correct horse');
    await there.keyboard.press('Enter');
    await there.locator('.chapter-body .tiptap').first().waitFor();

    const here = await open(person, '/account', { width: 390, height: 844 });
    const other = here.locator('.device').filter({ hasText: 'Chrome · Linux' });
    await other.waitFor();
    await other.scrollIntoViewIfNeeded();
    await look(here, 'devices-390-zh-CN');
    await other.getByRole('button', { name: '退出' }).click();
    await eventually(() => here.locator('.device').count()).toBe(1);
    await there.getByText('登录已过期，现在只能看。').waitFor();
    await there.getByRole('button', { name: '登录', exact: true }).click();
    await heading(there, '登录公笔').waitFor();
  }, 60_000);
});

describe('people of the house', () => {
  test('[PE1] an administrator adds, makes and withdraws administrators, and cannot withdraw the last', async () => {
    const page = await open(admin, '/');
    await button(page, /的菜单$/).click();
    await page.getByRole('menuitem', { name: '人员' }).click();
    await heading(page, '人员').waitFor();
    await field(page, '姓名').fill('新同事');
    await page.keyboard.press('Enter');
    await page.getByLabel('新同事的登录链接，只能用一次').waitFor();
    const row = (name: string) => page.locator('.person').filter({ hasText: name });
    await button(page, '对沈知微的操作').click();
    expect(await page.getByRole('menuitem', { name: '取消管理员' }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await button(page, '对新同事的操作').click();
    await page.getByRole('menuitem', { name: '设为管理员' }).click();
    await row('新同事').getByText('管理员').waitFor();
    await button(page, '对新同事的操作').click();
    await page.getByRole('menuitem', { name: '取消管理员' }).click();
    await eventually(() => row('新同事').getByText('管理员').count()).toBe(0);
    await page.locator('main').evaluate((main) => main.scrollIntoView());
    await look(page, 'people-zh-CN');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'people-390-zh-CN');
  }, 60_000);

  test('[PE2] suspended: the open page is out within a second; let back and reset: a link leads to a new password', async () => {
    const person = await house.server.person('停用的人');
    await choosePassword(person, 'suspended-one', 'correct horse');
    const report = await house.sample([[person, 'owner']]);
    const theirs = await open(person, `/r/${report}`);
    await theirs.locator('.chapter-body .tiptap').first().waitFor();
    const page = await open(admin, '/people', { language: 'en-US' });
    const row = page.locator('.person').filter({ hasText: '停用的人' });
    await button(page, 'Acts on 停用的人').click();
    await page.getByRole('menuitem', { name: 'Suspend' }).click();
    await row.getByText('is signed out now').waitFor();
    await look(page, 'people-suspend-en-US');
    await row.getByRole('button', { name: 'Suspend' }).click();
    await theirs.getByText('登录已过期，现在只能看。').waitFor();
    await theirs.reload();
    await field(theirs, '登录名').fill('suspended-one');
    await field(theirs, '密码').fill('correct horse');
    await theirs.keyboard.press('Enter');
    await theirs.getByRole('alert').filter({ hasText: '这个账号已停用' }).waitFor();

    await button(page, 'Acts on 停用的人').click();
    await page.getByRole('menuitem', { name: 'Let back' }).click();
    await eventually(() => row.getByText('Suspended', { exact: true }).count()).toBe(0);
    await button(page, 'Acts on 停用的人').click();
    await page.getByRole('menuitem', { name: 'Reset the password' }).click();
    await row.getByRole('button', { name: 'Reset the password' }).click();
    const link = await page.locator('.link-card input').inputValue();
    await theirs.goto(link);
    await button(theirs, '进入公笔').click();
    await heading(theirs, '停用的人，欢迎').waitFor();
    expect(await field(theirs, '登录名').inputValue()).toBe('suspended-one');
    await look(theirs, 'first-password-zh-CN');
    await field(theirs, '新密码').fill('brand new horse');
    await button(theirs, '设好密码').click();
    await atHome(theirs, '停用的人');
  }, 60_000);

  test('[PE1] nobody else sees the page', async () => {
    const page = await open(owner, '/people');
    await heading(page, '没有这一页').waitFor();
  });
});
