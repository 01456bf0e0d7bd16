import type { ProblemKinds } from '../../platform/http/problem.ts'

export const feedbackProblems = {
  'no-such-feedback': { status: 404, title: '没有这条反馈', remedy: '请从反馈列表中选择。' },
  'feedback-answered': {
    status: 409,
    title: '这条反馈已经答复',
    remedy: '请刷新页面，看已有的答复。',
  },
  'feedback-refused': {
    status: 422,
    title: '这条反馈不能提交',
    remedy: '请按提示改正。',
  },
} as const satisfies ProblemKinds
