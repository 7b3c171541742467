import type { PatternRule } from './patterns.ts';

const mixed = { message: 'mixed-sentence', source: 'grammar' } as const;
const missing = { message: 'part-missing', source: 'grammar' } as const;
const particle = { message: 'particle', source: 'grammar' } as const;
const re = (source: string) => new RegExp(source, 'gu');

const HOW =
  '认真|扎实|积极|切实|深入|有效|有力|不断|广泛|充分|及时|严格|主动|稳妥|稳步|持续|大力|自觉|坚决|有序|全面|顺利|圆满|迅速|快速|高效|精准|科学|合理|牢固|坚定|准确|详细|仔细|耐心|热情|逐步|逐渐|明显|显著|极大|最大限度|高质量|创造性|针对性|系统|全方位|多层次|常态化|有针对性|有计划|卓有成效|扎扎实实|实实在在';
/** Verbs that take an object here, so that what stands before them is an adverbial. */
const DOES =
  '做好|抓好|搞好|落实好|完成好|解决好|保护好|维护好|管理好|服务好|贯彻好|把|将|对|向|为|做到|完成了|推进了|推动了|促进了|提高了|提升了|解决了|增强了|维护了|保障了|改善了|加强了|激发了|调动了|确保了|巩固了|开展了|组织了|落实了|化解了|遏制了|缓解了|降低了|履行了|发挥了|营造了|筑牢了|夯实了|拓展了|优化了|规范了|引导了|带动了|减轻了|锻炼了|凝聚了|展示了|参与了|投入到|投身|抓落实|抓整改|干工作|做工作|谋发展|抓发展|搞建设';
const NOUNS =
  '作用|意义|成效|成绩|基础|保障|影响|贡献|效果|局面|氛围|态势|条件|支撑|进展|问题|任务|责任|变化|环境|形势|规律|关系|方式|特点|表现|内容';

/** 的, 地, 得 where no other reading is left; sentences of two halves; parts that are missing. */
export const GRAMMAR: readonly PatternRule[] = [
  {
    ...particle,
    severity: 'error',
    pattern: re(
      `(?:${HOW})(的)(?=(?:${DOES}))(?!为(?:民|了|人|主|政|基|期|首|重)|对(?:策|象|口|外|接|手|比|话|立)|将(?:来|军)|向(?:往|心))`,
    ),
    right: '地',
    reason: '状语后用“地”',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      `(?<!得到|进行|实现|有了|有着|给予|获得|取得|作了|是)(?:最大限度|扎实|切实|大力|不断|逐步|及时|坚决|主动|自觉|稳步|持续|认真|充分|积极)(的)(?:减少|降低|提高|提升|推进|推动|促进|增强|加强|落实|执行|解决|维护|保障|改善|消除|防范|化解|遏制|开展|参与|配合|学习|贯彻|履行|发挥|调动|满足|释放|激发|避免|保护|压减|挖掘|整合)(?=[\\p{Script=Han}“]{2})(?!\\p{Script=Han}{0,6}(?:态度|精神|作风|工作|活动|方式|方法|方案|力度|能力|水平|状态|氛围|机制|意识|习惯))`,
    ),
    right: '地',
    reason: '状语后用“地”',
  },
  {
    message: 'term',
    source: 'usage',
    severity: 'warning',
    pattern: re('(?<![所生产活为常])必需(?=[经由在把将对按从以向严认全切高加强坚落要做有抓深])(?!要)'),
    right: '必须',
    reason: '“必需”是一定要有，“必须”是一定要',
  },
  {
    message: 'word-twice',
    source: 'usage',
    severity: 'error',
    pattern: re(
      '(?<=[\\d*])(?:个(个)(?![体人案性])|名(名)(?![单称])|次(次)|项(项)(?!目)|家(家)(?![庭长具])|件(件)|户(户)(?![均口籍])|场(场)(?![所地均馆])|起(起)(?![草步点])|条(条)(?![款例件])|人(人)(?![均大民]))',
    ),
    right: '',
    reason: '量词重复',
  },
  {
    message: 'list-comma',
    source: 'gbt-15834',
    severity: 'warning',
    pattern: re(
      '(?:采取|通过|采用|利用|运用|综合运用)[^，。；、“”]{2,12}(，[^，。；、“”]{2,12}，)[^，。；、“”]{2,14}等(?:多种)?(?:方式|形式|措施|办法|途径|手段|渠道|载体)',
    ),
    right: (m) => m[0].replaceAll('，', '、'),
    reason: '句内并列词语之间用顿号',
  },
  {
    message: 'list-comma',
    source: 'gbt-15834',
    severity: 'warning',
    pattern: re(
      '(?<=[^\\p{Script=Han}]|^|对|和)\\p{Script=Han}{1,5}?(\\p{Script=Han}{2})、\\p{Script=Han}{1,5}\\1，(?=\\p{Script=Han}{1,5}\\1[和、及与])',
    ),
    reason: '句内并列词语之间用顿号',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      `(?:重要|重大|积极|显著|明显|良好|坚实|有力|深远|突出|浓厚|巨大|丰硕|坚强|深刻|严峻|复杂|宝贵|独特|主要)(地)(?=(?:${NOUNS}))`,
    ),
    right: '的',
    reason: '定语后用“的”',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      '(?<![标目用把])取(的)(?=了|良好|显著|明显|积极|较好|新|成效|成绩|进展|实效|突破|阶段性|重大|重要|丰硕|决定性|胜利|圆满|初步|一定|优异|联系|支持|认可|信任|共识)',
    ),
    right: '得',
    reason: '“取得”是一个词',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      '(?:做|干|走|学|说|讲|管|抓|落实|完成|办|建|用|看|听|想|谋|推进|开展|执行|把握|运用|发展|管理|服务)(的)(?=(?:更|很|不够|还不够|比较|越来越|非常|十分)[好快实深严细紧强稳高远透准牢足活])',
    ),
    right: '得',
    reason: '补语前用“得”',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      '(?<=[，。；、\\p{Script=Han}])(?<![目标])(的)到(?=了?(?:有效|进一步|明显|充分|切实|全面|极大|显著|加强|提升|改善|解决|落实|保障|巩固|增强|缓解|遏制|肯定|好评|认可|支持|响应|提高|发挥|体现|保护|控制|优化))',
    ),
    right: '得',
    reason: '“得到”是一个词',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      '(?<=[，。；、\\p{Script=Han}])不(的)(?=超过|少于|低于|高于|以任何|擅自|违反|参加|使用|从事|收受|利用|影响|干预|插手|占用|挪用|私自|转让|进入|泄露|不|再|向)',
    ),
    right: '得',
    reason: '“不得”是一个词',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re(
      '(?:值|觉|显|变|懂|获|赢|博|舍|记|认)(的)(?=(?:肯定|注意|一提|学习|推广|关注|尤为|更加|越来越|了|珍惜|不够|十分|重视|格外|有些|通过))',
    ),
    right: '得',
    reason: '这里“得”是词的一部分',
  },
  {
    ...particle,
    severity: 'error',
    pattern: re('(?:有|坚实|切实|稳步|深入|不断|逐步|稳妥)(得)(?=推进|开展|提高|提升|加强|落实|解决|增强|改善|推动)'),
    right: '地',
    reason: '状语后用“地”',
  },
  { ...mixed, severity: 'error', pattern: /本着[^，。；]{2,24}(为)(?:原则|宗旨|目的)/g, reason: '“本着……的原则”与“以……为原则”混在一起' },
  {
    ...mixed,
    severity: 'error',
    pattern: /(?:按照|依据|根据)[^，。；]{2,24}(为)(?:原则|依据|标准|准绳)(?=[，。；])/g,
    reason: '“按照……原则”与“以……为原则”混在一起',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /(?:围绕|紧扣|聚焦)[^，。；以]{2,20}(为)(?:中心|核心|主题|主线|重点)(?=[，。；])/g,
    reason: '“围绕……”与“以……为中心”混在一起',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:围绕|紧紧围绕)(?:突出|加强|提高|推进|做好|抓好)[^，。；]{2,24}(?:作用|能力|水平)(?=，)/g,
    reason: '“围绕”后要有名词，如“围绕……这一目标”',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /(?:^|[，。；])((?:经过|通过)[^，。；]{2,30}(?:之下|下))(?=，)/g,
    reason: '“经过……”与“在……下”混在一起',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:^|[。；])(在[^，。；]{2,40}(?:下|中)，使(?:得)?)(?!用|命)/g,
    reason: '“在……下，使……”没有主语，删去“在……下”或“使”',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /由于[^，。；]{2,40}的(原因|缘故)，(?:所以|因此|因而|导致|致使)/g,
    reason: '“由于”与“的原因”“导致”说重了',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /(?:是|靠|凭|借助)[^，。；]{2,24}(所决定的|来决定的取决于)/g,
    reason: '“由……决定”与“是……”混在一起',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:受到|获得|得到)[^，。；]{1,16}(?:所)(?:欢迎|好评|认可|肯定|称赞)/g,
    reason: '“受到……的好评”与“为……所好评”混在一起',
  },
  { ...mixed, severity: 'error', pattern: /(?:深受|备受|饱受)[^，。；]{1,14}(?:的)?(?:所)?(?:受到|得到)/g, reason: '“深受”与“受到”重复' },
  {
    ...mixed,
    severity: 'error',
    pattern: /深受[^，。；、]{1,12}(所)(?:喜爱|欢迎|好评)/g,
    right: '',
    reason: '“深受……喜爱”与“为……所喜爱”混在一起',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /(?:组成|构成|包括)[^，。；]{2,40}(组成|构成|等组成|等构成)(?=[，。；])/g,
    reason: '“由……组成”与“包括……”混在一起',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /包括[^，。；]{4,40}(等)?(?:几|两|三|四|五|六|\d)?(?:个)?(?:部分|方面)?(?:组成|构成)(?=[，。；])/g,
    reason: '“包括”与“组成”混在一起',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /关键(?:在于|是)[^，。；]{2,30}(是关键|起决定性作用|十分关键|至关重要)(?=[，。；])/g,
    reason: '“关键在于”与“是关键”混在一起',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:对于|对)[^，。；]{2,16}(?:的)?(?:问题|方面)(?:上)(?=，)/g,
    reason: '“对……”与“在……上”混在一起',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:不管|不论|无论)[^，。；]{1,40}，[^。；都均也总还始终皆仍要]{4,60}[。；]/g,
    reason: '“无论”要与“都”“也”呼应',
  },
  { ...mixed, severity: 'warning', pattern: /(?:^|[，。；])(虽然[^。；]{4,80})[。；]/g, reason: '“虽然”要与“但”“却”“仍”呼应' },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:^|[，。；])((?:不但|不仅)(?:仅)?[^。；]{4,80})[。；]/g,
    reason: '“不但”“不仅”要与“而且”“还”“也”呼应',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /只有[^。；]{4,40}，(?:就能|就会|就可以|便能|都能)/g,
    reason: '“只有”与“才”呼应，“只要”与“就”呼应',
  },
  { ...mixed, severity: 'warning', pattern: /只要[^。；]{4,40}，(?:才能|才会|才可以|方能)/g, reason: '“只要”与“就”呼应，“只有”与“才”呼应' },
  {
    ...mixed,
    severity: 'warning',
    pattern: /尽管[^。；]{2,40}，(?:都|也都)(?=[^。；但却仍还]{2,40}[。；])/g,
    reason: '“尽管”与“但”“仍”呼应，“不管”与“都”呼应',
  },
  {
    ...mixed,
    severity: 'hint',
    pattern: /(?:能否|是否)[^，。；]{2,20}，(?:是|就是)[^，。；是否能]{2,20}的?(?:关键|保证|前提|基础|体现)/g,
    reason: '前面是两面，后面只有一面',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?:能否|是否|好坏|高低|优劣)[^，。；否]{2,14}(?:直接)?(?:是|关系到|决定)(?:确保|实现|提高|取得|增强|推动)/g,
    reason: '前面是两面，后面只有一面',
  },
  {
    ...missing,
    severity: 'warning',
    pattern:
      /(?:^|[，。；])(以(?![及上下后来前内外至])[^，。；以为作是]{3,24}(?:契机|抓手|主线|依托|导向|牵引|突破口|着力点|落脚点|目标))(?=，)/g,
    reason: '“以……”后缺“为”',
  },
  {
    ...missing,
    severity: 'warning',
    pattern:
      /(?:加强|强化|加大|深化|完善)对(?![照标口接])[^，。；、的]{3,20}(?<!的)(管理|监督|指导|监管|考核|整治|培训|教育)(?=[，。；]|力度)/g,
    right: (m) => `的${m[1]}`,
    safe: false,
    reason: '“对……”后缺“的”',
  },
  {
    ...missing,
    severity: 'warning',
    pattern:
      /(?:^|[，。；、])((?:把|将)(?![来要近军士会领])[^，。；、为作成在到列纳与和融入于出给上下至起进好实归当放变化向引转摆贯抓落用]{4,24}(?:重要|首要|核心|中心|基础性)(?:任务|工作|内容|位置|抓手|职责))(?=[，。；])/g,
    reason: '“把……”后缺“作为”一类的动词',
  },
  {
    ...missing,
    severity: 'warning',
    pattern: /(?:^|[，。；])(为了?[^，。；]{3,20}提供(?:了)?(?:坚强|有力|坚实|良好|可靠)(?:的)?)(?=[，。；])/g,
    reason: '“提供”后缺宾语',
  },
  {
    ...missing,
    severity: 'warning',
    pattern: /(?:发挥|起到|起着)(?:了)?[^，。；、作]{2,20}(?:积极|重要|示范|引领|带头|带动|桥梁|纽带|主体|核心)(?:的)?(?=[，。；])/g,
    reason: '“发挥”“起到”后缺“作用”',
  },
  {
    ...missing,
    severity: 'warning',
    pattern: /(?:取得|收到)(?:了)?(?:良好|显著|明显|积极|较好|丰硕|重大|阶段性)的?(?=[，。；])/g,
    reason: '“取得”后缺“成效”“成绩”一类的宾语',
  },
  {
    ...missing,
    severity: 'warning',
    pattern: /(?:具有|有着)(?:十分|非常|极其)?(?:重要|重大|深远|积极)的?(?:现实|历史|战略)?(?=[，。；])/g,
    reason: '“具有”后缺“意义”一类的宾语',
  },
  { ...missing, severity: 'warning', pattern: /同比(?:增长|下降)(?:了)?(?=[，。；])/g, reason: '“同比增长”后缺数字' },
  { ...missing, severity: 'error', pattern: /[，；。、](?:[和与及并](?=[，。；、]))/g, reason: '连词后缺成分' },
  {
    message: 'particle',
    source: 'usage',
    severity: 'error',
    pattern: /(?<=\p{Script=Han})(?:[，。；])?(?:等等)等|等等等/gu,
    right: '等',
    safe: false,
    reason: '“等”重复',
  },
  {
    message: 'colon-twice',
    source: 'gbt-15834',
    severity: 'hint',
    pattern: /：[^。；：！？\v“”《》（）]{2,40}(：)[^。\v]/g,
    reason: '一句里不宜套用两个冒号',
  },
  {
    message: 'number-word',
    source: 'gbt-15835',
    severity: 'warning',
    pattern: /(?:增长|下降|提高|降低|上升|回落|提升)(?:了)?\d+(?:\.\d+)?个(?=[，。；、])/g,
    reason: '“个”后缺“百分点”',
  },
  {
    message: 'number-word',
    source: 'gbt-15835',
    severity: 'warning',
    pattern:
      /(?:率|占比|比重|比例|覆盖面)(?:同比|将|预计|已|再|又|比上年|较上年|累计|平均|分别|上年)?(?:提高|上升|下降|增加|降低|回落)(?:了)?\d+(?:\.\d+)?[%％](?=[，。；、])/g,
    reason: '百分率相减得百分点，写“提高×个百分点”',
  },
  {
    message: 'number-word',
    source: 'gbt-15835',
    severity: 'error',
    pattern: /占[^，。；、]{0,14}\d+(?:\.\d+)?(个百分点)(?=[，。；、])/g,
    right: '%',
    reason: '占比用百分数，升降的差才用百分点',
  },
  {
    message: 'term',
    source: 'usage',
    severity: 'error',
    pattern:
      /(?:现|均|都|业|早|目前|皆|全部|基本|现在|当前|日前|也)(以)(?=(?:达成|完成|建成|形成|投入|签订|开工|投产|竣工|落实|整改|超过|突破|达到|实现|取得|进入|启动|全部|基本|初步|成为|列入|纳入|下发|印发|上报|解决|办结|结束|经))/g,
    right: '已',
    reason: '“已”是已经，“以”是用',
  },
  {
    message: 'term',
    source: 'usage',
    severity: 'error',
    pattern: /(在)(?=(?:次(?!于)[^数生]|创佳绩|创新高|上新台阶|立新功|接再[厉励]|掀高潮|添新))/g,
    right: '再',
    reason: '“再”是又一次',
  },
  {
    message: 'term',
    source: 'usage',
    severity: 'error',
    pattern: /(?:决不|绝不|不|永不|不得)(在)(?=(?:发生|出现|增加|重复|受理|保留|执行|审批|收取|适用|列入|安排|享受)(?!地|于))/g,
    right: '再',
    reason: '“再”是又一次',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /(?<![原起])因(?![此而地人材公素])[^，。；]{2,24}原因，(?:造成|导致|致使)/g,
    reason: '“因……原因”与“造成”混在一起，没有主语',
  },
  {
    ...mixed,
    severity: 'warning',
    pattern: /由于[^，。；]{2,30}，(?:造成|导致|致使|使得?)(?=[^，。；]{2})/g,
    reason: '“由于”开头又用“导致”，没有主语',
  },
  {
    message: 'number-word',
    source: 'usage',
    severity: 'error',
    pattern: /(?:减少|下降|降低)(?:到|至)?(?:原来的)?\d+(?:\.\d+)?倍/g,
    reason: '减少不能用倍数',
  },
  {
    ...mixed,
    severity: 'error',
    pattern: /(?:按照|本着|根据|依照)[^，。；]{2,30}的?(?:原则|精神|要求|思路)(为)(?:指导|依据|目标|遵循|导向)/g,
    reason: '“按照……”与“以……为指导”混在一起',
  },
  {
    message: 'list-comma-clause',
    source: 'gbt-15834',
    severity: 'warning',
    pattern: /\d(?:处|个|户|人|名|家|次|项|座|件|条|起|亿元|万元|[%％])(、)(?=已|并|实现|同比|增长|下降|较上|比上|占|得到|共有|累计)/g,
    right: '，',
    reason: '顿号用在并列词语之间，分句之间用逗号',
  },
];
