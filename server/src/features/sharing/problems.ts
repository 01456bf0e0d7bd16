import type { ProblemKinds } from '../../platform/http/problem.ts'

export const sharingProblems = {
  'no-such-sharing': {
    status: 404,
    title: '没有这项共享申请',
    remedy: '请从共享台账中选择。',
  },
  'sharing-changed': {
    status: 409,
    title: '这项申请刚被别人办理过',
    remedy: '请刷新后再办。',
  },
  'sharing-withheld': {
    status: 409,
    title: '这个来源的数据登记为不予共享',
    remedy: '请先向来源部门核实目录，在“数据来源”里更正共享类型后再申请。',
  },
  'sharing-told-before': {
    status: 409,
    title: '缺少的材料只能一次性告知，这项申请已经告知过',
    remedy: '请来源部门就已补正的材料作出答复。',
  },
  'sharing-not-next': {
    status: 409,
    title: '这项申请现在不能办理这一步',
    remedy: '请刷新后按页面列出的步骤办理。',
  },
  'sharing-stands': {
    status: 409,
    title: '申请发出后，用途和范围不能再改',
    remedy: '用途或范围有变化的，请另行申请。',
  },
  'sharing-refused': {
    status: 422,
    title: '这项内容不能登记',
    remedy: '请按提示改正后再提交。',
  },
  'correction-answered': {
    status: 409,
    title: '这项纠错已经登记过答复',
    remedy: '请刷新后再看。',
  },
} as const satisfies ProblemKinds
