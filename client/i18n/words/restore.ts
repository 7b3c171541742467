/** Words about bringing text back and about named revisions' refusals. */
export const zhCN = {
  errors: {
    'revision-bad-name': '名称写在一行里，1 到 40 个字；说明最多 400 个字。',
    'revision-bad-point': '这份报告没有那一笔，不能给它起名。',
    'revision-name-taken': '这份报告已有同名的稿次，请换一个名称。',
    'revision-clash': '别人刚刚给它改过名。',
    'no-such-revision': '这个稿次的名称已经撤销。',
    'restore-moved': '这里刚刚又有改动。请看过最新的再恢复。',
    'restore-nothing': '现在的文字和那时一样，没有可恢复的。',
    'restore-no-such-text': '那时没有这段文字。',
  },
};

export const en = {
  errors: {
    'revision-bad-name': 'A name is one line of 1 to 40 characters, a note at most 400.',
    'revision-bad-point': 'The report has no such entry to name.',
    'revision-name-taken': 'Another revision of this report has this name. Choose another.',
    'revision-clash': 'Somebody renamed it a moment ago.',
    'no-such-revision': 'This revision name was withdrawn.',
    'restore-moved': 'Something changed here a moment ago. Look at the newest before you restore.',
    'restore-nothing': 'The text is the same as then. There is nothing to restore.',
    'restore-no-such-text': 'This text was not there then.',
  },
};
