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
