/** Words about author colours in the live text. */
export const zhCN = {
  switch: '作者颜色',
  show: '用颜色标出每段文字是谁写的',
  hide: '不再标出作者',
  written: '{{name}} · {{when}}',
  moved: '{{written}}　由 {{name}} 移动 · {{when}}',
  restored: '{{written}}　由 {{name}} 恢复 · {{when}}',
};

export const en = {
  switch: 'Author colours',
  show: 'Show in colour who wrote each piece of text',
  hide: 'Show authors no more',
  written: '{{name}} · {{when}}',
  moved: '{{written}}, moved by {{name}} · {{when}}',
  restored: '{{written}}, brought back by {{name}} · {{when}}',
};
