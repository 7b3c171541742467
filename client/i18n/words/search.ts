/** Words of searching. */
export const zhCN = {
  errors: { 'search-query': '请输入 2 到 64 个字。' },
};

export const en = {
  errors: { 'search-query': 'Search for 2 to 64 characters.' },
};
