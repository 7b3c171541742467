// @vitest-environment jsdom
import { Fragment, type Node as LineNode } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { sliceFromText } from '../../../client/editor/paste/clipboard.ts';
import { htmlFromLines, ownMark, textFromLines } from '../../../client/editor/paste/html-from-lines.ts';
import { chapterSchema as schema } from '../../../shared/text/schema.ts';
import { pasted, shown } from './pasted.ts';

const text = (words: string, ...marks: string[]): LineNode =>
  schema.text(
    words,
    marks.map((mark) => schema.mark(mark)),
  );
const item = (list: 'bullet' | 'ordered', indent: number, words: string): LineNode =>
  schema.node('listLine', { list, indent }, [text(words)]);

describe('pasting lists', () => {
  it('flattens nested lists, the depth becoming the indent', () => {
    expect(pasted('<ul><li>一<ul><li>二<ol><li>三</li></ol></li></ul></li><li>四</li></ul>')).toEqual([
      'bullet:0: 一',
      'bullet:1: 二',
      'ordered:2: 三',
      'bullet:0: 四',
    ]);
  });

  it('reads items that hold paragraphs, as editors write them, once each', () => {
    expect(pasted('<ul>\n <li>\n  <p>一</p>\n </li>\n <li><p>二</p><ul><li><p>三</p></li></ul></li>\n</ul>')).toEqual([
      'bullet:0: 一',
      'bullet:0: 二',
      'bullet:1: 三',
    ]);
  });

  it('keeps a second paragraph of an item as a paragraph', () => {
    expect(pasted('<ol><li><p>一</p><p>又一段</p></li><li>二</li></ol>')).toEqual(['ordered:0: 一', 'p: 又一段', 'ordered:0: 二']);
  });

  it('reads the lists that Word and WPS write as paragraphs, and drops their numbers', () => {
    const word = (level: number, number: string, words: string): string =>
      `<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>${number}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${words}</p>`;
    expect(pasted(word(1, '1.', '一') + word(2, 'a)', '二') + word(1, '·', '三') + word(3, '（一）', '四'))).toEqual([
      'ordered:0: 一',
      'ordered:1: 二',
      'bullet:0: 三',
      // An ordered list of ours shows 1.: another form of number is kept as the words it was.
      'p: （一）四',
    ]);
  });
});

describe('pasting from Word, WPS and browsers', () => {
  it('keeps bold, italic, underline, alignment and line breaks, and nothing else of the style', () => {
    expect(
      pasted(
        `<p class=MsoNormal align=center style='text-align:center;color:red;font-family:仿宋'><b><span style='font-size:16.0pt'>标题</span></b></p>
         <p style="text-align:right">甲<i>乙</i><u>丙</u><br>丁<span style="font-weight:700;text-decoration:underline">戊</span></p>`,
      ),
    ).toEqual(['p center: [b 标题]', 'p right: 甲[i 乙][u 丙]⏎丁[b [u 戊]]']);
  });

  it('takes headings for the two levels that live in a chapter', () => {
    expect(pasted('<h1>一</h1><h3><b>二</b></h3><h4>三</h4><h6>四</h6>')).toEqual(['h3: 一', 'h3: 二', 'h4: 三', 'h4: 四']);
  });

  it('does not take a bold wrapper that says it is not bold for bold', () => {
    expect(
      pasted('<b style="font-weight:normal" id="docs-internal-guid"><p><span style="font-weight:400">甲</span><b>乙</b></p></b>'),
    ).toEqual(['p: 甲[b 乙]']);
  });

  it('drops scripts, styles, comments, hidden and deleted text, and keeps inserted text without a mark of its own', () => {
    expect(
      pasted(
        '<style>p{}</style><script>alert(1)</script><!--x--><p>甲<del>乙</del><ins>丙</ins><span style="mso-hide:all">丁</span><a href="javascript:alert(1)" onclick="x()">戊</a></p>',
      ),
    ).toEqual(['p: 甲丙戊']);
  });

  it('joins Chinese text that the source wraps, and keeps the space between words', () => {
    expect(pasted('<p>推进审批\n   改革，\nin\nfull</p>')).toEqual(['p: 推进审批改革， in full']);
  });

  it('takes hand-made indents and blank ends off, and keeps empty paragraphs', () => {
    expect(pasted('<p>　　甲&nbsp;</p><p><o:p>&nbsp;</o:p></p><div><br></div><p>乙<br></p>')).toEqual(['p: 甲', 'p: ', 'p: ', 'p: 乙']);
  });

  it('reads a table row as a line and loose text as a paragraph', () => {
    expect(pasted('前文<table><tr><td><p>甲</p></td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>后文')).toEqual([
      'p: 前文',
      'p: 甲　乙',
      'p: 丙　丁',
      'p: 后文',
    ]);
  });

  it('leaves masked figures alone and takes out what may not stand in a line', () => {
    expect(pasted(`<p>同比增长**％，**次\u2028甲\u0007乙\ud800</p>`)).toEqual(['p: 同比增长**％，**次甲乙']);
  });
});

describe('pasting plain text', () => {
  const lines = (words: string): string[] => {
    const { content } = sliceFromText(words, schema);
    return shown(content.content);
  };

  it('makes one paragraph of each line, whatever ends it', () => {
    expect(lines('一\r\n二\n三\r四\u2028五')).toEqual(['p: 一', 'p: 二', 'p: 三', 'p: 四', 'p: 五']);
  });

  it('keeps empty lines between and does not count the last line end', () => {
    expect(lines('一\n\n二\n')).toEqual(['p: 一', 'p: ', 'p: 二']);
  });

  it('reads no Markdown', () => {
    expect(lines('# 一\n**次\n- 二')).toEqual(['p: # 一', 'p: **次', 'p: - 二']);
  });

  it('can be set into the middle of a line: both ends are open', () => {
    const { openStart, openEnd } = sliceFromText('一\n二', schema);
    expect([openStart, openEnd]).toEqual([1, 1]);
  });
});

describe('copying', () => {
  const chapter = Fragment.from([
    schema.node('heading', { level: 4, align: 'center' }, [text('题')]),
    schema.node('paragraph', { align: 'justify' }, [
      text('甲'),
      text('乙', 'bold', 'underline'),
      schema.node('hardBreak'),
      text(' 丙  丁'),
    ]),
    item('ordered', 0, '一'),
    item('ordered', 2, '二'),
    item('bullet', 2, '三'),
    item('ordered', 0, '四'),
    schema.node('listLine', { list: 'bullet', indent: 1, align: 'right' }, [text('五')]),
    schema.node('paragraph'),
    item('bullet', 3, '六'),
    schema.node('unknownLine', { kind: 'callout' }, [text('　　七')]),
    schema.node('paragraph', null, [text('同比增长**％'), schema.node('hardBreak')]),
  ]);

  const copied = (): string => {
    const box = document.createElement('div');
    box.append(htmlFromLines(chapter, schema, document));
    return box.innerHTML;
  };

  it('nests list lines for other programs', () => {
    const box = document.createElement('div');
    box.append(
      htmlFromLines(Fragment.from([item('bullet', 0, '一'), item('ordered', 1, '二'), item('bullet', 0, '三')]), schema, document),
    );
    expect(box.innerHTML).toBe(`<ul ${ownMark}=""><li>一<ol><li>二</li></ol></li><li>三</li></ul>`);
  });

  it('comes back to the letter when pasted here again', () => {
    expect(pasted(copied())).toEqual(shown(chapter.content));
  });

  it('comes back with its lines, kinds and depths by way of a program that keeps only the markup', () => {
    const foreign = copied().replace(`${ownMark}=""`, '');
    const lines = pasted(foreign);
    expect(lines).toContain('ordered:2: 二');
    expect(lines).toContain('bullet:3: 六');
    expect(lines).toContain('h4 center: 题');
    expect(lines).toHaveLength(chapter.childCount);
  });

  it('writes plain text with numbers that run on over deeper lines', () => {
    expect(textFromLines(chapter).split('\n')).toEqual([
      '题',
      '甲乙',
      ' 丙  丁',
      '1. 一',
      '    1. 二',
      '    • 三',
      '2. 四',
      '  • 五',
      '',
      '      • 六',
      '　　七',
      '同比增长**％',
      '',
    ]);
  });
});

describe('pasting plain text made by hand', () => {
  it('[PS6] takes indents and unseen characters off', () => {
    const { content } = sliceFromText('　　甲\u200b乙\n    丙\n\t丁\n　戊\n己　庚', schema);
    expect(shown(content.content)).toEqual(['p: 甲乙', 'p: 丙', 'p: 丁', 'p: 　戊', 'p: 己　庚']);
  });
});
