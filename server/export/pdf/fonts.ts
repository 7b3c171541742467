import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type FontUse, OFFICIAL_FONTS } from '../../../shared/document/layout.ts';
import { fontOfWoff } from './woff.ts';

/** What every list ends with: characters that the font before does not have (rare Han, emoji). */
const LAST = ['Noto Serif SC', 'LXGW WenKai Medium', 'LXGW WenKai', 'Noto Emoji'];

/** Names under which a font may be installed, the official one first, then its namesakes of other systems, then the free one that we ship. */
export const FONT_NAMES: Readonly<Record<FontUse, readonly string[]>> = {
  title: [OFFICIAL_FONTS.title, 'FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05', '小标宋', ...LAST],
  body: [OFFICIAL_FONTS.body, 'FangSong_GB2312', '仿宋', 'FangSong', 'STFangsong', 'FandolFang R', ...LAST],
  part: [OFFICIAL_FONTS.part, 'SimHei', 'STHeiti', 'Noto Sans SC', ...LAST],
  chapter: [OFFICIAL_FONTS.chapter, 'KaiTi_GB2312', '楷体', 'KaiTi', 'STKaiti', 'FandolKai', 'LXGW WenKai Medium', 'LXGW WenKai', ...LAST],
  number: [OFFICIAL_FONTS.number, 'SimSun', 'STSong', ...LAST],
};

/** Free fonts that come as packages; a house that left optional packages out has none, and its machine's fonts are used. */
const PACKAGED = [
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];
const PACKAGED_WOFF = ['@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff'];

export interface FontSources {
  readonly fontPaths: string[];
  readonly fontBlobs: Buffer[];
}

/** @param folder the operator's own fonts; null = none */
export function fontSources(folder: string | null): FontSources {
  const require = createRequire(import.meta.url);
  const fileOf = (path: string): string | null => {
    const [scope = '', name = '', ...rest] = path.split('/');
    try {
      const file = join(dirname(require.resolve(`${scope}/${name}/package.json`)), ...rest);
      return existsSync(file) ? file : null;
    } catch {
      return null;
    }
  };
  const found = (paths: readonly string[]) => paths.map(fileOf).filter((file) => file !== null);
  const own = folder !== null && existsSync(folder) ? [folder] : [];
  return {
    fontPaths: [...own, ...found(PACKAGED).map((file) => dirname(file))],
    fontBlobs: found(PACKAGED_WOFF).map((file) => fontOfWoff(readFileSync(file))),
  };
}

/** @param missing families that are not there, in lower case as Typst tells them */
export function usedFonts(missing: ReadonlySet<string>): Readonly<Record<FontUse, string | null>> {
  const first = (use: FontUse) => FONT_NAMES[use].find((name) => !missing.has(name.toLowerCase())) ?? null;
  return { title: first('title'), body: first('body'), part: first('part'), chapter: first('chapter'), number: first('number') };
}
