import type { ProblemKinds } from '../../platform/http/problem.ts'

export const policyProblems = {
  'no-such-programme': { status: 404, title: '没有这项政策', remedy: '请从政策库中选择。' },
  'no-such-parameter': {
    status: 404,
    title: '没有这项标准',
    remedy: '请从政策页面中选择要填的标准。',
  },
  'figure-refused': {
    status: 422,
    title: '这个标准不能录入',
    remedy: '请按提示改正；金额须有文件名称和来源，起始日期不能与已有标准重叠。',
  },
} as const satisfies ProblemKinds
