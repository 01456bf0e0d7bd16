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
  'word-gone': {
    status: 409,
    title: '这个说法已有变动',
    remedy: '请刷新页面，按现在的说法再作决定。',
  },
  'person-invalid': { status: 422, title: '人员填写的内容不对', remedy: '请按提示改正后再提交。' },
  'search-first': {
    status: 409,
    title: '登记前须先查重',
    remedy: '请用同样的姓名、身份证号和出生日期先查一次，半小时内登记。',
  },
  'person-exists': {
    status: 409,
    title: '这个身份证号已有记录',
    remedy: '同一个人不能登记两次；请打开已有的家庭，或联系负责的街镇。',
  },
  'not-your-committee': {
    status: 403,
    title: '不能在这个居村登记家庭',
    remedy: '请选本辖区内的居村委会。',
  },
  'award-invalid': { status: 422, title: '待遇填写的内容不对', remedy: '请按提示改正后再登记。' },
} as const satisfies ProblemKinds
