import type { ProblemKinds } from '../../platform/http/problem.ts'

export const workdayProblems = {
  'workdays-changed': {
    status: 409,
    title: '这一年的日历刚被别人改过',
    remedy: '请刷新后再改。',
  },
  'workdays-invalid': {
    status: 400,
    title: '日期有误',
    remedy: '起止日期应在所选年度内，先后有序，一次不超过 31 天。',
  },
} as const satisfies ProblemKinds
