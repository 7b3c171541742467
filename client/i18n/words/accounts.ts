/** Words about accounts: signing in, invitations, one's own account, the people of the house. */
export const zhCN = {
  errors: {
    'link-void': '发出这个邀请的人已不能邀请人加入这份报告。请另要一个。',
    'not-for-new': '这个邀请只给已有账号的人。请先登录。',
    'already-member': '您已经是这份报告的成员。',
    'wrong-password': '登录名或密码不对。',
    suspended: '这个账号已停用。请找管理员。',
    'bad-name': '姓名写在一行里，1 到 60 个字。',
    'bad-login': '登录名用文字、字母或数字，可带 . _ - @ + ·，不能有空格，最多 64 个字。',
    'bad-password': '密码要 8 到 256 个字符。',
    'login-taken': '这个登录名已经有人用了，请换一个。',
    'last-admin': '公笔至少要有一位管理员，请先让别人也当管理员。',
  },
};

export const en = {
  errors: {
    'link-void': 'Whoever sent this invitation may no longer invite to that report. Ask for another.',
    'not-for-new': 'This invitation is for people who have an account. Sign in first.',
    'already-member': 'You belong to this report already.',
    'wrong-password': 'Name or password is not right.',
    suspended: 'This account is suspended. Ask an administrator.',
    'bad-name': 'A name is one line of 1 to 60 characters.',
    'bad-login': 'Letters, figures and . _ - @ + · only, no spaces, at most 64 characters.',
    'bad-password': 'A password has 8 to 256 characters.',
    'login-taken': 'Somebody else signs in with this name. Choose another.',
    'last-admin': 'Gongbi needs at least one administrator. Make somebody else one first.',
  },
};
