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
  'nothing-to-take-back': {
    status: 409,
    title: '没有可以撤销的成员变动',
    remedy: '只能撤销最近一次变动；之后已有新登记，或涉及辖区外家庭的，请联系所属街镇或区级办理。',
  },
} as const satisfies ProblemKinds
