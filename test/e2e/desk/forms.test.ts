import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { zhCN } from '../../../client/i18n/zh-CN.ts';
import type { InvitationMade, PersonLink } from '../../../shared/api/accounts.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { writeFigures } from '../../support/figures.ts';
import type { Person } from '../../support/test-server.ts';
import { complaintOf, field } from '../page/fields.ts';
import { type House, openHouse, shot } from '../page/house.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, PATIENCE);

type Words = typeof zhCN;
const LANGUAGES = [
  ['zh-CN', zhCN],
  // English has the same keys and more: the forms of its numbers
  ['en-US', en as unknown as Words],
] as const;

let house: House;
let admin: Person;
/** No administrator of the house. */
let owner: Person;
let known: Person;
let report: ReportId;
const PASSWORD = 'correct horse';
/** No line: it holds the line separator, which no key types and a paste may bring. */
const TWO_LINES = '上半句\u2028下半句';

beforeAll(async () => {
  house = await openHouse();
  admin = await house.server.person('沈知微', true);
  owner = await house.server.person('陆闻远');
  known = await house.server.person('贺清漪');
  for (const [person, login] of [
    [owner, 'lu'],
    [known, 'he'],
  ] as const) {
    expect((await house.server.request(person, 'POST', '/api/account/password', { login, password: PASSWORD })).status).toBe(200);
  }
  report = await house.sample([
    [owner, 'owner'],
    [admin, 'owner'],
  ]);
}, 180_000);
afterAll(async () => {
  await house?.close();
  expect(house.server.troubles).toEqual([]);
  writeFigures('desk-forms', { forms: FORMS.length, languages: LANGUAGES.length, faultsAnswered: answered });
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const workspace = (page: Page) => page.locator('.tiptap').first().waitFor();

/** One thing wrong, what is done to get there, and what is then said beside which field. */
interface Fault {
  readonly make: (page: Page, words: Words) => Promise<void>;
  readonly at: (words: Words) => string;
  readonly said: (words: Words) => string;
}
interface Form {
  readonly name: string;
  /** Left out: it stands on the page of the form before it. */
  readonly on?: { readonly who: () => Person | null; readonly path: () => string | Promise<string> };
  /** Brings the form up. */
  readonly open?: (page: Page, words: Words) => Promise<void>;
  readonly faults: readonly Fault[];
  /** Puts right what stands there, or puts it away. */
  readonly mend?: (page: Page, words: Words) => Promise<void>;
}

async function linkOf(path: string, body: unknown): Promise<string> {
  const answer = await house.server.request(admin, 'POST', path, body);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as InvitationMade | PersonLink).link;
}

/** Of a new account, in whichever form it is asked for; `act` sends it. */
function accountFaults(act: (words: Words) => string, asksName: boolean): Fault[] {
  const send = async (page: Page, words: Words) => press(page, act(words));
  const name: Fault = { make: send, at: (w) => w.signIn.setupName, said: (w) => w.signIn.nameMissing };
  return [
    ...(asksName ? [name] : []),
    { make: send, at: (w) => w.account.newPassword, said: (w) => w.errors['bad-password'] },
    {
      async make(page, words) {
        await field(page, words.account.login).fill('a b');
        await send(page, words);
      },
      at: (w) => w.account.login,
      said: (w) => w.errors['bad-login'],
    },
    {
      async make(page, words) {
        if (asksName) await field(page, words.signIn.setupName).fill('新人');
        await field(page, words.account.login).fill('ＨＥ');
        await field(page, words.account.newPassword).fill(PASSWORD);
        await send(page, words);
      },
      at: (w) => w.account.login,
      said: (w) => w.errors['login-taken'],
    },
  ];
}

/** Of a person's name, in a field called `at` and sent by Enter. */
function nameFaults(at: (words: Words) => string): Fault[] {
  const enter = (name: string) => async (page: Page, words: Words) => {
    await field(page, at(words)).fill(name);
    await page.keyboard.press('Enter');
  };
  return [
    { make: enter(' '), at, said: (w) => w.signIn.nameMissing },
    { make: enter(TWO_LINES), at, said: (w) => w.errors['bad-name'] },
  ];
}

const FORMS: readonly Form[] = [
  {
    name: 'sign-in',
    on: { who: () => null, path: () => '/' },
    faults: [
      { make: (page, w) => press(page, w.signIn.act), at: (w) => w.account.login, said: (w) => w.signIn.loginMissing },
      { make: async () => {}, at: (w) => w.account.password, said: (w) => w.signIn.passwordMissing },
      {
        async make(page, words) {
          await field(page, words.account.login).fill('nobody');
          await field(page, words.account.password).fill('nothing');
          await page.keyboard.press('Enter');
        },
        at: (w) => w.account.password,
        said: (w) => w.errors['wrong-password'],
      },
    ],
  },
  {
    // The name that is taken is asked of the other forms: a house being set up has nobody in it.
    name: 'set-up',
    on: { who: () => null, path: () => `/setup/${'0'.repeat(40)}` },
    faults: accountFaults((w) => w.signIn.setupAct, true).slice(0, -1),
  },
  {
    name: 'invitation',
    on: { who: () => null, path: () => linkOf(`/api/reports/${report}/invitations`, { role: 'reader', days: 1, note: '' }) },
    faults: accountFaults((w) => w.invitation.register, true),
  },
  {
    name: 'first password',
    on: { who: () => null, path: () => linkOf('/api/people', { name: '新同事', admin: false }) },
    open: (page, words) => press(page, words.signIn.joinAct),
    faults: accountFaults((w) => w.signIn.firstAct, false),
  },
  {
    name: 'name',
    on: { who: () => owner, path: () => '/account' },
    faults: nameFaults((w) => w.signIn.setupName),
  },
  {
    name: 'password',
    faults: [
      { make: (page, w) => press(page, w.account.changePassword), at: (w) => w.account.oldPassword, said: (w) => w.account.oldMissing },
      { make: async () => {}, at: (w) => w.account.newPassword, said: (w) => w.errors['bad-password'] },
      {
        async make(page, words) {
          await field(page, words.account.oldPassword).fill('wrong horse');
          await field(page, words.account.newPassword).fill(PASSWORD);
          await page.keyboard.press('Enter');
        },
        at: (w) => w.account.oldPassword,
        said: (w) => w.account.oldWrong,
      },
      {
        async make(page, words) {
          await field(page, words.account.oldPassword).fill(PASSWORD);
          await field(page, words.account.login).fill('he');
          await page.keyboard.press('Enter');
        },
        at: (w) => w.account.login,
        said: (w) => w.errors['login-taken'],
      },
    ],
  },
  {
    name: 'people',
    on: { who: () => admin, path: () => '/people' },
    faults: nameFaults((w) => w.signIn.setupName),
  },
  {
    name: 'chapter name',
    on: { who: () => owner, path: () => `/r/${report}` },
    open: workspace,
    faults: [
      {
        async make(page, words) {
          await page.locator('.oline-go').nth(1).focus();
          await page.keyboard.press('F2');
          await field(page, words.outline.renameField).fill('长'.repeat(201));
          await page.keyboard.press('Enter');
        },
        at: (w) => w.outline.renameField,
        said: (w) => w.errors['outline-bad-text'],
      },
    ],
    mend: async (page, words) => {
      await field(page, words.outline.renameField).fill('短的标题');
      await page.keyboard.press('Enter');
      await eventually(() => page.locator('.oline-name').nth(1).textContent()).toContain('短的标题');
    },
  },
  {
    name: 'report title',
    faults: [
      {
        async make(page) {
          await page.locator('.top-name .oneline').click();
          await page.keyboard.press('Control+a');
          await page.keyboard.insertText('长'.repeat(201));
          await page.keyboard.press('Enter');
        },
        at: () => '.top-name .oneline',
        said: (w) => w.errors['outline-bad-text'],
      },
    ],
    mend: (page, words) => press(page, words.heading.useTheirs),
  },
  {
    name: 'members',
    open: (page) => page.locator('.members-button').click(),
    faults: [
      {
        async make(page, words) {
          await field(page, words.members.addName).focus();
          await page.keyboard.press('Enter');
        },
        at: (w) => w.members.addName,
        said: (w) => w.members.nameMissing,
      },
      {
        async make(page, words) {
          await field(page, words.members.addName).fill('查无此人');
          await page.keyboard.press('Enter');
        },
        at: (w) => w.members.addName,
        said: (w) => w.members.nobodyFound,
      },
      {
        async make(page, words) {
          await field(page, words.members.inviteFor).fill(TWO_LINES);
          await page.keyboard.press('Enter');
        },
        at: (w) => w.members.inviteFor,
        said: (w) => w.members.inviteForBad,
      },
    ],
    mend: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'particulars',
    open: (page) => page.locator('.particulars-button').click(),
    faults: [
      {
        async make(page, words) {
          await field(page, words.particulars.fields.copies).fill('甲局\n甲局');
          await field(page, words.particulars.fields.date).fill('2026-05-09');
          await field(page, words.particulars.fields.printDate).fill('2026-05-01');
          await press(page, words.particulars.save);
        },
        at: (w) => w.particulars.fields.copies,
        said: (w) => w.particulars.faults.repeated,
      },
      { make: async () => {}, at: (w) => w.particulars.fields.printDate, said: (w) => w.particulars.faults['print-before-date'] },
    ],
  },
  {
    name: 'new report',
    on: { who: () => admin, path: () => '/' },
    open: (page, words) => press(page, words.home.create),
    faults: [
      { make: (page, w) => press(page, w.home.createAct), at: (w) => w.home.createLabel, said: (w) => w.home.titleMissing },
      {
        async make(page, words) {
          await field(page, words.home.createLabel).fill(TWO_LINES);
          await press(page, words.home.createAct);
        },
        at: (w) => w.home.createLabel,
        said: (w) => w.errors['outline-bad-text'],
      },
    ],
    mend: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'search',
    faults: [
      {
        async make(page, words) {
          await field(page, words.search.label).fill('管');
          await page.keyboard.press('Enter');
        },
        at: (w) => w.search.label,
        said: (w) => w.search['too-short'],
      },
      {
        async make(page, words) {
          await field(page, words.search.label).fill('管'.repeat(65));
          await page.keyboard.press('Enter');
        },
        at: (w) => w.search.label,
        said: (w) => w.search['too-long'],
      },
    ],
  },
];
/** Forms that stand on one page, which is loaded once for all of them. */
const PAGES: Form[][] = [];
for (const form of FORMS) {
  if (form.on === undefined) PAGES.at(-1)?.push(form);
  else PAGES.push([form]);
}
let answered = 0;

/** Bytes, or how many of them; and what is said. */
const FILES: readonly (readonly [string, number[] | number, (words: Words) => string])[] = [
  ['empty', [32, 32, 10, 10], (w) => w.errors.empty],
  ['binary', [0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 2, 0, 0], (w) => w.errors.binary],
  ['undecodable', [0xb9, 0xab, 0xff, 0xff, 0xff, 0x80, 0x81, 0x20, 0xff], (w) => w.errors.undecodable],
  ['too-big', 10 * 1024 * 1024 + 1, (w) => w.errors['too-big']],
];

describe.each(LANGUAGES)('%s', (language, words) => {
  test.each(PAGES.map((forms) => [forms.map(({ name }) => name).join(', '), forms] as const))(
    '[UI9] %s: what cannot stand is answered beside its field',
    async (names, forms) => {
      const on = forms[0]?.on;
      if (on === undefined) throw new Error(`${names} stand on no page`);
      const page = await house.window(on.who(), { language });
      page.on('pageerror', (error) => expect.fail(`${names}: ${error.stack}`));
      await page.goto(await on.path());
      for (const { name, open, faults, mend } of forms) {
        await open?.(page, words);
        for (const { make, at, said } of faults) {
          await make(page, words);
          const place = at(words);
          const input = place.startsWith('.') ? page.locator(place) : place;
          expect(await complaintOf(page, input)).toContain(said(words));
          answered += 1;
        }
        await shot(page, `form-${name.replace(' ', '-')}-${language}`);
        await mend?.(page, words);
      }
      await page.context().close();
    },
  );

  test('[UI9] a file that cannot be read is answered, and nothing is created', async () => {
    const page = await house.window(admin, { language });
    await page.goto('/import');
    const act = page.getByRole('button', { name: words.import.pasteAct });
    await act.focus();
    // Nothing pasted: the button stays in reach and says why it does nothing.
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('tooltip').filter({ hasText: words.import.pasteEmpty }).waitFor({ state: 'attached' });
    for (const [name, bytes, said] of FILES) {
      await page.locator('input[type=file]').evaluate((input: HTMLInputElement, content) => {
        const dropped = new DataTransfer();
        dropped.items.add(new File([new Uint8Array(content as number[])], '初稿.txt', { type: 'text/plain' }));
        input.files = dropped.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }, bytes);
      const alert = page.getByRole('alert').filter({ hasText: '初稿.txt' });
      await alert.waitFor();
      expect(await alert.textContent()).toContain(said(words));
      expect(await alert.textContent()).toContain(words.import.failedNothing);
      await shot(page, `form-import-${name}-${language}`);
      await page.getByRole('button', { name: words.import.backToChoose }).click();
      await page.locator('textarea').waitFor();
      answered += 1;
    }
    await page.context().close();
  });

  test('[UI9] finding what is not there, and replacing a word by itself, are answered', async () => {
    const page = await house.window(owner, { language });
    await page.goto(`/r/${report}`);
    await workspace(page);
    await page.keyboard.press('Control+h');
    const look = page.getByLabel(words.find.look, { exact: true });
    await look.fill('绝无此词');
    await eventually(() => page.locator('.find-status').textContent()).toBe(words.find.none);
    const act = page.getByRole('button', { name: words.find.preview });
    await act.focus();
    await page.getByRole('tooltip').filter({ hasText: words.find.none }).waitFor({ state: 'attached' });
    await look.fill('工作');
    await page.getByLabel(words.find.replacement, { exact: true }).fill('工作');
    await eventually(() => page.locator('.find-status').textContent()).not.toBe(words.find.none);
    await act.focus();
    await page.getByRole('tooltip').filter({ hasText: words.find.same }).waitFor({ state: 'attached' });
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await shot(page, `form-replace-${language}`);
    answered += 2;
    await page.context().close();
  });
});
