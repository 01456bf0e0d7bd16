import type { ProblemKinds } from '../../platform/http/problem.ts'

export const duplicateProblems = {
  'pair-decided': {
    status: 409,
    title: '这一对已经有了认定',
    remedy: '请刷新页面，查看由谁、何时认定。',
  },
  'merge-not-open': {
    status: 409,
    title: '这两条记录现在不能合并',
    remedy: '两人须都是某一户的现住成员。请先核对两户的家庭成员，再合并。',
  },
  'merge-stands': {
    status: 409,
    title: '这次合并不能撤销',
    remedy: '请按提示处理后再试。',
  },
} as const satisfies ProblemKinds
