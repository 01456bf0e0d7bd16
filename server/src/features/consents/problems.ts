import type { ProblemKinds } from '../../platform/http/problem.ts'

export const consentProblems = {
  'matching-objected': {
    status: 409,
    title: '这户家庭不接受自动匹配',
    remedy: '已按本人意愿停止匹配，可以当面讲解政策；本人改变主意后，请在家庭页撤回登记。',
  },
  'consent-invalid': { status: 422, title: '填写的内容不对', remedy: '请按提示改正后再登记。' },
  'consent-needs-birth-date': {
    status: 422,
    title: '还不知道这位成员的出生日期',
    remedy: '是否满十四周岁决定由谁同意。请先登记出生日期，再登记同意。',
  },
  'consent-needs-guardian': {
    status: 422,
    title: '这位成员未满十四周岁',
    remedy: '须由监护人同意。请选择或填写监护人，写明与本人的关系。',
  },
  'objection-stands': {
    status: 409,
    title: '已经登记过',
    remedy: '同样的意愿仍然有效，不必再登记一次。',
  },
} as const satisfies ProblemKinds
