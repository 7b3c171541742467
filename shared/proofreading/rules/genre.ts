import type { PlacedRemark, ProofBlock, Severity } from '../finding.ts';
import type { MessageKey } from '../messages.ts';
import { matches } from '../text.ts';

/** The fifteen kinds of 公文 and what offices call theirs. */
const TYPE =
  /(请示报告|报告|请示|决议|决定|命令|公报|公告|通告|意见|通知|通报|批复|议案|复函|函|纪要|方案|总结|要点|计划|规划|办法|规定|细则|讲话|清单|材料|汇报|令)(?:（[^（）]{1,12}）)?$/;
const ASKS =
  /(?:妥否|当否|可否|是否妥当|以上(?:请示|意见)(?:当否|妥否))[，,]?(?:请|敬请|恳请)?(?:予?批[示复准]|审[批定核]|指示)?|(?:请|敬请|恳请)(?:予以?)?(?:批[示复准]|审[批定]|批转)(?=[。，]|$)/g;
const REPLY = /函[复达告]|复函|此复|[盼请望][^。]{0,12}回?复/;
const LEAD_WORDS = /现?(?:就|将)?[^。；]{0,40}?(汇报|报告|通报|通知|请示|函告|函复|批复)如下/;
const DOWNWARD = /请(?:认真)?(?:遵照|贯彻|抓好)(?:贯彻)?(?:执行|落实)|望遵照执行/g;

/** 文种 of the title against the words that open and close the text (《党政机关公文处理工作条例》 arts. 8, 15). */
export function genre(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const found: PlacedRemark[] = [];
  const source = 'gongwen-2012' as const;
  const titleAt = blocks.findIndex(({ kind }) => kind === 'title');
  const title = blocks[titleAt];
  if (title === undefined || title.text.trim() === '') return found;
  const tell = (block: number, from: number, to: number, message: MessageKey, severity: Severity, params = {}) =>
    found.push({ block, from, to, message, severity, params, source });
  const named = TYPE.exec(title.text.replace(/[。，]+$/, ''))?.[1];
  // 「请示报告」 is told below and then judged as what it asks for.
  const type = named === '请示报告' ? '请示' : named;
  if (type === undefined) {
    if (/^关于/.test(title.text)) tell(titleAt, 0, title.text.length, 'title-type', 'warning');
    return found;
  }
  if (named === '请示报告') tell(titleAt, title.text.length - 4, title.text.length, 'title-two-types', 'error');
  if (
    /^[^关]{2,}关于/.test(title.text) === false &&
    /^关于/.test(title.text) === false &&
    /的(?:报告|请示|函|批复)$/.test(title.text) &&
    /工作报告$/.test(title.text) === false
  ) {
    tell(titleAt, 0, title.text.length, 'title-about', 'hint');
  }
  if (/关于[^《》]*关于/.test(title.text)) tell(titleAt, 0, title.text.length, 'title-about-twice', 'warning');
  const inTitle = /[，。；：！]/.exec(title.text.replace(/《[^》]*》|（[^）]*）|“[^”]*”/g, (quoted) => '〇'.repeat(quoted.length)));
  if (inTitle !== null && inTitle.index < title.text.length - 1)
    tell(titleAt, inTitle.index, inTitle.index + 1, 'title-mark', 'hint', { mark: inTitle[0] });
  const prose = blocks.flatMap((block, at) => (block.kind === 'paragraph' && block.text.trim() !== '' ? [at] : []));
  const opening = prose.slice(0, 3);
  const recipient = blocks.findIndex(({ text, kind }) => kind === 'paragraph' && /^[^。；]{2,60}[：:]$/.test(text.trim()));
  if (type === '请示' && recipient !== -1 && recipient <= titleAt + 2 && /[、，和及]/.test(blocks[recipient]!.text)) {
    tell(recipient, 0, blocks[recipient]!.text.length, 'request-two-recipients', 'warning');
  }
  const signed = blocks
    .slice(-3)
    .find(({ text }) => /^[二○〇零ＯO一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$/.test(text.trim()));
  if (signed !== undefined)
    found.push({
      block: blocks.indexOf(signed),
      from: 0,
      to: signed.text.length,
      message: 'date-form',
      severity: 'warning',
      source: 'gbt-9704',
    });
  for (const at of opening) {
    const lead = LEAD_WORDS.exec(blocks[at]!.text);
    if (lead === null) continue;
    const word = lead[1]!;
    const fits =
      word === type ||
      (type === '请示' && word === '报告'
        ? false
        : type === '函' || type === '复函'
          ? ['函告', '函复'].includes(word)
          : !['报告', '汇报', '请示', '通知', '通报', '批复'].includes(type));
    if (!fits) {
      const from = lead.index + lead[0].lastIndexOf(word);
      tell(at, from, from + word.length, 'genre-lead', 'warning', { type, word });
    }
    break;
  }
  const last = prose.slice(-6);
  const isUpward = type === '报告' || type === '请示';
  for (const at of last) {
    const { text } = blocks[at]!;
    for (const match of matches(text, ASKS)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (type === '报告') tell(at, from, to, 'report-asks', 'error');
      else if (['函', '复函'].includes(type) && /批示|指示/.test(match[0])) tell(at, from, to, 'letter-asks', 'error');
      else if (['通知', '通报', '批复', '决定'].includes(type)) tell(at, from, to, 'genre-close', 'error', { type, words: match[0] });
    }
    for (const match of matches(text, DOWNWARD)) {
      if (isUpward) tell(at, match.index, match.index + match[0].length, 'genre-close', 'error', { type, words: match[0] });
    }
    const closing = /特此(报告|汇报|通知|通报|请示|批复|函[告达复])/.exec(text);
    if (closing !== null && ['报告', '请示', '通知', '通报', '批复'].includes(type) && closing[1] !== type) {
      tell(at, closing.index, closing.index + closing[0].length, 'genre-close', 'error', { type, words: closing[0] });
    }
  }
  // The last paragraph of sentences: what follows it is signature and date.
  const end = last.findLast((at) => blocks[at]!.text.length >= 15) ?? last.at(-1);
  if (type === '请示' && end !== undefined && !last.some((at) => new RegExp(ASKS.source).test(blocks[at]!.text))) {
    tell(end, Math.max(0, blocks[end]!.text.length - 1), blocks[end]!.text.length, 'request-without-asking', 'warning');
  }
  if (type === '函' && end !== undefined && !last.some((at) => REPLY.test(blocks[at]!.text))) {
    tell(end, Math.max(0, blocks[end]!.text.length - 1), blocks[end]!.text.length, 'letter-without-close', 'hint');
  }
  return found;
}
