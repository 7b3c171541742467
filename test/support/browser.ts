import { existsSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';

/** Where Debian, Ubuntu and Google's own package put the browser. */
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/**
 * The Chromium that end-to-end tests drive: the file named by `GONGBI_CHROMIUM`, else the first of the usual places.
 * @throws when none exists, saying how to name one.
 */
export function findChromium(): string {
  const named = process.env['GONGBI_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const found = usualPlaces.find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error(`No Chromium in ${usualPlaces.join(', ')}. Install one, or name it in GONGBI_CHROMIUM.`);
  }
  return found;
}

/** Starts one headless Chromium that talks to nobody but the pages under test. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      // Two contexts share one process: neither may be slowed down because the other lies in front of it.
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--font-render-hinting=none',
    ],
  });
}

/** The letters of 公文 as a pinyin input method shows them one key after another. */
export const pinyinOfGongwen = ['g', 'go', 'gong', "gong'w", "gong'wen"] as const;

/**
 * An input method driven through the DevTools protocol. Like a real one it announces each key as keyCode 229 ("Process")
 * before the composition changes.
 */
export type InputMethod = {
  /** Shows `letters` as the unfinished composition, caret at their end. The first call starts the composition. */
  readonly show: (letters: string) => Promise<void>;
  /** Ends the composition with `text`. */
  readonly commit: (text: string) => Promise<void>;
  /** Ends the composition with nothing. */
  readonly cancel: () => Promise<void>;
  /** A key pressed while composing: the page hears of it, as keyCode 229, but it is the input method's. */
  readonly key: (name: string, modifiers: readonly ('Alt' | 'Control' | 'Shift')[]) => Promise<void>;
};

export async function inputMethod(page: Page): Promise<InputMethod> {
  const cdp = await page.context().newCDPSession(page);
  return {
    show: async (letters) => {
      await processKey(cdp);
      await cdp.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length });
    },
    commit: async (text) => {
      await processKey(cdp);
      await cdp.send('Input.insertText', { text });
    },
    cancel: async () => {
      await processKey(cdp);
      await cdp.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    },
    key: async (name, modifiers) => {
      const bits = { Alt: 1, Control: 2, Shift: 8 };
      await processKey(cdp, { key: name, modifiers: modifiers.reduce((sum, modifier) => sum + bits[modifier], 0) });
    },
  };
}

async function processKey(cdp: CDPSession, given: { key?: string; modifiers?: number } = {}): Promise<void> {
  const key = { key: 'Process', code: 'KeyG', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229, ...given };
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}
