import type { ProblemKinds } from '../../platform/http/problem.ts'

export const correctionProblems = {
  'no-such-correction': {
    status: 404,
    title: '没有这项更正',
    remedy: '请从更正回传的清单中选择；接口方请重新取回待更正的清单。',
  },
  'no-corrections-to-send': {
    status: 409,
    title: '这个来源没有待回传的更正',
    remedy: '已回传的可以在回传文件中重新下载。',
  },
  'correction-not-sent': {
    status: 409,
    title: '这项更正还没有回传',
    remedy: '请先生成回传文件或由来源取回，再登记答复。',
  },
  'correction-withdrawn': {
    status: 409,
    title: '这项更正已经撤回',
    remedy: '不需要再答复。',
  },
  'correction-settled': {
    status: 409,
    title: '这项更正已有不同的答复',
    remedy: '请刷新后查看已登记的答复。',
  },
  'correction-refusal-needs-reason': {
    status: 422,
    title: '不采纳要写明理由',
    remedy: '请填写来源部门不采纳的理由。',
  },
} as const satisfies ProblemKinds
