import { expect, test } from 'vitest';
import { usualNames } from '../../../shared/revisions/usual-names.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));

test('[RV4] the usual names are offered that the report has not given yet, and the next 修改稿 in its place', () => {
  expect(usualNames([])).toEqual(['初稿', '征求意见稿', '修改稿一', '送审稿', '会签稿', '签发稿']);
  expect(usualNames(named('征求意见稿', '修改稿一', '修改稿二'))).toEqual(['初稿', '修改稿三', '送审稿', '会签稿', '签发稿']);
  expect(usualNames(named('初稿', '征求意见稿', '送审稿', '会签稿', '签发稿'))).toEqual(['修改稿一']);
  const many = Array.from({ length: 20 }, (_, index) =>
    usualNames([])[2]!.replace(
      '一',
      [
        '一',
        '二',
        '三',
        '四',
        '五',
        '六',
        '七',
        '八',
        '九',
        '十',
        '十一',
        '十二',
        '十三',
        '十四',
        '十五',
        '十六',
        '十七',
        '十八',
        '十九',
        '二十',
      ][index]!,
    ),
  );
  expect(usualNames(named(...many))).toContain('修改稿二十一');
});
