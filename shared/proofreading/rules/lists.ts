import type { ProofBlock, Remark } from '../finding.ts';
import { SEQUENCES } from '../tables/sequences.ts';
import { matches } from '../text.ts';

const FIGURE = '(?:\\d+(?:\\.\\d+)?|\\*+|[一二三四五六七八九十两]{1,3})';
/** An item of a list of counts: words, figure, unit, then a mark. */
const COUNT = new RegExp(
  `([^，。；、：！？\\v\\d*]{1,16}?)(${FIGURE})(名|人|位|个|家|户|次|场|期|件|起|项|条|份|万元|亿元|元|万人次|人次|公里|万平方米|平方米|亩|万亩|吨|万吨)(?=[，、；。和及（]|$)`,
  'gu',
);
/** Units for the same kind of thing; mixed in one list they disturb. */
const SAME_KIND: readonly (readonly string[])[] = [['名', '人', '位']];
const PEOPLE =
  /(?:代表|委员|党员|干部|人员|积极分子|候选人|职工|群众|专家|骨干|教师|学生|学员|医生|护士|民警|书记|主任|志愿者|指导员|联络员|网格员|辅导员|监督员|人才|对象|劳模|模范|标兵|律师|法官|检察官|企业家|负责人|成员|同志)$/;

/** Lists of counts whose units or marks change midway, and fixed sequences out of their order. */
export function lists({ text }: ProofBlock): Remark[] {
  return [...mixedUnits(text), ...sequences(text)];
}

interface Count {
  readonly noun: string;
  readonly unit: string;
  readonly from: number;
  readonly end: number;
  /** The mark that follows. */
  readonly mark: string;
}

function mixedUnits(text: string): Remark[] {
  const found: Remark[] = [];
  const chains: Count[][] = [];
  for (const match of matches(text, COUNT)) {
    const end = match.index + match[0].length;
    const from = end - match[3]!.length;
    const count: Count = { noun: match[1]!, unit: match[3]!, from, end, mark: text[end] ?? '' };
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    if (chain !== undefined && last !== undefined && match.index <= last.end + 1 && /[，、；和及]/.test(last.mark)) chain.push(count);
    else chains.push([count]);
  }
  for (const chain of chains) {
    for (const kind of SAME_KIND) {
      const counts = chain.filter(
        ({ unit, noun }) =>
          kind.includes(unit) && (unit !== '人' || chain.some((other) => other.unit !== '人' && PEOPLE.test(other.noun))) && noun !== '',
      );
      const units = new Map<string, number>();
      for (const { unit } of counts) units.set(unit, (units.get(unit) ?? 0) + 1);
      if (units.size < 2 || counts.length < 3) continue;
      const [most] = [...units].sort((one, other) => other[1] - one[1])[0]!;
      const first = counts[0]!.unit;
      const main = units.get(first) === units.get(most) ? first : most;
      for (const { unit, from, end } of counts) {
        if (unit === main) continue;
        found.push({
          message: 'unit-mixed',
          severity: 'warning',
          from,
          to: end,
          params: { unit, main },
          source: 'consistency',
          fix: { from, to: end, text: main },
        });
      }
    }
    const marks = chain
      .slice(0, -1)
      .map(({ mark }) => mark)
      .filter((mark) => mark === '、' || mark === '，');
    if (chain.length >= 3 && new Set(marks).size === 2) {
      // Told at the mark that changes, once.
      const at = chain.findIndex(
        ({ mark }, index) => index > 0 && /[，、]/.test(mark) && /[，、]/.test(chain[index - 1]!.mark) && mark !== chain[index - 1]!.mark,
      );
      const count = chain[at];
      if (count !== undefined)
        found.push({ message: 'list-marks-mixed', severity: 'hint', from: count.end, to: count.end + 1, source: 'gbt-15834' });
    }
  }
  return found;
}

function sequences(text: string): Remark[] {
  const found: Remark[] = [];
  for (const { members, source } of SEQUENCES) {
    const places = members.map((member) => ({ member, places: allOf(text, member) })).filter(({ places }) => places.length > 0);
    if (places.length < 3) continue;
    const all = places
      .flatMap(({ member, places: of }) => of.map((at) => ({ member, at, rank: members.indexOf(member) })))
      .sort((one, other) => one.at - other.at);
    let run: typeof all = [];
    const judge = () => {
      const ranks = run.map(({ rank }) => rank);
      if (run.length >= 3 && new Set(ranks).size === ranks.length && ranks.some((rank, index) => index > 0 && rank < ranks[index - 1]!)) {
        const from = run[0]!.at;
        const last = run.at(-1)!;
        const right = [...run]
          .sort((one, other) => one.rank - other.rank)
          .map(({ member }) => member)
          .join('、');
        found.push({ message: 'sequence', severity: 'warning', from, to: last.at + last.member.length, params: { right }, source });
      }
      run = [];
    };
    for (const one of all) {
      const last = run.at(-1);
      const between = last === undefined ? '' : text.slice(last.at + last.member.length, one.at);
      if (last !== undefined && !/^[、，和与及”“]{1,3}$/.test(between)) judge();
      run.push(one);
    }
    judge();
  }
  return found;
}

function allOf(text: string, part: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) places.push(at);
  return places;
}
