import type { ProblemKinds } from '../../platform/http/problem.ts'

export const labProblems = {
  'lab-reading': {
    status: 409,
    title: '正在准备全区数据',
    remedy: '数据准备好后会自动继续，请稍候。',
  },
  'lab-too-large': {
    status: 507,
    title: '内存不够，没有开始',
    remedy: '请系统管理员增加内存后再试。',
  },
  'value-refused': {
    status: 422,
    title: '这个数值不能试算',
    remedy: '请按提示改正。',
  },
  'rules-refused': {
    status: 422,
    title: '改动后的政策读不通',
    remedy: '请按提示的文件和位置改正。',
  },
  'cell-hidden': {
    status: 404,
    title: '这个数字下面没有可以看的样本',
    remedy: '不足 5 户的数字不显示，也不给样本；请选别的数字。',
  },
  'no-such-experiment': {
    status: 404,
    title: '没有这个方案',
    remedy: '可能已被删除，请从方案列表中选择。',
  },
} as const satisfies ProblemKinds
