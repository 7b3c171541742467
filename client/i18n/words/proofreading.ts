/** Words about proofreading: what the office's table of fixed terms refuses. */
export const zhCN = {
  errors: {
    'term-bad': '这个词条写得不对：错误写法 2 到 40 个字，写法不能相同，须写明理由；例外要包含这个词。',
    'term-clash': '别人刚刚改过这个词条，请看过现在的内容再改。',
    'terms-full': '词表已满，请先删去不用的词条。',
    'no-such-term': '没有这个词条。',
  },
};

export const en: typeof zhCN = {
  errors: {
    'term-bad':
      'This term cannot stand: the wrong wording has 2 to 40 characters and differs from the right one, a reason is needed, exceptions contain the wording.',
    'term-clash': 'Somebody changed this term meanwhile. Look at it as it is now, then change it.',
    'terms-full': 'The table is full. Remove terms that are no longer needed.',
    'no-such-term': 'There is no such term.',
  },
};
