/** Everything that takes no place on the manuscript grid: white space of every width, line ends, control characters, the byte-order mark. */
const UNCOUNTED = /[\s\p{Cc}\uFEFF]/gu;

/** The text without what takes no place: what counting, comparing and the proof of an import look at. */
export function withoutWhiteSpace(text: string): string {
  return text.replace(UNCOUNTED, '');
}

/**
 * 字数 as offices count it: every character with its punctuation, white space and line ends not
 * (the figure that word processors call 字符数（不计空格）, not their 字数, which takes an English word for one).
 * A character is a code point, so a rare ideograph outside the first plane counts once; a digit and a Latin letter count as one each.
 */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of withoutWhiteSpace(text)) count += 1;
  return count;
}

/** One text counted in the three ways that offices and word processors do. Of several texts the figures add up. */
export interface TextCount {
  /** 字数 with punctuation: countCharacters. */
  readonly characters: number;
  /** 不计标点: the same without the marks of GB/T 15834. Masks, ％ and the points within figures are no punctuation and count. */
  readonly withoutPunctuation: number;
  /** What Word and WPS show as 字数: each East Asian character and mark is one, and so is each run of anything else between spaces. */
  readonly words: number;
}

/** Punctuation by Unicode and the wave dash, but for signs that stand for words or figures. */
const PUNCTUATION = /(?![*＊%％‰‱&＆@＠#＃§†‡])[\p{P}～~]/gu;
/** The point of 3.5, the comma of 1,000 and the colon of 9:30 belong to their figure, masked or not. */
const WITHIN_FIGURE = /(?<=[\d０-９*＊])[.,:．：](?=[\d０-９*＊])/gu;
/** What word processors count one by one: ideographs, kana, hangul, full-width signs, and the quotation marks and dashes of Chinese text. */
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef\ufe10-\ufe1f\ufe30-\ufe4f“”‘’—…·]/gu;

export function countText(text: string): TextCount {
  const times = (sign: RegExp, where = text) => where.match(sign)?.length ?? 0;
  const characters = countCharacters(text);
  // Full-width spaces lie among the East Asian signs and are spaces all the same.
  const eastAsian = times(EAST_ASIAN) - times(/\u3000/g);
  return {
    characters,
    withoutPunctuation: characters - times(PUNCTUATION) + times(WITHIN_FIGURE),
    words: eastAsian + times(/[^\s\p{Cc}\uFEFF]+/gu, text.replace(EAST_ASIAN, ' ')),
  };
}

export const NO_TEXT: TextCount = { characters: 0, withoutPunctuation: 0, words: 0 };

export function addCounts(one: TextCount, other: TextCount): TextCount {
  return {
    characters: one.characters + other.characters,
    withoutPunctuation: one.withoutPunctuation + other.withoutPunctuation,
    words: one.words + other.words,
  };
}

/** A masked figure or name left to be filled in: `*`, `**`, `***`, `*.*`. */
export interface Blank {
  /** Place in the text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly kind: 'number' | 'name';
  /** 次, 亿元, ％ … where one follows; null for a name and for a bare number. */
  readonly unit: string | null;
}

export interface BlankCounts {
  readonly total: number;
  readonly numbers: number;
  readonly names: number;
}

const MASK = /\*+(?:\.\*+)?/g;
/** A line of nothing but asterisks is a rule drawn between paragraphs, not a blank. */
const RULE = /^[\s*]*$/;
/** How far around a mask a rule is looked for, in UTF-16 units. */
const RULE_REACH = 200;
/** How far around a mask its kind is looked for, in UTF-16 units. */
const REACH = 12;

/**
 * Units that make the mask before them a number, longest first. A unit that also begins common words carries the
 * words it must not begin: 「**名在职党员」 is a number, 「**名单」 is not.
 */
const UNIT = new RegExp(
  `^(?:多|余|几|来)?(${[
    '个百分点',
    '百分点',
    '平方公里',
    '平方千米',
    '平方米',
    '立方米',
    '(?:千|万|百万|千万|亿|万亿)?(?:元|吨|亩|户|千瓦时|千瓦|度)',
    '(?:万|亿)(?:人次|人|次|件|册|株|台|辆|套|平方米|立方米)?',
    '公里',
    '千米',
    '公斤',
    '千克',
    '公顷',
    '小时',
    '分钟',
    '季度',
    '人次',
    '个(?!人|体|别)',
    '名(?!为|称|单|义|优)',
    '次(?!日|年|要)',
    '起(?!草|步|点)',
    '条(?!例|件|款|约)',
    '家(?!庭|园|属|长|乡)',
    '项(?!目)',
    '件',
    '人(?!民|大|才|员|口|社|武|事|力|文)',
    '场(?!所|馆|镇|站)',
    '位(?!于|置)',
    '篇(?!章)',
    '份(?!额)',
    '期(?!间|货)',
    '批(?!发|评|复|准)',
    '类(?!型)',
    '套',
    '辆',
    '只(?!有|要|能)',
    '座(?!谈)',
    '处(?!长|理|室|级|置|罚|分)',
    '间(?!接)',
    '栋',
    '届',
    '岁',
    '年(?!度?会)',
    '月',
    '日(?!报|常|前)',
    '号',
    '天',
    '周(?!边|岁|刊)',
    '分(?!局|公司|管|会|校|行|院|部|别)',
    '倍',
    '米',
    '吨',
    '册',
    '株',
    '棵',
    '台(?!账|湾|州|办)',
    '支(?!部|队|行|委|持)',
    '轮(?!值|岗)',
    '页',
    '(?:课|学)时',
    '学位',
    '台次|台套',
    '盏',
    '部(?!门|队|长|分|位|委|署|级)',
    '张(?!某|家|庄)',
    '幅(?!度)',
    '幢',
    '块',
    '面(?!积|对|向|临)',
    '根(?!据|本)',
    '本(?!级|地|着|次|县|市|区|单)',
    '例(?!会|外|行)',
    '宗(?!旨|教)',
    '口(?!岸|碑|径)',
    '道(?!路|德)',
    '孔',
    '眼',
    '艘',
    '架(?!构)',
    '组(?!织|长|成|建)',
    '趟',
    '所(?!有|长|属|在)',
    '笔',
    '字',
    '封',
    '班(?!子|长|组)',
    '点(?!位)',
    '级',
    '层',
    '[％%‰℃]',
  ].join('|')})`,
);
/** Words after which a figure follows even without a unit. */
const BEFORE_NUMBER =
  /(?:增长|增加|增幅|下降|降低|降幅|减少|提高|提升|上升|回升|同比|环比|达|达到|突破|超|超过|约|近|共|共计|合计|总计|累计|排名第|位列第|第)(?:了|至|到|为)?$/;
/** 「**－**次」, 「**至**次」: the first end of a range has the unit of the second. */
const RANGE_END = /^(?:[-－—–~～至到]\s*)(\*+(?:\.\*+)?)/;
/** A figure of which some digits stand: 「1**人」, 「*.5」. */
const DIGIT_BEFORE = /[\d０-９][.,]?$/;
const DIGIT_AFTER = /^[.,]?[\d０-９]/;

/**
 * Masked figures in order of place. A blank is a number when a unit or ％ follows it, when it is part of a figure or a range, or when a word
 * that asks for a figure (增长, 同比, 达 …) stands before it; otherwise it is a name. The text itself is never changed (a mask is data, not Markdown).
 */
export function findBlanks(text: string): readonly Blank[] {
  const blanks: Blank[] = [];
  for (const match of text.matchAll(MASK)) {
    const offset = match.index;
    const length = match[0].length;
    if (isRule(text, offset, length)) continue;
    blanks.push({
      offset,
      length,
      ...kindOf(text.slice(Math.max(0, offset - REACH), offset), text.slice(offset + length, offset + length + REACH)),
    });
  }
  return blanks;
}

function isRule(text: string, offset: number, length: number): boolean {
  if (length < 3) return false;
  // Only a short line can be a rule; the bound keeps the search linear in a text of one long line.
  const before = text.slice(Math.max(0, offset - RULE_REACH), offset);
  const after = text.slice(offset + length, offset + length + RULE_REACH);
  return RULE.test(before.slice(before.lastIndexOf('\n') + 1)) && RULE.test(after.split('\n', 1)[0] ?? '');
}

function kindOf(before: string, after: string): { readonly kind: Blank['kind']; readonly unit: string | null } {
  const unit = UNIT.exec(after.trimStart())?.[1];
  if (unit !== undefined) return { kind: 'number', unit };
  const range = RANGE_END.exec(after);
  if (range !== null) {
    const far = UNIT.exec(after.slice(range[0].length).trimStart())?.[1];
    if (far !== undefined) return { kind: 'number', unit: far };
  }
  if (BEFORE_NUMBER.test(before) || DIGIT_BEFORE.test(before) || DIGIT_AFTER.test(after)) return { kind: 'number', unit: null };
  return { kind: 'name', unit: null };
}

/** How many blanks, and of which kind. */
export function countBlanks(text: string): BlankCounts {
  const blanks = findBlanks(text);
  const numbers = blanks.filter((blank) => blank.kind === 'number').length;
  return { total: blanks.length, numbers, names: blanks.length - numbers };
}
