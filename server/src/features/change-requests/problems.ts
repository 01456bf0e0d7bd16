import type { ProblemKinds } from '../../platform/http/problem.ts'

export const changeRequestProblems = {
  'request-invalid': {
    status: 422,
    title: '申请填写的内容不对',
    remedy: '请按提示改正后再提交。',
  },
  'request-changed': {
    status: 409,
    title: '这份申请已有新的进展',
    remedy: '请刷新页面，看过最新内容后再处理。',
  },
  'request-out-of-date': {
    status: 409,
    title: '申请之后，登记的内容又有变动',
    remedy: '请对照现登记的内容，更新申请后再审核。',
  },
  'request-conflicts': {
    status: 409,
    title: '另有申请要更正同一项',
    remedy: '请选定另一份申请不予更正，还是更新后再审核。',
  },
  'request-own': {
    status: 409,
    title: '不能审核自己提出的申请',
    remedy: '请由另一位街镇或区级人员审核。',
  },
  'request-unseen': {
    status: 409,
    title: '申请中有还没有显示给您的内容',
    remedy: '请先说明事由，看过申请的全部内容后再审核。',
  },
  'request-not-yours': {
    status: 403,
    title: '申请中有不对您公开的内容',
    remedy: '请由可以查看该项的人员处理。',
  },
  'request-person-left': {
    status: 409,
    title: '申请更正的成员已不在这户',
    remedy: '请不予更正或撤回，再在其现在的家庭提出申请。',
  },
  'request-asks-nothing': {
    status: 409,
    title: '登记的内容已与申请一致',
    remedy: '没有还要更正的内容，请撤回或不予更正。',
  },
  'number-borne': {
    status: 409,
    title: '这个身份证号已登记在另一人名下',
    remedy: '请先核对两份记录；确是同一个人的，由街镇合并。',
  },
} as const satisfies ProblemKinds
