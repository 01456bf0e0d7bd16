export const signin = {
  title: '登录',
  welcome: '政策找人，一座桥',
  lead: '把该享未享的家庭，送到您手边：差哪一项、依据哪一条、下一步问什么。',
  username: '账号',
  password: '密码',
  submit: '登录',
  usernameNeeded: '请填账号',
  passwordNeeded: '请填密码',
  picture: '青浦放生桥五孔倒影的线描',
  demo: {
    title: '演示账号',
    body: '点一下，账号和口令就填好了。',
  },
  errors: {
    wrong: '账号或密码不对。请再看一遍大小写。',
    locked: '连续输错次数太多，账号已暂时锁定。请 15 分钟后再试，或找安全管理员解锁。',
    offline: '连不上服务器。请检查网络，或请管理员看看服务是否开着。',
    other: '没有登录成功。{{detail}}',
  },
}
