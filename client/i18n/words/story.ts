/** Words about a paragraph's story. */
export const zhCN = {
  button: '身世',
  hint: '段落身世：光标所在段落的每一种旧写法',
  title: '段落身世：{{place}}',
  count_other: '共 {{count}} 种写法，新的在前',
  more: '更早的写法没有列出。',
  now: '现在',
  elsewhere: '当时在：{{place}}',
  empty: '（当时没有文字）',
  restore: '恢复这一版',
  unsent: '这一段还没有存到服务器，请稍后再看。',
};

export const en = {
  button: 'Story',
  hint: 'Every earlier wording of the paragraph at the caret',
  title: 'Story of a paragraph: {{place}}',
  count_one: '{{count}} wording',
  count_other: '{{count}} wordings, newest first',
  more: 'There are earlier wordings that are not listed.',
  now: 'Now',
  elsewhere: 'Stood in: {{place}}',
  empty: '(No text then)',
  restore: 'Restore this wording',
  unsent: 'This paragraph has not reached the server yet. Look again in a moment.',
};
