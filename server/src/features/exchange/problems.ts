import type { ProblemKinds } from '../../platform/http/problem.ts'

export const exchangeProblems = {
  'no-such-source': {
    status: 404,
    title: '没有这个数据来源',
    remedy: '请从数据来源列表中选择。',
  },
  'source-without-fields': {
    status: 409,
    title: '这个数据来源没有人员事实，没有模板可下载',
    remedy: '请先在政策库的事实清单中明确由该部门提供的人员事实。',
  },
} as const satisfies ProblemKinds
