import type { ProblemKinds } from '../../platform/http/problem.ts'

export const eligibilityProblems = {
  'run-under-way': { status: 409, title: '正在运行', remedy: '上一次匹配还没有结束，请稍候。' },
} as const satisfies ProblemKinds
