import type { ProblemKinds } from '../../platform/http/problem.ts'

export const questionProblems = {
  'search-under-way': {
    status: 409,
    title: '正在推算',
    remedy: '上一次推算还没有结束，请稍候。',
  },
} as const satisfies ProblemKinds
