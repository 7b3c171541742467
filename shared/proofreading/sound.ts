import { SOUNDS } from './tables/sounds.ts';

/** Syllables as input methods confuse them: 平翘舌 and 前后鼻音 are one. */
const loose = (syllable: string): string => syllable.replace(/^([zcs])h/, '$1').replace(/(en|in)g$/, '$1');

let syllables: ReadonlyMap<string, readonly string[]> | null = null;

function table(): ReadonlyMap<string, readonly string[]> {
  if (syllables !== null) return syllables;
  const map = new Map<string, string[]>();
  for (const group of SOUNDS.trim().split(/\s+/)) {
    const [, syllable = '', letters = ''] = /^([a-z]+)(.+)$/u.exec(group) ?? [];
    for (const letter of letters) map.set(letter, [...(map.get(letter) ?? []), loose(syllable)]);
  }
  syllables = map;
  return map;
}

/** Characters that look alike, in rows; what a scanner, a wubi key or a tired eye mixes up. */
const LOOKS = (
  '己已巳 末未 戊戌戍 候侯 壁璧 拔拨 籍藉 即既 折拆析 享亨 土士 入人八 日曰 概慨 辨辩辫 贷货 官宫 暑署 赢羸 竞竟 梁粱 治冶 ' +
  '侍待 徒徙 陪赔 陡徒 驰弛 汆氽 券卷 祟崇 搏博膊 准淮 狠狼 抡抢 沧沦 伧伦 仓仑 幻幼 历厉 今令 大太犬 干千于 天夫无 刀力 ' +
  '王玉主 白自 目且 田由甲申 用甩 乌鸟 午牛 手毛 小少 木本术 厂广 住往 风凤 办为 处外 设没 技枝 拢扰 杨扬 场汤 请清情晴睛 ' +
  '堤提题 抱报 仪议义 消销 缴激邀 载栽裁 逐遂 遣遗 幕墓募慕 蓝篮 晴睛 孤弧 狐孤 喝渴竭揭 微徽 薄簿 磋嗟 燥躁噪澡 检捡俭 ' +
  '峻竣俊 梢稍捎 庭廷 绪诸 堵赌睹 绩积 帐账 密蜜 彻砌 冒昌 免兔 兑说 弊敝蔽 矛予 象像 州洲 偏编遍 渡度 廉兼 概溉 ' +
  '坚竖 措错 诫戒 授受 篮蓝 眯咪 隐稳 贫贪 官管 决诀抉 恳垦 埋理 哀衷衰 拴栓 掉悼 沛柿 肆肄 斡幹 赢嬴'
)
  .split(' ')
  .map((row) => [...row]);

let looks: ReadonlyMap<string, string> | null = null;

function lookTable(): ReadonlyMap<string, string> {
  if (looks !== null) return looks;
  const map = new Map<string, string>();
  for (const row of LOOKS) for (const letter of row) map.set(letter, (map.get(letter) ?? '') + row.join(''));
  looks = map;
  return map;
}

/** Could one be typed or read for the other? Same syllable (tone, 平翘舌, 前后鼻音 aside), or alike to the eye. */
export function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (lookTable().get(one)?.includes(other) === true) return true;
  const [left, right] = [table().get(one), table().get(other)];
  return left !== undefined && right !== undefined && left.some((syllable) => right.includes(syllable));
}
