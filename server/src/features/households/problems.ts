import type { ProblemKinds } from '../../platform/http/problem.ts'

export const householdProblems = {
  'household-changed': {
    status: 409,
    title: '家庭信息已被他人更新',
    remedy: '请刷新页面，看过最新内容后再登记。',
  },
  'fact-invalid': { status: 422, title: '填写的内容不对', remedy: '请按提示改正后再登记。' },
  'fact-not-recordable': {
    status: 422,
    title: '这一项不能手工登记',
    remedy: '年龄由出生日期推算；身份以认定结果和发放名册为准。',
  },
  'fact-not-yours': {
    status: 403,
    title: '这一项不对您公开',
    remedy: '请由负责本居村的顾问或区级人员登记。',
  },
  'award-invalid': { status: 422, title: '待遇填写的内容不对', remedy: '请按提示改正后再登记。' },
} as const satisfies ProblemKinds
