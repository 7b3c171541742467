import type { ProofBlock, Remark } from '../finding.ts';
import { clauseAround, matches } from '../text.ts';

/**
 * Words of one character that never stand twice, with what may stand before the pair or behind it: there the first belongs to another
 * word (目的｜的, 参与｜与, 但是｜是, 为了｜了解).
 */
const SINGLE: Readonly<Record<string, { readonly before: string; readonly after: string }>> = {
  的: { before: '目标有中端众无', after: '士确' },
  和: { before: '共温调总缓饱谦祥平随柔暖融', after: '谐平气美睦解' },
  与: { before: '参给赋授付寄', after: '会' },
  及: { before: '普涉危触波顾企以遍殃', after: '时格早' },
  或: { before: '', after: '许者' },
  在: { before: '存所现内潜实自好旨外正', after: '于' },
  把: { before: '', after: '握关手' },
  被: { before: '', after: '' },
  对: { before: '应面针反相绝核校敌结派', after: '接照标口待于' },
  于: { before: '关由对基处位鉴属至终善', after: '是' },
  并: { before: '合一兼', after: '轨' },
  也: { before: '', after: '许' },
  其: { before: '极尤与', after: '他中余实次' },
  是: { before: '但就于可还只凡总要国正不都更即乃若如也便却特', after: '非否' },
  了: { before: '不为除', after: '解然结之' },
  为: { before: '成作认因称行以人变视分', after: '了此何民难' },
  由: { before: '自理事缘', after: '于' },
  将: { before: '即必', after: '来近军要' },
  使: { before: '促驱即行大', after: '用命得' },
  从: { before: '服听', after: '而事严' },
};
const PAIR = new RegExp(`([${Object.keys(SINGLE).join('')}])\\1(?!\\1)`, 'g');
const WORD = /(\p{Script=Han}{2,8})\1/gu;
/** Verbs and measures that are rightly said twice, and words that only look so at a seam. */
const RIGHT_TWICE = new Set(
  (
    '研究 讨论 考虑 商量 锻炼 学习 休息 打扫 了解 沟通 交流 检查 总结 思考 调研 谈论 反思 比较 收拾 打听 试验 听听 看看 很多 非常 许多 ' +
    '一个 一步 一项 一件 一家 一户 一层 一级 一年 一代 一批 一点 一次 一条 一片 一村 一天 一环 一桩 一笔 逐步 哈哈 谢谢 ' +
    '发展 创业 创新 代表 自治 人民 群众 北京 上海 天津 重庆 长沙'
  ).split(' '),
);
/** Words that end one term and begin the next: 党组织｜组织生活, 项目建设｜建设单位. A person must look. */
const TWO_ROLES = new Set(
  '组织 建设 管理 服务 生产 监督 保障 教育 改革 工作 经营 投资 研究 领导 企业 社会 经济 文化 安全 行政 培训 宣传 审批 执法'.split(' '),
);
const THROUGH = /(?:^|[。；\v])(?:通过|经过|随着|由于)[^，。；：！？]{3,40}，(?:使得?|让|令)(?!用|命|馆)/g;
const MANY_OF = /(?:[^，。；：、！？的]{1,12}的){5,}/g;
const FUNCTION_WORDS = '的了和与及或在把被对于并也其是为由将使从等地得以而且但';

/** The same word twice by mistake, and the same sentence twice in one paragraph. */
export function repeats({ text }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  const usage = { source: 'usage' } as const;
  for (const match of matches(text, PAIR)) {
    const word = match[1]!;
    const [from, to] = [match.index, match.index + 2];
    const { before, after } = SINGLE[word]!;
    if (before.includes(text[from - 1] ?? '\0') || after.includes(text[to] ?? '\0')) continue;
    found.push({ ...usage, message: 'word-twice', severity: 'error', from, to, params: { word }, fix: { from, to, text: word } });
  }
  for (const match of matches(text, WORD)) {
    const word = match[1]!;
    const [from, to] = [match.index, match.index + match[0].length];
    if (word.length === 2 && (RIGHT_TWICE.has(word) || word[0] === word[1] || word[0] === '一')) continue;
    // 年年月月, 户户家家 at a seam; a pair with a function word inside is often a seam too (「…的工作的工作」 is not).
    if (word.length === 2 && (FUNCTION_WORDS.includes(word[0]!) || '不有无又再'.includes(word[0]!))) continue;
    if (/^(.)\1+$/u.test(word)) continue;
    if (word === '组织' && /^(?:生活|部|建设|关系|力|法|观念|纪律|能力|作用|工作|书记)/.test(text.slice(to))) continue;
    const sure = word.length > 2 || !(FUNCTION_WORDS.includes(word[1]!) || TWO_ROLES.has(word));
    const fix = sure ? { fix: { from, to, text: word } } : {};
    found.push({ ...usage, message: 'word-twice', severity: sure ? 'error' : 'warning', from, to, params: { word }, ...fix });
  }
  for (const match of matches(text, THROUGH)) {
    const from = match.index + (/^[。；\v]/.test(match[0]) ? 1 : 0);
    found.push({ message: 'no-subject', severity: 'warning', from, to: match.index + match[0].length, source: 'grammar' });
  }
  for (const match of matches(text, MANY_OF)) {
    found.push({ message: 'many-of', severity: 'hint', from: match.index, to: match.index + match[0].length, source: 'grammar' });
  }
  found.push(...sameClause(text));
  return found;
}

/** 「进一步加强…进一步加强」 in neighbouring clauses is style; the very same clause of eight characters or more is a slip. */
function sameClause(text: string): Remark[] {
  const found: Remark[] = [];
  const seen = new Map<string, number>();
  for (const match of matches(text, /[^，。；：、！？\v]{10,}/g)) {
    const clause = match[0];
    const before = seen.get(clause);
    if (before !== undefined && /\p{Script=Han}{6}/u.test(clause)) {
      const { from, to } = clauseAround(text, match.index, match.index + clause.length);
      found.push({ message: 'clause-twice', severity: 'hint', from, to, params: { text: clause.slice(0, 30) }, source: 'usage' });
    }
    seen.set(clause, match.index);
  }
  return found;
}
