/** Words about what changed since one last looked. */
export const zhCN = {
  bar: '上次看过之后的改动',
  changed_other: '你上次看过之后：{{count}} 段有改动',
  removed_other: '删去 {{count}} 段',
  removedOnly_other: '你上次看过之后：删去 {{count}} 段',
  join: '，',
  look: '看改动',
  nextHint: '到下一处没看过的改动（]；写字时 Alt+]）',
  previous: '上一处',
  previousHint: '到上一处没看过的改动（[；写字时 Alt+[）',
  compare: '对比着看',
  all: '全部标为看过',
  dot: '有没看过的改动',
};

export const en = {
  bar: 'Changes since you last looked',
  changed_one: 'Since you last looked: {{count}} paragraph changed',
  changed_other: 'Since you last looked: {{count}} paragraphs changed',
  removed_one: '{{count}} paragraph removed',
  removed_other: '{{count}} paragraphs removed',
  removedOnly_one: 'Since you last looked: {{count}} paragraph removed',
  removedOnly_other: 'Since you last looked: {{count}} paragraphs removed',
  join: ', ',
  look: 'Show changes',
  nextHint: 'To the next unread change (], or Alt+] while writing)',
  previous: 'Previous',
  previousHint: 'To the previous unread change ([, or Alt+[ while writing)',
  compare: 'Compare',
  all: 'Mark all as read',
  dot: 'Unread changes',
};
