/** Words of the particulars form (发文稿纸). */
export const zhCN = {
  errors: {
    'particulars-bad': '有几项还要改，见各项旁边的说明。',
    'particulars-clash': '别人刚刚改过同一项，请看过再存。',
  },
};

export const en = {
  errors: {
    'particulars-bad': 'Some fields cannot stand like this; see beside each.',
    'particulars-clash': 'Somebody changed the same field a moment ago. Look before you save.',
  },
};
