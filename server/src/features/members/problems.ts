import type { ProblemKinds } from '../../platform/http/problem.ts'

export const memberProblems = {
  'composition-invalid': {
    status: 422,
    title: '家庭成员变动的内容有误',
    remedy: '请按提示改正后再登记。',
  },
  'restriction-goes-along': {
    status: 409,
    title: '原家庭限制查阅，要加入的家庭没有限制',
    remedy: '请先由街镇为要加入的家庭设定限制查阅，再登记加入。',
  },
} as const satisfies ProblemKinds
