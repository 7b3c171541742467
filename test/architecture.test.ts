import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, repository, ruleIdsOf, sourceWithoutComments, trackedFiles } from './support/repository.ts';

/**
 * The house's own rules (design: parts, and who may import whom), read from the files themselves.
 * For each folder, the folders or single files it may import besides itself.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'server/core': ['shared'],
  'server/storage': ['shared', 'server/core'],
  'server/text-engine': ['shared', 'server/core'],
  'server/export': ['shared', 'server/core'],
  // Both doors ask the same three things: whose secret, from where, how often. Only these files are shared between them.
  'server/http': ['shared', 'server/core', 'server/log.ts', 'server/ws/limits.ts'],
  'server/ws': ['shared', 'server/core', 'server/log.ts', 'server/http/credentials.ts', 'server/http/origin.ts'],
  'server/sample': ['shared', 'server/core'],
  server: ['shared', 'server/core', 'server/storage', 'server/text-engine', 'server/export', 'server/http', 'server/ws', 'server/sample'],
  'client/i18n': ['shared', 'client/api'],
  'client/api': ['shared'],
  'client/ui': ['shared', 'client/i18n'],
  'client/styles': [],
  'client/connection': ['shared', 'client/api'],
  'client/editor': ['shared', 'client/api', 'client/connection', 'client/ui', 'client/i18n'],
  'client/features': ['shared', 'client/api', 'client/connection', 'client/ui', 'client/i18n', 'client/editor'],
  'client/app': ['shared', 'client/api', 'client/connection', 'client/ui', 'client/i18n', 'client/features'],
  client: ['client/app', 'client/i18n', 'client/ui', 'client/styles', 'client/features'],
};
/** Packages that the pure parts may use: none of them knows a server, a browser or a clock. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  // ProseMirror's model and transform are values and functions; the view and its DOM are not among them.
  shared: ['yjs', 'lib0', 'y-protocols', '@tiptap/pm/model', '@tiptap/pm/transform'],
  'server/core': ['yjs', 'lib0', 'y-protocols'],
};
/** Time, chance and the world come in by ports. */
const IMPURE = /\b(Date|Math\.random|setTimeout|setInterval|setImmediate|queueMicrotask|performance|console|process|globalThis|crypto)\b/;

const sources = filesOf('shared', 'server', 'client').filter((file) => /\.tsx?$/.test(file));

function folderOf(file: string): string {
  const names = Object.keys(MAY_IMPORT).filter((folder) => file === folder || file.startsWith(`${folder}/`));
  return names.sort((left, right) => right.length - left.length)[0] ?? '';
}

interface Import {
  readonly file: string;
  /** Path from the root, or a package's name. */
  readonly target: string;
  readonly isPackage: boolean;
}

/** `import … from`, `export … from`, a bare `import`, and `import()`. */
const IMPORT = /^(?:(?:import|export)\b[^;'"]*?\bfrom\s*|import\s*)'([^']+)'|\bimport\(\s*'([^']+)'/gm;

function importsOf(file: string): Import[] {
  const found = sourceWithoutComments(file).matchAll(IMPORT);
  return [...found].map((match) => {
    const named = match[1] ?? match[2] ?? '';
    return { file, target: named.startsWith('.') ? posix.join(dirname(file), named) : named, isPackage: !named.startsWith('.') };
  });
}

const imports = sources.flatMap(importsOf);

describe('who may import whom', () => {
  test('[HS4] an import follows the arrows of docs/architecture.md', () => {
    const wrong = imports.filter(({ file, target, isPackage }) => {
      if (isPackage || target.endsWith('.css') || target.includes('.svg')) return false;
      const [from, to] = [folderOf(file), folderOf(target)];
      if (from === to) return false;
      return !(MAY_IMPORT[from] ?? []).some((allowed) => allowed === to || allowed === target);
    });
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
    // The rule is asked of something: a pattern that finds no imports would find no wrong ones.
    expect(imports.length).toBeGreaterThan(100);
  });

  test('[HS4] the pure parts import pure packages only', () => {
    const wrong = imports.filter(({ file, target, isPackage }) => {
      const pure = PURE_PACKAGES[folderOf(file)];
      return isPackage && pure !== undefined && !pure.some((name) => target === name || target.startsWith(`${name}/`));
    });
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('[HS4] a feature is entered by its index.ts only', () => {
    const wrong = imports.filter(({ file, target }) => {
      const [, feature, ...rest] = /^client\/features\/([^/]+)\/(.*)$/.exec(target) ?? [];
      const own = feature !== undefined && file.startsWith(`client/features/${feature}/`);
      return feature !== undefined && !own && rest[0] !== 'index.ts';
    });
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('[HS5] shared/ and server/core/ ask no clock, no chance and no world', () => {
    const pure = sources.filter((file) => PURE_PACKAGES[folderOf(file)] !== undefined);
    const wrong = pure.flatMap((file) => {
      const lines = sourceWithoutComments(file).split('\n');
      return lines.flatMap((line, index) => (IMPURE.test(line.replace(/'[^']*'/g, "''")) ? [`${file}:${index + 1} ${line.trim()}`] : []));
    });
    expect(wrong).toEqual([]);
    expect(pure.length).toBeGreaterThan(20);
  });
});

describe('files', () => {
  test('[HS6] are named in kebab-case; one that holds one component in PascalCase', () => {
    const own = filesOf('shared', 'server', 'client', 'test', 'bench', 'scripts').filter((file) => /\.(tsx?|mjs|css)$/.test(file));
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|long|d))?\.(tsx?|mjs|css)$/;
    const pascal = /^([A-Z][a-z0-9]*)+\.(tsx|css)$/;
    const language = /^[a-z]{2}(-[A-Z]{2})?\.ts$/;
    expect(own.filter((file) => ![kebab, pascal, language].some((form) => form.test(posix.basename(file))))).toEqual([]);
  });

  test('[HS6] export by name', () => {
    expect(sources.filter((file) => /^export default\b/m.test(sourceWithoutComments(file)))).toEqual([]);
  });

  test('[HS6] decision records are named NNNN-title.md, each number once', () => {
    const names = filesOf('docs/decisions').map((file) => posix.basename(file));
    expect(names.filter((name) => !/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(name))).toEqual([]);
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  test('[HS7] name no machine’s folders and no download host', () => {
    // Written in pieces, so that this file does not find itself.
    const folders = new RegExp(`(^|[^\\w.@-])/(${['ro' + 'ot', 'wo' + 'rk', 'ho' + 'me/\\w+', 'Us' + 'ers/\\w+'].join('|')})/`);
    const hosts = new RegExp(['"resol' + 'ved": *"https?:', 'registry\\.npm' + 'js', 'npm' + 'mirror'].join('|'));
    const text = trackedFiles().filter((file) => !/\.(png|jpg|woff2|gif|ico)$|^test\/fixtures\//.test(file));
    const wrong = text.flatMap((file) => {
      const lines = readFileSync(join(repository, file), 'utf8').split('\n');
      return lines.flatMap((line, index) => (folders.test(line) || hosts.test(line) ? [`${file}:${index + 1}`] : []));
    });
    expect(wrong).toEqual([]);
    expect(text.length).toBeGreaterThan(50);
  });

  test('[HS8] no test is skipped, focused or silenced', () => {
    const silenced = new RegExp(
      ['\\b(it|test|describe)\\.(skip|only|todo|skipIf|runIf)\\b', '@ts-(ig' + 'nore|nocheck)', 'as a' + 'ny\\b'].join('|'),
    );
    const own = filesOf('shared', 'server', 'client', 'test', 'bench').filter((file) => /\.tsx?$/.test(file));
    expect(own.filter((file) => silenced.test(sourceWithoutComments(file)))).toEqual([]);
  });
});

describe('rules and tests', () => {
  const spec = readFileSync(join(repository, 'docs/SPEC.md'), 'utf8');
  const rules = [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\* /gm)].map((match) => match[1] ?? '');
  const tested = new Set(
    filesOf('test')
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap(ruleIdsOf),
  );

  test('[HS9] every rule of docs/SPEC.md stands there once and has a test that carries its id', () => {
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
    expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
    expect(rules.length).toBeGreaterThan(20);
  });

  test('[HS9] every rule id in a test’s name stands in docs/SPEC.md', () => {
    expect([...tested].filter((rule) => !rules.includes(rule)).sort()).toEqual([]);
  });
});
