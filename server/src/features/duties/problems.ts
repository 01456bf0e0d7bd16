import type { ProblemKinds } from '../../platform/http/problem.ts'

export const clockProblems = {
  'clock-not-running': {
    status: 409,
    title: '时限不在计时',
    remedy: '可能已有人暂停，或事情已办结。请刷新后查看。',
  },
  'clock-not-paused': {
    status: 409,
    title: '时限没有暂停',
    remedy: '可能已有人恢复计时，或事情已办结。请刷新后查看。',
  },
  'clock-limit-changed': {
    status: 409,
    title: '这一时限刚被别人改过',
    remedy: '请刷新，看过最新的时限后再改。',
  },
  'officer-out-of-area': {
    status: 422,
    title: '不能指定这位同事',
    remedy: '只能指定办理这一辖区个案的在岗同事。',
  },
  'officer-day-past': {
    status: 422,
    title: '起始日期已经过去',
    remedy: '请选择今天或以后的日期；过去由谁负责不再改动。',
  },
} as const satisfies ProblemKinds
