import type { ProblemKinds } from '../../platform/http/problem.ts'

export const consentProblems = {
  'matching-objected': {
    status: 409,
    title: '这户家庭不接受自动匹配',
    remedy: '已按本人意愿停止匹配，可以当面讲解政策；本人改变主意后，请在家庭页撤回登记。',
  },
  'consent-invalid': { status: 422, title: '填写的内容不对', remedy: '请按提示改正后再登记。' },
  'objection-stands': {
    status: 409,
    title: '已经登记过',
    remedy: '同样的意愿仍然有效，不必再登记一次。',
  },
} as const satisfies ProblemKinds
