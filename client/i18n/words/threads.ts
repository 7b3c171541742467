/** 批注: what people say about the text, and what became of it. */
export const zhCN = {
  errors: {
    'no-such-thread': '这条批注已经撤回。',
    'no-such-comment': '这句话已经撤回。',
    'comment-not-yours': '只有写的人能改或撤回自己的话。',
    'comment-bad-text': '批注要写 1 到 10000 字，理由不超过 1000 字。',
    'comment-bad-mention': '点名的人不在这份报告里，请重新选。',
    'thread-closed': '这条批注已经了结。请先重新打开。',
    'thread-full': '这里写不下了，请另起一条批注。',
    'thread-reason': '部分采纳、未采纳须写理由。',
    'thread-nothing': '您还没有改动那里的文字。',
  },
};

export const en = {
  errors: {
    'no-such-thread': 'This comment was taken back.',
    'no-such-comment': 'These words were taken back.',
    'comment-not-yours': 'Only who wrote them can change or take back words.',
    'comment-bad-text': 'A comment has 1 to 10,000 characters, a reason up to 1,000.',
    'comment-bad-mention': 'Somebody named does not belong to this report. Choose again.',
    'thread-closed': 'This comment is closed. Open it again first.',
    'thread-full': 'There is no room here for more. Start a new comment.',
    'thread-reason': 'Partly adopted and declined ask for a reason.',
    'thread-nothing': 'You have not changed anything there yet.',
  },
};
