import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { zhCN } from '../../../client/i18n/zh-CN.ts';

const CLIENT = join(import.meta.dirname, '../../../client');
const LETTERS = /\p{L}/u;
const CHINESE = /\p{Script=Han}/u;
/** Attributes and properties of our components that a person reads or hears. */
const SPOKEN = new Set([
  'title',
  'aria-label',
  'aria-description',
  'placeholder',
  'alt',
  'label',
  'hint',
  'reason',
  'headline',
  'words',
  'shortcut',
]);
/** Names of keys are the same in every language. */
const KEY_CAP = /^(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|Delete|[A-Z0-9↑↓←→])$/;

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

interface Found {
  readonly hardCoded: readonly string[];
  readonly literals: readonly string[];
  /** Template literals as patterns: their expressions stand for anything. */
  readonly patterns: readonly RegExp[];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesIn(item);
  if (!isNode(value)) return;
  yield value;
  for (const field of Object.values(value)) yield* nodesIn(field);
}

function textOf(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
}

/** What stands in a source: words written into it, and the strings that may be keys. */
function look(file: string, source: string): Found {
  const hardCoded: string[] = [];
  const literals: string[] = [];
  const patterns: RegExp[] = [];
  const blame = (text: string) => hardCoded.push(`${file}: ${text.trim()}`);
  for (const node of nodesIn(parseSync(file, source).program)) {
    const literal = textOf(node);
    if (literal !== null) {
      literals.push(literal);
      if (CHINESE.test(literal)) blame(literal);
    }
    if (node.type === 'TemplateLiteral') {
      const quasis = (node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]).map((quasi) => quasi.value.cooked);
      if (quasis.some((quasi) => CHINESE.test(quasi))) blame(quasis.join('…'));
      patterns.push(new RegExp(`^${quasis.map((quasi) => quasi.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^.]+')}$`));
    }
    if (node.type === 'JSXText' && LETTERS.test(String(node['value']))) blame(String(node['value']));
    if (node.type === 'JSXExpressionContainer') {
      const inside = textOf(node['expression']);
      if (inside !== null && LETTERS.test(inside)) blame(inside);
    }
    if (node.type === 'JSXAttribute') {
      const name = String((node['name'] as Node)['name']);
      const value = textOf(node['value']);
      if (value !== null && SPOKEN.has(name) && LETTERS.test(value) && !KEY_CAP.test(value)) blame(`${name}="${value}"`);
    }
  }
  return { hardCoded, literals, patterns };
}

/** Files under some folders of client/, by the end of their names. */
function files(folders: readonly string[], end: RegExp): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(CLIENT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => end.test(file))
      .map((file) => join(folder, file)),
  );
}

function lookAt(names: readonly string[]): readonly Found[] {
  return names.map((file) => look(file, readFileSync(join(CLIENT, file), 'utf8')));
}

function flatten(words: object, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value as object, `${prefix}${key}.`)],
    ),
  );
}

const holes = (text: string) => [...text.matchAll(/\{\{\s*([\w]+)/g)].map((match) => match[1]).sort();

describe('words of the interface', () => {
  test('[UI1] no component has words written into it', () => {
    const found = lookAt(files(['app', 'ui', 'features', 'editor'], /\.tsx$/));
    expect(found.length).toBeGreaterThan(40);
    expect(found.flatMap((file) => file.hardCoded)).toEqual([]);
  });

  test('[UI1] the search finds words in text, attributes, expressions and templates', () => {
    const caught = (jsx: string) => look('sample.tsx', `export const a = (x: string) => ${jsx};`).hardCoded.length;
    expect(caught('<b>Save</b>')).toBe(1);
    expect(caught('<b>保存</b>')).toBe(1);
    expect(caught('<b title="Save" />')).toBe(1);
    expect(caught("<b>{'Save'}</b>")).toBe(1);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text of the sample
    expect(caught('<b>{`第 ${x} 笔`}</b>')).toBe(1);
    expect(caught('<b className="save" title={x}>{x} · 1</b>')).toBe(0);
  });

  test('[UI2] every key is used somewhere', () => {
    const found = lookAt(files(['app', 'ui', 'features', 'i18n'], /\.tsx?$/));
    const literals = new Set(found.flatMap((file) => file.literals));
    const patterns = found.flatMap((file) => file.patterns).filter((pattern) => pattern.source.includes('\\.'));
    const stem = (key: string) => key.replace(/_other$/, '');
    const unused = [...flatten(zhCN).keys()]
      .map(stem)
      .filter((key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  test('[UI2] every key that a component asks for exists', () => {
    const keys = new Set([...flatten(zhCN).keys()].map((key) => key.replace(/_other$/, '')));
    const roots = new Set(Object.keys(zhCN));
    const asked = files(['app', 'ui', 'features', 'i18n'], /\.tsx?$/).flatMap((file) => {
      const calls = [...nodesIn(parseSync(file, readFileSync(join(CLIENT, file), 'utf8')).program)].filter(
        (node) => node.type === 'CallExpression' && isNode(node['callee']) && node['callee']['name'] === 't',
      );
      return calls.flatMap((call) => textOf((call['arguments'] as unknown[])[0]) ?? []);
    });
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !keys.has(key) || !roots.has(key.split('.')[0] ?? ''))).toEqual([]);
  });

  test('[UI3] English has every key, one form for one and one for many, with the same holes', () => {
    const chinese = flatten(zhCN);
    const english = flatten(en);
    const wanted = [...chinese.keys()].flatMap((key) => (key.endsWith('_other') ? [key.replace(/_other$/, '_one'), key] : [key]));
    expect([...english.keys()].toSorted()).toEqual(wanted.toSorted());
    const different = [...english].filter(([key, text]) => {
      const source = chinese.get(key.replace(/_one$/, '_other')) ?? '';
      return holes(text).join() !== holes(source).join();
    });
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('[UI3] English is not Chinese left over', () => {
    const kept = [...flatten(en)].filter(([, text]) => CHINESE.test(text)).map(([key]) => key);
    // the seal's two characters, and what a new heading of the (Chinese) report says
    expect(kept).toEqual(['brand.upper', 'brand.lower', 'outline.newPart', 'outline.newChapter']);
  });
});
