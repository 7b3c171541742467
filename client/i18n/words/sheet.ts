/** Words about working over the whole sheet: all of it selected, one's own steps, pasting, going to somebody. */
export const zhCN = {
  whole: {
    label: '已选中全文',
    selected_other: '已选中全文 {{count, figure}} 字：标题、编号和每一章正文',
    copy: '复制全文',
    copied: '全文已复制，可以粘贴到 Word、WPS 或邮件里',
    opening_other: '还有 {{count, figure}} 章正在打开，打开后自动复制…',
    leave: '取消选择（Esc）',
    kept: '选中全文时，打字、删除、剪切和粘贴都不会改动报告。要改，请先点到要改的地方。',
    failed: '没能复制，请点「复制全文」再试一次。',
  },
  visit: {
    to: '去看{{name}}的光标',
    nowhere: '{{name}}打开了报告，光标现在不在正文里。',
    near: '{{name}}的光标现在不在正文里，先带您到打开的地方附近。',
    gone: '{{name}}刚刚离开了那里。',
  },
  paste: {
    images_other: '有 {{count, figure}} 幅图片没有贴入：正文现在只收文字。',
    notes_other: '有 {{count, figure}} 条批注没有贴入，批注所指的文字已贴入。',
  },
};

export const en = {
  whole: {
    label: 'The whole report is selected',
    selected_other: 'The whole report is selected, {{count, figure}} characters: title, numbers and the text of every chapter',
    selected_one: 'The whole report is selected, {{count, figure}} character: title, numbers and the text of every chapter',
    copy: 'Copy all',
    copied: 'The whole report is copied; paste it into Word, WPS or a message',
    opening_other: '{{count, figure}} chapters are opening; copied as soon as they are there…',
    opening_one: '{{count, figure}} chapter is opening; copied as soon as it is there…',
    leave: 'Select nothing (Esc)',
    kept: 'While the whole report is selected, typing, deleting, cutting and pasting change nothing. Click where you want to write.',
    failed: 'Not copied. Press “Copy all” once more.',
  },
  visit: {
    to: 'Go to the caret of {{name}}',
    nowhere: '{{name}} has the report open, without a caret in the text.',
    near: '{{name}} has no caret in the text now; this is about where they have the report open.',
    gone: '{{name}} has just left there.',
  },
  paste: {
    images_other: '{{count, figure}} pictures were not pasted: the text takes words only for now.',
    images_one: '{{count, figure}} picture was not pasted: the text takes words only for now.',
    notes_other: '{{count, figure}} comments were not pasted; the words they are about were.',
    notes_one: '{{count, figure}} comment was not pasted; the words it is about were.',
  },
};
