/** Words about questions to the past that have no answer. */
export const zhCN = {
  errors: {
    'no-such-entry': '这份报告还没有那一笔。',
    'bad-range': '前一个时点不能晚于后一个。',
    'no-such-chapter': '这份报告没有过这一章。',
    'no-such-member': '这份报告没有过这位成员。',
    'no-such-text': '这一章里找不到那段文字。',
  },
};

export const en: typeof zhCN = {
  errors: {
    'no-such-entry': 'The report has no such entry yet.',
    'bad-range': 'The first point must not be later than the second.',
    'no-such-chapter': 'The report never had this chapter.',
    'no-such-member': 'The report never had this member.',
    'no-such-text': 'This text cannot be found in the chapter.',
  },
};
