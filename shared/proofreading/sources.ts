/**
 * Where rules come from. Names for people: client/i18n/words/proofreading.ts.
 * `usage` = general usage as dictionaries describe it (《现代汉语词典》, 《现代汉语规范词典》); `house` = the office's own table.
 */
export const SOURCES = [
  'gbt-15834', // 标点符号用法
  'gbt-15835', // 出版物上数字用法
  'gbt-9704', // 党政机关公文格式
  'gongwen-2012', // 党政机关公文处理工作条例
  'gf-1001', // 第一批异形词整理表
  'tongyong-2013', // 通用规范汉字表
  'usage', // 现代汉语词典、规范词典
  'grammar', // 现代汉语语法
  'party-terms', // 党章、党内法规和重要文献的固定表述
  'law-terms', // 宪法、法律和机构编制中的名称
  'units-law', // 国务院关于在我国统一实行法定计量单位的命令
  'calendar',
  'consistency', // GB/T 15835 §4.3, 全篇一致
  'house',
] as const;

export type SourceId = (typeof SOURCES)[number];
