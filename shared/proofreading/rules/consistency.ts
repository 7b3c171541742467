import type { PlacedRemark, ProofBlock } from '../finding.ts';
import { matches } from '../text.ts';

/** Forms of one thing: one report uses one of them. The first is preferred where both stand equally often. */
const SETS: readonly (readonly RegExp[])[] = [
  [/干部职工/g, /职工干部/g],
  [/学习宣传贯彻/g, /宣传学习贯彻/g, /宣传贯彻学习/g, /精神(宣传学习贯彻)/g],
  [/%/g, /％/g],
  [/督促指导/g, /指导督促/g],
  [/经济社会发展/g, /社会经济发展/g],
  [/监督管理/g, /管理监督(?!局)/g],
  [/教育培训/g, /培训教育/g],
  [/意见建议/g, /建议意见/g],
  [/矛盾纠纷/g, /纠纷矛盾/g],
  [/风险隐患/g, /隐患风险/g],
  [/党员干部/g, /干部党员/g],
  [/农业农村/g, /农村农业/g],
  [/贯彻落实/g, /落实贯彻/g],
  [/上级(?:党委|主管)?部门/g, /上级(?:党委|主管)?机关/g],
  [/企业负责人/g, /企业主(?![管要营体])/g],
  [/20(?:\d\d)年/g, /(?<!\d)'?\d\d年(?=[初底末上下]|第?[一二三四]季度)(?<![12]\d{3}年)/g],
  [/我市/g, /本市/g],
  [/我县/g, /本县/g],
  [/我区/g, /本区(?!域)/g],
  [/我局/g, /本局/g],
  [/我委/g, /本委/g],
  [/我院/g, /本院/g],
  [/我校/g, /本校/g],
  [/我镇/g, /本镇/g],
  [/我乡/g, /本乡/g],
  [/我办/g, /本办(?!法|理)/g],
  [/我单位/g, /本单位/g],
  [/我公司/g, /本公司/g],
  [/电子邮箱/g, /电子信箱/g],
  [/账户/g, /帐户/g],
  [/新型冠状病毒/g, /新冠病毒/g],
  [/～/g, /~/g],
];

interface Place {
  readonly block: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** One term in two forms over the report: the rarer form is told, at its places. */
export function variants(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const found: PlacedRemark[] = [];
  for (const set of SETS) {
    const forms = set.map((pattern) =>
      blocks.flatMap(({ text }, block) => [...matches(text, pattern)].map((match): Place => placeOf(match, block))),
    );
    const used = forms.filter((places) => places.length > 0);
    if (used.length < 2) continue;
    // The form that stands oftener is the report's; of equals the first in the set.
    const main = used.reduce((most, places) => (places.length > most.length ? places : most));
    for (const places of used) {
      if (places === main) continue;
      for (const { block, from, to, text } of places.slice(0, 5)) {
        found.push({
          block,
          from,
          to,
          message: 'variant',
          severity: 'warning',
          params: { form: text, main: main[0]!.text, count: main.length },
          source: 'consistency',
        });
      }
    }
  }
  return found;
}

function placeOf(match: RegExpExecArray, block: number): Place {
  const text = match[1] ?? match[0];
  const from = match.index + match[0].indexOf(text);
  return { block, from, to: from + text.length, text };
}

/** The same sentence in two places of a report: pasted twice. */
export function sentenceTwice(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const found: PlacedRemark[] = [];
  const seen = new Map<string, number>();
  for (const [block, { text, kind }] of blocks.entries()) {
    if (kind !== 'paragraph' && kind !== 'list') continue;
    for (const match of matches(text, /[^。！？\v]+[。！？]*/g)) {
      const sentence = match[0].trim();
      if (sentence.length < 16 || !/[。！？]$/.test(sentence)) continue;
      const before = seen.get(sentence);
      if (before !== undefined) {
        const from = match.index;
        found.push({
          block,
          from,
          to: from + match[0].length,
          message: 'sentence-twice',
          severity: 'warning',
          params: { text: sentence.slice(0, 30) },
          source: 'usage',
        });
      }
      seen.set(sentence, block);
    }
  }
  return found;
}

/** Numbers with what they count; the words before are cut at marks and verbs. */
const AMOUNT =
  /([\p{Script=Han}“”A-Za-z]{2,24}?)(?:了|为|达到|达|共计|共有|共|约|至)?(\d+(?:\.\d+)?)(亿元|万元|元|%|％|个百分点|万人次|人次|万人|人|名|个|家|户|次|场|件|起|项|条|公里|平方米|万亩|亩|公顷|吨|万吨)/gu;
const LEAD =
  /^(?:全年|今年|本年|上半年|下半年|年内|目前|截至目前|截至年底|累计|共|共计|总共|我[市县区局委镇乡院校办]|全[市县区局镇乡院校]|园区|其中|新增|实现|完成|组织|开展|举办|召开|培育|引进|发展|建成|新建|投入|落实|争取|办理|排查|整改|化解|达到|先后|已|已经|分别|并|和|及|与|同时|积极)+/u;
/** The clause speaks of another time or of a goal: the value may well differ. */
const OTHER_TIME =
  /去年|上年|前年|同期|明年|目标|计划|力争|预计|确保|季度|月份|\d月|上半年|下半年|月底|同比|环比|比\d{4}|较|每|人均|户均|平均|最|至少|以上|以下|第[一二三四五]/;
/** Words too general to name one quantity. */
const GENERAL =
  /^(?:资金|投资|总投资|面积|人员|会议|培训|活动|项目|企业|问题|案件|群众|党员|干部|代表|次数|人数|增长|下降|提高|同比增长|收入|支出|产值|任务|专题培训|各类活动|各类培训|隐患|问题隐患|线索|建议|意见|建议意见|经费|补助资金|党支部|专题会议|座谈会)$/;

/** How far before a figure its clause and its year are looked for, in UTF-16 units. */
const REACH = 200;

/** The same quantity with different values in two chapters. */
export function quantities(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const places = new Map<string, (Place & { readonly value: string; readonly node: string; readonly year: string })[]>();
  for (const [block, { text, place, kind }] of blocks.entries()) {
    if (kind === 'title' || kind === 'heading') continue;
    for (const match of matches(text, AMOUNT)) {
      const bare = match[1]!.replace(LEAD, '');
      const noun = bare.replace(/[“”]/g, '');
      if (noun.length < 4 || GENERAL.test(noun)) continue;
      // A short noun may be counted twice for different doings (交流骨干教师, 培训骨干教师): then the verb must be the same as well.
      const doing = noun.length < 6 ? match[1]!.slice(0, match[1]!.length - bare.length) : '';
      const isWholeClause = match.index === 0 || '，。；：'.includes(text[match.index - 1]!);
      if (noun.length < 6 && doing === '' && !isWholeClause) continue;
      const before = text.slice(Math.max(0, match.index - REACH), match.index);
      const clause = before.slice(Math.max(...['，', '。', '；'].map((mark) => before.lastIndexOf(mark))) + 1) + match[0];
      if (OTHER_TIME.test(clause)) continue;
      const year =
        before
          .slice(before.lastIndexOf('。') + 1)
          .match(/(?:19|20)\d{2}年/g)
          ?.at(-1) ?? '';
      const unit = match[3]!.replace('％', '%');
      const key = `${doing}${noun}\n${unit}`;
      const to = match.index + match[0].length;
      const from = to - match[2]!.length - match[3]!.length;
      const list = places.get(key) ?? [];
      list.push({ block, from, to, text: noun, value: `${Number(match[2])}${unit}`, node: place.node ?? String(block), year });
      places.set(key, list);
    }
  }
  const found: PlacedRemark[] = [];
  for (const list of places.values()) {
    if (new Set(list.map(({ value }) => value)).size !== 2 || list.length > 4) continue;
    const [first] = list;
    const other = list.find(
      ({ value, node, year }) =>
        value !== first!.value && node !== first!.node && (year === first!.year || year === '' || first!.year === ''),
    );
    if (first === undefined || other === undefined) continue;
    for (const [one, that] of [
      [first, other],
      [other, first],
    ] as const) {
      found.push({
        block: one.block,
        from: one.from,
        to: one.to,
        message: 'quantity',
        severity: 'warning',
        params: { noun: one.text, value: one.value, other: that.value },
        source: 'consistency',
      });
    }
  }
  return found;
}
