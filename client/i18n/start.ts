import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** A language names itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '中文', en: 'English' };

const STORED = 'gongbi.language';

const LOAD: Record<Language, () => Promise<object>> = {
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
  en: async () => (await import('./en.ts')).en,
};

/** The person's choice, else the browser's: any Chinese is zh-CN, everything else English. */
export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  const chosen = LANGUAGES.find((language) => language === stored);
  if (chosen !== undefined) return chosen;
  const first = preferred[0]?.toLowerCase();
  return first === undefined || first.startsWith('zh') ? 'zh-CN' : 'en';
}

export function languageNow(): Language {
  return LANGUAGES.find((language) => language === i18next.language) ?? 'zh-CN';
}

const THREES = new Intl.NumberFormat('en-US');

/** Digits in threes, set apart by a narrow space: 1 204. */
export function figure(value: number): string {
  return THREES.format(value).replaceAll(',', '\u202f');
}

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'ui')) i18next.addResourceBundle(language, 'ui', await LOAD[language]());
}

/** Loads one language and gets ready to speak it; call before the first render. */
export async function startLanguage(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      defaultNS: 'ui',
      ns: ['ui'],
      resources: {},
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
    i18next.services.formatter?.add('figure', (value: unknown) => figure(Number(value)));
  }
  await load(language);
  await i18next.changeLanguage(language);
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}

/** Changes the language now and remembers it for this browser. */
export async function switchLanguage(language: Language): Promise<void> {
  store(language);
  await startLanguage(language);
}

export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    // a browser may forbid storage: then the choice lasts for this page only
    return null;
  }
}

function store(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // as above
  }
}
