import type { ProblemKinds } from '../../platform/http/problem.ts'

export const duplicateProblems = {
  'pair-decided': {
    status: 409,
    title: '这一对已经有了认定',
    remedy: '请刷新页面，查看由谁、何时认定。',
  },
} as const satisfies ProblemKinds
