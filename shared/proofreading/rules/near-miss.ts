import type { ProofBlock, Remark } from '../finding.ts';
import { isAlike } from '../sound.ts';
import { COMPOUNDS, IDIOMS } from '../tables/phrases.ts';

/**
 * Characters that carry grammar. Where one of them stands for a character of a set compound, the compound most likely merely ends there
 * (「工作及制度」 is not 工作机制); in an idiom it is a slip all the same.
 */
const GRAMMAR_CHARACTERS = new Set(
  '的了和与及或在以为由有又不是事时已再其之于而被把对将使等各个一也都并就还从向到自中后前内外上下二两三四五六七八九十百年月日名次项',
);

interface Phrase {
  readonly text: string;
  readonly isIdiom: boolean;
}

let index: ReadonlyMap<string, readonly Phrase[]> | null = null;
let whole: ReadonlySet<string> = new Set();

const listed = (table: string) => table.trim().split(/\s+/);

/** Phrases by their first and by their last two characters: one slip leaves one of the two as it was. */
function phrases(): ReadonlyMap<string, readonly Phrase[]> {
  if (index !== null) return index;
  const map = new Map<string, Phrase[]>();
  const seen = new Set<string>();
  const add = (text: string, isIdiom: boolean) => {
    if (text.length < 4 || seen.has(text)) return;
    seen.add(text);
    for (const key of [`<${text.slice(0, 2)}`, `>${text.slice(-2)}`]) {
      const list = map.get(key);
      if (list === undefined) map.set(key, [{ text, isIdiom }]);
      else list.push({ text, isIdiom });
    }
  };
  for (const text of listed(IDIOMS)) add(text, true);
  for (const text of listed(COMPOUNDS)) add(text, false);
  whole = seen;
  index = map;
  return map;
}

/** Places that differ from a fixed phrase in one character of like sound or look. */
export function nearMiss({ text }: ProofBlock): Remark[] {
  const map = phrases();
  const found: Remark[] = [];
  let free = 0;
  for (let at = 0; at + 4 <= text.length; at += 1) {
    const best = missAt(text, at, map);
    if (best === null || best.from < free) continue;
    found.push(best);
    free = best.to;
  }
  return found;
}

function missAt(text: string, at: number, map: ReadonlyMap<string, readonly Phrase[]>): Remark | null {
  let best: Remark | null = null;
  const judge = (phrase: Phrase, from: number) => {
    const remark = compare(text, from, phrase);
    if (remark !== null && (best === null || remark.to - remark.from > best.to - best.from)) best = remark;
  };
  for (const phrase of map.get(`<${text.slice(at, at + 2)}`) ?? []) judge(phrase, at);
  // The slip stands in the first half: the phrase is found by its end and begins before it.
  for (const phrase of map.get(`>${text.slice(at, at + 2)}`) ?? []) {
    const from = at + 2 - phrase.text.length;
    if (from >= 0 && text.slice(from, from + 2) !== phrase.text.slice(0, 2)) judge(phrase, from);
  }
  return best;
}

function compare(text: string, from: number, { text: right, isIdiom }: Phrase): Remark | null {
  const to = from + right.length;
  if (to > text.length) return null;
  let place = -1;
  for (let at = 0; at < right.length; at += 1) {
    if (text[from + at] === right[at]) continue;
    if (place !== -1) return null;
    place = at;
  }
  if (place === -1) return null;
  const is = text[from + place]!;
  const wrong = text.slice(from, to);
  if (whole.has(wrong) || !isAlike(is, right[place]!)) return null;
  // At the phrase's edge the odd character may belong to its other neighbour: 社会主｜义法治国.
  const isEdge = place === 0 || place === right.length - 1;
  if (!isIdiom && GRAMMAR_CHARACTERS.has(is)) return null;
  if (isIdiom ? isEdge && belongsOutside(text, from + place, place === 0) : isWordHere(text, from + place)) return null;
  return {
    message: 'near-miss',
    severity: isIdiom || right.length > 4 ? 'error' : 'warning',
    from,
    to,
    params: { wrong, right },
    source: isIdiom ? 'usage' : 'party-terms',
    fix: { from, to, text: right },
  };
}

/** Common two-character words that share a sound with half of a compound: with them another word stands there. */
const OTHER_WORDS = new Set(
  (
    '主义 新型 检察 监察 巡查 督察 权利 权力 形势 形式 实施 事实 时时 法制 法治 反应 反映 制定 制订 世纪 实际 实践 时间 事件 公示 公式 攻势 意义 异议 异地 工事 公事 同时 同事 期间 其间 ' +
    '有利 有力 优良 优势 有时 优秀 效益 效应 资金 自己 自建 自检 指定 至今 职责 制约 治疗 资料 质量 致力 智力 治理 支持 主持 坚持 建设 见识 简介 间接 检测 监测 建策 结合 解决 ' +
    '决策 觉得 绝对 机关 机构 级别 技术 计数 继续 积蓄 纪律 记录 季度 极度 基地 及第 集体 具体 局部 举办 居民 军民 课题 客体 可以 刻意 力度 利用 力量 理论 例会 历史 立案 隶属 ' +
    '目的 目地 募集 年度 年底 培训 陪同 评比 平等 评定 平台 企业 起来 全体 权益 人员 人原 任务 人物 认为 人为 融资 如期 入企 入园 设计 涉及 社会 审计 审级 升级 省级 生机 生计 ' +
    '市区 事权 试点 视察 侍从 收入 手续 输入 熟悉 数据 属于 所以 所有 特色 提高 题材 体裁 体制 条理 条例 调理 统一 通过 同意 推选 外交 完成 维护 未来 文件 问卷 稳定 物质 物资 务实 ' +
    '细致 系统 下降 现实 显示 县市 相关 乡镇 香港 项目 消防 小组 校园 效能 新建 心间 信息 行为 性质 幸福 学历 学理 研制 严峻 严禁 验收 业绩 业务 一级 以及 依据 意见 已经 议程 一致 意志 ' +
    '引导 印发 应急 营业 盈利 拥有 用于 由于 油料 有关 原则 园区 援助 运用 再次 在此 暂时 展示 战士 战时 征收 整体 正式 政事 证实 政治 整治 知识 指示 执行 职工 指标 治标 制止 致富 支付 制服 ' +
    '中心 忠心 重新 终点 重点 种植 众智 周知 主题 主体 助力 主力 阻力 住房 注册 专项 专享 专业 转业 转移 资源 自愿 志愿 总结 综合 组织 阻止 足以 作用 作业 作为 做为 工程 攻城 公正 工整 ' +
    '国籍 国际 国企 过期 合作 合租 会议 汇集 会及 惠及 获得 货物 活动 基层 极端 急需 继承 集成 加强 家庭 价格 加工 建筑 健康 奖励 将来 交通 教育 接收 接受 街道 节约 今后 进行 进度 经济 经费 经营 精神 竞争 救助 就业 旧业 ' +
    '师资 施政 实证 市政 师德 诗歌 时政 师生 失职 实质 市直 始终 使用 实用 适用 试用 事业 视野 是否 示范 师范 士气 市民 时期 试探 实验 试验 适应 失信 私人 司法 思想 思路 送达 诉讼 速度 随时 岁末 损失 缩短'
  ).split(' '),
);

/** Does the odd character at a phrase's edge make a word with the neighbour outside it? */
function belongsOutside(text: string, at: number, isFirst: boolean): boolean {
  return OTHER_WORDS.has(isFirst ? text.slice(at - 1, at + 1) : text.slice(at, at + 2));
}

/** Does the odd character make a word of its own with its neighbour? */
function isWordHere(text: string, at: number): boolean {
  return OTHER_WORDS.has(text.slice(at - 1, at + 1)) || OTHER_WORDS.has(text.slice(at, at + 2));
}
