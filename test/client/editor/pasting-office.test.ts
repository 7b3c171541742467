// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { leftOutOf } from '../../../client/editor/paste/remains.ts';
import { pasted } from './pasted.ts';

/** The frame of Word's clipboard: declarations, settings in a conditional comment, and the copied part between two marks. */
const word = (body: string): string => `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="http://schemas.microsoft.com/office/2004/12/omml" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<link rel=File-List href="file:///C:/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:16.0pt; font-family:仿宋_GB2312;} @page WordSection1 {size:595.3pt 841.9pt;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'><!--StartFragment-->${body}<!--EndFragment--></body></html>`;

const wordItem = (level: number, number: string, words: string, font = ''): string => `
<p class=MsoListParagraph style='margin-left:${21 * level}.0pt;text-indent:-21.0pt;mso-char-indent-count:0;mso-list:l0 level${level} lfo1'><![if !supportLists]><span
lang=EN-US style='${font}'><span style='mso-list:Ignore'>${number}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
style='font-family:仿宋_GB2312'>${words}<span lang=EN-US><o:p></o:p></span></span></p>`;

describe('pasting from Word', () => {
  it('[PS1] keeps words, bold and centring, and none of the styles, classes, settings and marks around them', () => {
    expect(
      pasted(
        word(`<p class=MsoNormal align=center style='text-align:center;line-height:28.0pt;mso-line-height-rule:exactly'><a name="OLE_LINK1"></a><b
style='mso-bidi-font-weight:normal'><span style='font-size:22.0pt;font-family:方正小标宋简体'>关于防汛工作的报告<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal style='text-align:justify;text-justify:inter-ideograph;text-indent:32.0pt;mso-char-indent-count:2.0'><span
style='font-size:16.0pt;mso-bidi-font-size:11.0pt'>全年开展演练</span><span lang=EN-US style='font-size:16.0pt'>**</span><span style='font-size:
16.0pt'>次。</span></p>`),
      ),
    ).toEqual(['p center: [b 关于防汛工作的报告]', 'p: 全年开展演练**次。']);
  });

  it('[PS1] an alignment that every paragraph has by itself is not kept', () => {
    expect(
      pasted(`<p style="text-align:justify">甲</p><p style='text-align:left'>乙</p><p align=right>丙</p><center>丁</center>
        <div style="text-align:center"><p style="text-align:left">戊</p></div>`),
    ).toEqual(['p: 甲', 'p: 乙', 'p right: 丙', 'p center: 丁', 'p: 戊']);
  });

  it('[PS2] lists become lists, by level and kind, without the number that stands in the text', () => {
    expect(
      pasted(
        word(
          wordItem(1, '1.', '排查隐患') +
            wordItem(2, 'a)', '山塘') +
            wordItem(1, '2、', '备足物资') +
            wordItem(1, 'l', '编织袋', 'font-family:Wingdings') +
            wordItem(2, 'o', '沙石', 'font-family:"Courier New"') +
            wordItem(3, '·', '块石', 'font-family:Symbol'),
        ),
      ),
    ).toEqual(['ordered:0: 排查隐患', 'ordered:1: 山塘', 'ordered:0: 备足物资', 'bullet:0: 编织袋', 'bullet:1: 沙石', 'bullet:2: 块石']);
  });

  it('[PS2] numbers that a list of ours does not show stay as words', () => {
    expect(
      pasted(word(wordItem(1, '一、', '总体要求') + wordItem(1, '（二）', '备足物资') + wordItem(1, '第三条', '本办法自印发之日起施行。'))),
    ).toEqual(['p: 一、总体要求', 'p: （二）备足物资', 'p: 第三条 本办法自印发之日起施行。']);
    expect(pasted(word(wordItem(2, '1.1', '范围') + wordItem(1, '①', '甲')))).toEqual(['p: 1.1 范围', 'p: ①甲']);
  });

  it('[PS2] real lists that carry the style too have their kind from the list', () => {
    expect(
      pasted(
        `<ol style='margin-top:0cm' start=1 type=1><li class=MsoNormal style='mso-list:l1 level1 lfo2'>甲<o:p></o:p></li><ul type=circle><li class=MsoNormal style='mso-list:l1 level2 lfo2'>乙</li></ul></ol>`,
      ),
    ).toEqual(['ordered:0: 甲', 'bullet:1: 乙']);
    expect(pasted(`<p class=MsoListParagraph style='margin-left:18pt;mso-list:none'>没有编号</p>`)).toEqual(['p: 没有编号']);
  });

  it('[PS2] a heading numbered by the program keeps its number as words', () => {
    const number = (sign: string) =>
      `<![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>`;
    expect(pasted(`<h3 style='mso-list:l0 level3 lfo1'>${number('1.')}<b>夯实基础</b></h3><h2>${number('2.1')}范围</h2>`)).toEqual([
      'h3: 1.夯实基础',
      'h3: 2.1 范围',
    ]);
  });

  it('[PS3] of tracked changes the words as they would stand are taken', () => {
    expect(
      pasted(
        word(`<p class=MsoNormal>全年<del cite="mailto:%E7%8E%8B" datetime="2025-11-03T09:20"><span lang=EN-US>3</span></del><ins cite="mailto:%E7%8E%8B"
datetime="2025-11-03T09:20"><span lang=EN-US>5</span></ins>次<span class=msoDel><del>以上</del></span><span class=msoDel>左右</span><span class=msoIns><ins>演练</ins></span>。</p>`),
      ),
    ).toEqual(['p: 全年5次演练。']);
  });

  it("[PS3] reviewers' notes stay behind with their marks, and the words they are about do not", () => {
    const noted =
      word(`<p class=MsoNormal><span style='mso-comment-continuation:1'>力争</span><a style='mso-comment-reference:王_1;mso-comment-date:20251103T0920'>走在前列</a><span
class=MsoCommentReference><span lang=EN-US style='font-size:10.5pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" onmouseover="msoCommentShow('_anchor_1','_com_1')"
href="#_msocom_1" language=JavaScript name="_msoanchor_1">[王1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span>。</p>
<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff align=left size=1 width="33%"><![endif]>
<div style='mso-element:comment'><div id="_com_1" class=msocomtxt language=JavaScript><span style='mso-comment-author:王'></span>
<p class=MsoCommentText>缺少依据</p></div></div></div>`);
    expect(pasted(noted)).toEqual(['p: 力争走在前列。']);
    expect(leftOutOf(new DOMParser().parseFromString(noted, 'text/html'))).toEqual({ images: 0, notes: 1 });
  });

  it('[PS3] footnotes keep their words', () => {
    expect(
      pasted(`<p class=MsoNormal>口径见注<a style='mso-footnote-id:ftn1' href="#_ftn1"><span class=MsoFootnoteReference><span style='mso-special-character:
footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a>。</p><div style='mso-element:footnote-list'><br clear=all><hr align=left size=1>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>[1] 含临时工。</p></div></div>`).filter((line) => line !== 'p: '),
    ).toEqual(['p: 口径见注[1]。', 'p: [1] 含临时工。']);
  });

  it('[PS4] pictures stay behind, are counted once, and take no word along', () => {
    const picture =
      word(`<p class=MsoNormal>见图：<!--[if gte vml 1]><v:shape id="_x0000_i1025" type="#_x0000_t75" style='width:100pt'><v:imagedata
src="file:///C:/clip_image001.png" o:title=""/></v:shape><![endif]--><![if !vml]><img width=133 height=80 src="file:///C:/clip_image001.png" v:shapes="_x0000_i1025"><![endif]>如上。</p>`);
    expect(pasted(picture)).toEqual(['p: 见图：如上。']);
    expect(leftOutOf(new DOMParser().parseFromString(picture, 'text/html'))).toEqual({ images: 1, notes: 0 });
  });

  it('[PS1] tabs, page ends and smart tags leave their words', () => {
    expect(
      pasted(`<p class=MsoNormal>甲<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>乙<st1:chsdate w:st="on" Year="2025">2025年</st1:chsdate><w:Sdt Title="x">丙</w:Sdt></p>
<span lang=EN-US><br clear=all style='page-break-before:always'></span><p class=MsoNormal>丁</p>`),
    ).toEqual(['p: 甲　乙2025年丙', 'p: 丁']);
  });
});

describe('pasting from WPS', () => {
  const wps = (words: string, style = ''): string =>
    `<p class=MsoNormal style="text-indent:32.0000pt;mso-char-indent-count:2.0000;text-autospace:ideograph-numeric;${style}"><span style="mso-spacerun:'yes';font-family:仿宋_GB2312;mso-hansi-font-family:'Times New Roman';font-size:16.0000pt;mso-font-kerning:1.0000pt;"><font face="仿宋_GB2312">${words}</font></span><span style="mso-spacerun:'yes';font-family:仿宋_GB2312;font-size:16.0000pt;"><o:p></o:p></span></p>`;

  it('[PS1] keeps the words of its spans and fonts, and drops settings that stand outside of comments', () => {
    expect(
      pasted(
        `<xml><w:WordDocument><w:View>Normal</w:View><w:LsdException Locked="false" Name="Normal"></w:LsdException></w:WordDocument></xml><o:DocumentProperties><o:Pages>3</o:Pages></o:DocumentProperties>${wps('　　全年开展演练')}${wps('<b>二、</b>', 'text-align:center;')}`,
      ),
    ).toEqual(['p: 全年开展演练', 'p center: [b 二、]']);
  });

  it('[PS2] a list item without the list style is known by its number', () => {
    const item = (sign: string, words: string) =>
      `<p class=MsoNormal style="margin-left:21.0000pt;"><![if !supportLists]><span style="font-family:Wingdings;font-size:11.0000pt;"><span style='mso-list:Ignore;'>${sign}<span>&nbsp;</span></span></span><![endif]><span style="font-size:16.0000pt;">${words}</span></p>`;
    const bare = `<p class=24><![if !supportLists]><span style="font-size:16.0000pt;">2.<span>&nbsp;</span></span><![endif]><span>演练</span></p>`;
    expect(pasted(`<div>${item('l', '物资')}${item('1.', '排查')}${bare}${item('（一）', '责任')}</div>`)).toEqual([
      'bullet:0: 物资',
      'ordered:0: 排查',
      'ordered:0: 演练',
      'p: （一）责任',
    ]);
  });

  it('[PS5] a table row is a line', () => {
    expect(
      pasted(`<table class=MsoNormalTable style="border-collapse:collapse;"><tbody><tr style="height:27.2500pt;"><td width=107 valign=top>${wps('项目')}</td><td>${wps('完成')}</td></tr>
        <tr><td>${wps('演练')}</td><td>${wps('**次')}</td></tr></tbody></table>`),
    ).toEqual(['p: 项目　完成', 'p: 演练　**次']);
  });
});

describe('pasting from web pages', () => {
  it('[PS5] two line breaks, or one before a hand-made indent, end a paragraph; one alone stays', () => {
    expect(pasted('<div>　　第一段。<br>　　第二段。<br><br>第三段。<br>还是第三段。</div>')).toEqual([
      'p: 第一段。',
      'p: 第二段。',
      'p: 第三段。⏎还是第三段。',
    ]);
    expect(pasted('<div>&nbsp;&nbsp;&nbsp;&nbsp;甲。<br>&nbsp;&nbsp;&nbsp;&nbsp;乙。</div>')).toEqual(['p: 甲。', 'p: 乙。']);
  });

  it('[PS5] nested divisions are paragraphs, weights are bold, links are their words', () => {
    expect(
      pasted(
        `<div class="content"><div><div style="text-indent:2em"><span style="font-weight:600">要点：</span><span style="font-weight:400">已完成</span><a href="https://example.org/a?x=1" target="_blank">详情</a></div></div><section><p>&nbsp;&nbsp;乙<span style="font-size:0">抄袭必究</span><span hidden>丙</span></p></section></div>`,
      ),
    ).toEqual(['p: [b 要点：]已完成详情', 'p: 乙']);
  });

  it('[PS5] a table that only frames a page does not run its paragraphs together', () => {
    expect(pasted('<table width=100%><tr><td><p>甲</p><p>乙</p><ul><li>丙</li></ul></td></tr></table>')).toEqual([
      'p: 甲',
      'p: 乙',
      'bullet:0: 丙',
    ]);
  });

  it('[PS6] unseen characters are taken out, and an emoji of several parts is not torn', () => {
    expect(pasted('<p>\u202b同比\u200b增长\u00ad**\ufeff％\u202c\u200e，\ue00a公\u2060笔👩\u200d💻</p>')).toEqual([
      'p: 同比增长**％，公笔👩\u200d💻',
    ]);
  });

  it('[PS4] a counter of one pixel is no picture', () => {
    const page = new DOMParser().parseFromString(
      '<p>甲<img src="a.png"><img width="1" height="1" src="t.gif"><svg><path/></svg></p>',
      'text/html',
    );
    expect(leftOutOf(page)).toEqual({ images: 2, notes: 0 });
  });
});
