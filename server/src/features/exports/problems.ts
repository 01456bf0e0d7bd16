import type { ProblemKinds } from '../../platform/http/problem.ts'

export const exportProblems = {
  'export-refused': {
    status: 422,
    title: '导出的用途或条件填写得不对',
    remedy: '请按提示改正后再提交。',
  },
  'export-too-long': {
    status: 422,
    title: '这份名单太长，不能一次导出',
    remedy: '请先用筛选条件缩小范围。',
  },
  'export-own': {
    status: 409,
    title: '不能审批自己提出的导出',
    remedy: '请由另一位街镇或区级人员审批。',
  },
  'export-decided': {
    status: 409,
    title: '这次导出不在等待审批',
    remedy: '请刷新后查看。',
  },
  'export-not-ready': {
    status: 409,
    title: '这次导出现在不能下载',
    remedy: '请在导出记录中查看：等待审批、不同意或已过有效期；过期的请重新申请。',
  },
  'export-grown': {
    status: 409,
    title: '名单现在的行数超过了这次导出允许的行数',
    remedy: '请重新申请导出。',
  },
} as const satisfies ProblemKinds
