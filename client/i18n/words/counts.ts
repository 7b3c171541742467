/** Words about how much is written. */
export const zhCN = {
  counts: {
    label: '字数',
    chapter_other: '本章 {{count, figure}} 字',
    report_other: '全文 {{count, figure}} 字',
    selected_other: '已选 {{count, figure}} 字',
    again: '再按一次 Ctrl+A 选中全文',
    /** One line each: how the figure is counted, and the figure. */
    characters: '计标点：{{n, figure}} 字（不计空格，机关通行的字数）',
    withoutPunctuation: '不计标点：{{n, figure}} 字',
    words: 'Word、WPS 的「字数」：{{n, figure}}（一个英文单词或一串数字算 1）',
    ofSelection: '选中的文字',
    ofChapter: '本章正文',
    ofReport: '全文，含标题，不含自动编号',
  },
};

export const en = {
  counts: {
    label: 'Length',
    chapter_other: 'Chapter {{count, figure}} char.',
    chapter_one: 'Chapter {{count, figure}} char.',
    report_other: 'Report {{count, figure}} char.',
    report_one: 'Report {{count, figure}} char.',
    selected_other: 'Selected {{count, figure}} char.',
    selected_one: 'Selected {{count, figure}} char.',
    again: 'Ctrl+A once more selects the whole report',
    characters: 'With punctuation: {{n, figure}} (spaces not counted; the figure that offices use)',
    withoutPunctuation: 'Without punctuation: {{n, figure}}',
    words: 'Word and WPS “words”: {{n, figure}} (an English word or a run of digits counts as 1)',
    ofSelection: 'The selected text',
    ofChapter: 'The text of this chapter',
    ofReport: 'The whole report with its headings, without their numbers',
  },
};
