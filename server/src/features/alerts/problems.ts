import type { ProblemKinds } from '../../platform/http/problem.ts'

export const alertProblems = {
  'alert-settled': {
    status: 409,
    title: '这条告警不在待处理之列',
    remedy: '可能已由同事处理。请刷新后再看。',
  },
  'alert-own': {
    status: 409,
    title: '涉及本人账号的告警不能自己处理',
    remedy: '请由另一位安全管理员处理；审计管理员也能看到这条告警。',
  },
} as const satisfies ProblemKinds
