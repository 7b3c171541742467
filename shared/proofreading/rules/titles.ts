import type { ProofBlock, Remark } from '../finding.ts';
import { matches } from '../text.ts';

const NAMED = /《([^《》]{1,60})》/g;
/** What is no work cannot stand in 书名号: GB/T 15834-2011 A.13 (课程、课题、奖品奖状、商标、证照、组织机构、会议、活动 …). */
const NO_WORK =
  /(?:标兵|能手|先进个人|先进集体|先进单位|先进基层党组织|优秀共产党员|劳动模范|模范|示范点|示范党支部|示范单位|示范户|示范岗|先锋岗|好人|称号|奖章|[金银铜]奖|[一二三]等奖|奖|奖状|锦旗|大讲堂|讲堂|培训班|研讨班|进修班|论坛|峰会|大赛|竞赛|联赛|讲座|课程|课题|文明单位|文明村镇|文明家庭|文明城市|五一劳动奖状|商标|品牌|活动|行动|展览会|博览会|运动会|座谈会|推进会|表彰会|工作室|服务队|志愿队|党支部|委员会|之星|(?:先进|优秀|示范|龙头|诚信|明星|文明|十佳|标杆|星级|最美|模范)[\p{Script=Han}]{0,8}(?:企业|单位|集体|个人|团队|工作者|村|社区|家庭|校园|窗口|户|基地|园区|组织|人物|干部|教师|党员|民警))$/u;
const LICENCES = /(?:营业执照|许可证|资格证|身份证|毕业证书?|荣誉证书|准考证|登记证|合格证|证书)$/;
const WORKS =
  /(?:办法|条例|规定|通知|意见|方案|报告|细则|规则|制度|纲要|决定|决议|法|公约|守则|清单|预案|计划|规划|指南|手册|章程|准则|通报|函|纪要|公告|指引|标准|规范|工作法|要点|台账|协议|合同|责任书|承诺书)$/;
/** 「〈…〉」 and 书名号 around a document named by its number. */
const QUOTED_DOCUMENT = /“(关于[^“”《》]{4,60}的(?:通知|意见|决定|报告|请示|批复|函|通报|方案|办法|规定|实施意见|实施方案))”/g;
const BARE_DOCUMENT =
  /(?:印发|下发|出台|转发|制定|制订|修订|发布|公布|颁布|制定出台|印发实施)了?(关于[^“”《》，。；]{4,50}?的(?:通知|意见|决定|方案|办法|规定|实施意见|实施方案))(?=[，。；、（])/g;
/** 「“三重一大制度”」: the quotes belong to the abbreviation. */
const ABBREVIATION =
  /“(三会一课|三重一大|一岗双责|四议两公开|双随机、一公开|双随机一公开|放管服|两学一做|以案促改|一网通办|最多跑一次|河长制|五星创建|四下基层|千万工程|四个意识|四个自信|两个维护|两个确立|四风)(制度|机制|活动|工作法|工作|改革|要求|教育|监管|问题)”/g;

/** 书名号 and quotes around the right thing. */
export function titles({ text }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  const standard = { source: 'gbt-15834' } as const;
  for (const match of matches(text, NAMED)) {
    const name = match[1]!;
    const [from, to] = [match.index, match.index + match[0].length];
    if (WORKS.test(name) && !NO_WORK.test(name)) continue;
    const isLicence = LICENCES.test(name);
    if (!NO_WORK.test(name) && !isLicence) continue;
    found.push({
      ...standard,
      message: 'title-no-work',
      severity: isLicence ? 'hint' : 'warning',
      from,
      to,
      params: { name, right: `“${name}”` },
      ...(isLicence ? {} : { fix: { from, to, text: `“${name}”` } }),
    });
  }
  for (const match of matches(text, QUOTED_DOCUMENT)) {
    const [from, to] = [match.index, match.index + match[0].length];
    found.push({
      ...standard,
      message: 'title-quoted',
      severity: 'warning',
      from,
      to,
      params: { right: `《${match[1]}》` },
      fix: { from, to, text: `《${match[1]}》` },
    });
  }
  for (const match of matches(text, BARE_DOCUMENT)) {
    const from = match.index + match[0].indexOf(match[1]!);
    const to = from + match[1]!.length;
    found.push({
      ...standard,
      message: 'title-bare',
      severity: 'warning',
      from,
      to,
      params: { right: `《${match[1]}》` },
      fix: { from, to, text: `《${match[1]}》` },
    });
  }
  for (const match of matches(text, ABBREVIATION)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const right = `“${match[1]}”${match[2]}`;
    found.push({ ...standard, message: 'quote-scope', severity: 'warning', from, to, params: { right }, fix: { from, to, text: right } });
  }
  return found;
}
