/** Openings of a paragraph that sums up what stands above it. */
const SUMS_UP =
  /^(?:总的来?[看说]|总体来?看|总之|综上|综合来看|综观|以上(?:成绩|工作|问题)|在(?:看到|肯定|取得)(?:成绩|成效).{0,10}同时|尽管|但|与此同时|同时，?.{0,8}(?:看到|存在)|存在的?(?:主要)?(?:问题|差距|不足))/;
/** Openings that look back on the whole time reported on; by itself no proof of a closing paragraph. */
const LOOKS_BACK = /^(?:[*\d]{2,4}年度?[，,]|一年来|全年|今年以来|过去的?一年|[三五几]年来|上半年|下半年|截至|回顾)/;

/** Does a paragraph open by summing up: 总的来看, 但也存在 …? */
export function sumsUp(text: string): boolean {
  return SUMS_UP.test(text);
}

/** Does it open by looking back on the whole time: 2025年，…, 一年来 …? */
export function looksBack(text: string): boolean {
  return LOOKS_BACK.test(text);
}

/** Words that hardly ever follow another sentence within a paragraph. */
const OPENS_PARAGRAPH = /^(?:[*\d]{2,4}年度?[，,]|总的来[看说]|总体来?看|综上所述)/;

/** Would a line that begins so open a paragraph, when nothing else tells? */
export function opensParagraph(text: string): boolean {
  return OPENS_PARAGRAPH.test(text);
}
