/** Kinds of document that a title names at its end; used to see where a title ends. */
const KINDS =
  '报告|通知|通报|总结|意见|办法|规定|方案|讲话|请示|批复|纪要|决定|决议|细则|条例|规则|章程|制度|公告|通告|复函|函|要点|发言|汇报|提纲|说明|计划|规划|预案|建议|清单|指南|综述|简报';

const ENDS_TITLE = new RegExp(`(?:${KINDS})(?:[（(][^（()）]{1,12}[）)])?$`);
const TITLE_HEAD =
  /^.{4,60}?(?:的报告|的通知|的意见|的请示|的决定|的情况说明|工作总结|工作报告|调研报告|自查报告|述职报告|工作方案|工作要点)/;

/** Does a line end as titles do: 「…的报告」, 「…办法（试行）」? */
export function endsLikeTitle(text: string): boolean {
  return ENDS_TITLE.test(text.replace(/\s/g, ''));
}

/** Length of the title at the head of a text without line ends, or 0 when no kind of document ends one there. */
export function titleHeadLength(text: string): number {
  const head = TITLE_HEAD.exec(text)?.[0] ?? '';
  const next = text.slice(head.length, head.length + 1);
  // 「…的报告》」, 「…的报告和…」: still inside a name or a list. A sentence before it: no title.
  return head === '' || /[》”』」的和与、，,及等]/.test(next) || /[。；;！？]/.test(head) ? 0 : head.length;
}
