import type { ProblemKinds } from '../../platform/http/problem.ts'

export const staffProblems = {
  'wrong-password': {
    status: 401,
    title: '账号或口令不对',
    remedy: '请核对后重试；连续输错 5 次将锁定 15 分钟。',
  },
  'account-locked': {
    status: 423,
    title: '账号已锁定',
    remedy: '输错次数过多，请 15 分钟后再试，或联系安全管理员。',
  },
  'wrong-code': {
    status: 422,
    title: '动态码或恢复码不对',
    remedy: '每个码只能用一次；请等下一个动态码。连续输错 5 次将锁定 15 分钟。',
  },
  'sign-in-anew': {
    status: 401,
    title: '登录已超过 10 分钟',
    remedy: '请重新输入账号和口令。',
  },
  'second-factor-needed': {
    status: 409,
    title: '您的岗位必须使用动态码',
    remedy: '可以换一台手机重新绑定，不能关闭。',
  },
  'no-second-factor': { status: 409, title: '还没有绑定动态码', remedy: '请先绑定动态码。' },
  'own-account': {
    status: 409,
    title: '不能管理自己的账号',
    remedy: '自己的口令和动态码请在“账户与安全”中修改；其他事项由另一位安全管理员办理。',
  },
  'administrator-factor': {
    status: 409,
    title: '管理员的动态码不能由他人重置',
    remedy: '请运行服务器的人员使用 qiao staff reset 命令办理。',
  },
  'administrator-namesake': {
    status: 409,
    title: '三员须由专人担任',
    remedy: '已有同名的人员。管理员不能兼任其他岗位；如确是另一人，请在姓名后注明单位。',
  },
  'last-administrator': {
    status: 409,
    title: '这类管理员只剩这一位',
    remedy: '请先邀请接替的人，再停用。',
  },
  'username-taken': { status: 409, title: '已有这个账号', remedy: '请换一个账号名。' },
  'area-unfit': { status: 422, title: '岗位与区划不相称', remedy: '请选择与岗位同级的区划。' },
  'reason-needed': { status: 422, title: '请写明原因', remedy: '停用和恢复账号须写明原因。' },
  'nothing-to-do': {
    status: 409,
    title: '账号已经不是这个状态',
    remedy: '请刷新后再看。',
  },
  'no-sign-on': {
    status: 404,
    title: '没有设置统一身份认证',
    remedy: '请用账号和口令登录。',
  },
  'sign-on-failed': {
    status: 502,
    title: '统一身份认证没有完成',
    remedy: '请重新登录；仍不行请用账号和口令登录，并告诉系统管理员。',
  },
  'sign-on-unknown': {
    status: 403,
    title: '统一身份认证成功，但在本系统没有对应的账号',
    remedy: '请向安全管理员索取邀请，打开邀请后再用统一身份认证登录一次。',
  },
  'invitation-void': {
    status: 410,
    title: '邀请已失效',
    remedy: '邀请只能使用一次，7 天内有效。请向管理员索取新的邀请。',
  },
  'weak-password': {
    status: 422,
    title: '口令不符合要求',
    remedy: '至少 12 个字符，不含账号，也不是常用的或已泄露的口令。',
  },
  'old-password-wrong': {
    status: 422,
    title: '现在的口令不对',
    remedy: '请核对后重试；连续输错 5 次将锁定 15 分钟。',
  },
} as const satisfies ProblemKinds
