import type { ImportBlock } from '../api.ts';
import { looksBack, sumsUp } from './closing-words.ts';
import type { Paragraph } from './layout.ts';
import { parseMark } from './marks.ts';
import { bareText } from './plain.ts';
import type { Draft } from './structure.ts';
import { passage } from './structure.ts';
import { endsLikeTitle } from './title-words.ts';

const DATE =
  /^(?:[*\d]{2,4}|[二〇○零一二三四五六七八九]{4})年(?:[*\d]{1,2}|[一二三四五六七八九十]{1,3})月(?:[*\d]{1,2}|[一二三四五六七八九十]{1,3})日$/;
const COVERS = /印发|转发|批转|下发|报送|呈报|上报/;

/**
 * A covering notice (「关于印发《…》的通知」 with its own 主送 and 落款) stands before the report proper.
 * @returns index of the paragraph with the report's own title, or -1. Sure when the paragraph repeats the name in the notice's 《》;
 * else it must look like a title and follow the notice's date closely.
 */
export function findCoveredTitle(title: string, paragraphs: readonly Paragraph[]): number {
  if (!COVERS.test(title)) return -1;
  const name = bareText(/《(.+)》/.exec(title)?.[1] ?? '');
  const end = Math.min(paragraphs.length, 40);
  for (let index = 0; index < end; index += 1) {
    const text = bareText(paragraphs[index]?.text ?? '');
    if (text.length > 60 || /[。；：，]$/.test(text) || parseMark(text) !== null) continue;
    const named = name !== '' && (text === name || (text.length >= 8 && name.endsWith(text)));
    const afterDate = endsLikeTitle(text) && paragraphs.slice(Math.max(0, index - 3), index).some((one) => DATE.test(bareText(one.text)));
    if (named || afterDate) return index;
  }
  return -1;
}

/**
 * An unnumbered paragraph after the last chapter of a part may close the part: by place it falls under the chapter, by meaning not.
 * It is taken for the part's own passage (结语) when it sums up, or when it looks back on the whole time and every chapter of the part is
 * a single paragraph, so that a second one under the last breaks the pattern.
 * @returns the passage with the blocks taken out of that chapter, or null.
 */
export function takeClosing(siblings: readonly Draft[], inPart: boolean): Draft | null {
  const last = siblings.at(-1);
  if (last === undefined || last.kind !== 'chapter') return null;
  const others = siblings.slice(0, -1);
  const onePerChapter = others.length > 0 && others.every((one) => one.kind === 'chapter' && one.blocks.length === 1);
  const start = last.blocks.findIndex((block, index) => {
    if (index === 0 || block.kind !== 'paragraph' || parseMark(block.text) !== null) return false;
    return sumsUp(block.text) || (inPart && onePerChapter && index === 1 && looksBack(block.text));
  });
  const tail = start === -1 ? [] : last.blocks.slice(start);
  // Two paragraphs at most close a part; more is a section of its own that the author left without a number.
  if (tail.length === 0 || tail.length > 2 || tail.some((block) => block.kind !== 'paragraph' || parseMark(block.text) !== null))
    return null;
  return take(last, start);
}

function take(from: Draft, start: number): Draft {
  const blocks = from.blocks.splice(start);
  const closing = passage(blocks[0]?.line ?? from.line);
  closing.blocks.push(...blocks);
  return closing;
}

const FORMULA =
  /^(?:特此(?:报告|通知|函告|函复|请示|说明)|以上(?:报告|汇报|意见|请示|情况)|妥否|当否|请予?(?:审阅|审议|批示|指正)|专此|此致|敬礼|谢谢大家|我的(?:汇报|讲话|发言)完了).{0,16}$/;
const ATTACHMENT = /^附件?[：:]/;
const NOTE = /^[（(].{2,30}[）)]$/;
const SIGNATURE = /^(?:[^，。；：！？,;:]{2,30}|(?:报告|汇报|述职|签发|联系|发言)人[：:].{1,20})$/;
/** A speech turns to its listeners once more before it ends. */
const ADDRESS = /^(?:同志们|各位[^，,：:]{1,6})[，,：:]/;

/** 特此报告。附件：… 署名, 成文日期, 附注 at the report's very end: a passage of the report, not of its last chapter. */
export function takeEnding(last: Draft): Draft | null {
  const start = endingStart(last.blocks);
  // A chapter that would be left empty is itself such an ending under a heading.
  return start === null || start === 0 ? null : take(last, start);
}

function endingStart(blocks: readonly ImportBlock[]): number | null {
  let start: number | null = null;
  let dated = false;
  for (let index = blocks.length - 1; index >= 0; index -= 1) {
    const block = blocks[index];
    if (block === undefined || block.kind !== 'paragraph') break;
    const text = bareText(block.text);
    const isDate = DATE.test(text);
    // A line without marks is a signature only above a date: else it is the text's own last line.
    const belongs =
      isDate ||
      FORMULA.test(text) ||
      ATTACHMENT.test(text) ||
      (dated && SIGNATURE.test(text)) ||
      (NOTE.test(text) && dated) ||
      (start !== null && ADDRESS.test(text));
    const mayStandBelow = NOTE.test(text) || parseMark(text)?.kind === 'digit';
    if (!belongs && !mayStandBelow) break;
    dated ||= isDate;
    if (belongs) start = index;
  }
  return start;
}
