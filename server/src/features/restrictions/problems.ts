import type { ProblemKinds } from '../../platform/http/problem.ts'

export const restrictionProblems = {
  'restriction-invalid': {
    status: 422,
    title: '限制查阅的内容有误',
    remedy: '请按提示改正。',
  },
  'restriction-stands': {
    status: 409,
    title: '这户家庭已经限制查阅',
    remedy: '请先解除原来的限制，再重新设定。',
  },
  'not-restricted': {
    status: 409,
    title: '这户家庭没有限制查阅',
    remedy: '请刷新页面，可能已由他人解除。',
  },
  'nothing-restricted': {
    status: 404,
    title: '没有可以紧急查阅的家庭',
    remedy:
      '请核对证件号或编号；家庭不在您辖区的，请联系所属街镇，已在您可查阅范围内的，可直接查找。',
  },
  'review-not-yours': {
    status: 404,
    title: '没有等您复核的这次紧急查阅',
    remedy: '可能已经复核；自己的紧急查阅由他人复核。',
  },
} as const satisfies ProblemKinds
