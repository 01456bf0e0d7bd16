import type { ProblemKinds } from '../../platform/http/problem.ts'

export const retentionProblems = {
  'no-such-class': {
    status: 404,
    title: '没有这一类档案',
    remedy: '请从保存期限列表中选择。',
  },
  'retention-changed': {
    status: 409,
    title: '这一类的期限刚被别人改过',
    remedy: '请刷新后再改。',
  },
  'retention-too-short': {
    status: 400,
    title: '期限短于法定最短保存期',
    remedy: '请填写不短于法定最短保存期的期限。',
  },
  'hold-stands': {
    status: 409,
    title: '该户已在保全中',
    remedy: '请刷新后查看。',
  },
  'no-such-hold': {
    status: 404,
    title: '没有这项保全，或已经解除',
    remedy: '请刷新后查看。',
  },
  'erasure-blocked': {
    status: 409,
    title: '现在还不能销毁',
    remedy: '请按提示处理后再发起。',
  },
  'erasure-names-somebody': {
    status: 400,
    title: '依据里写了本人的姓名',
    remedy: '依据会长期保留，请只写文件或申请的名称和日期。',
  },
  'erasure-under-way': {
    status: 409,
    title: '已有一项销毁在等待复核或正在进行',
    remedy: '请先处理完那一项。',
  },
  'erasure-by-two': {
    status: 409,
    title: '发起人不能自己复核',
    remedy: '请由另一位区级管理员复核。',
  },
  'erasure-decided': {
    status: 409,
    title: '这项销毁已经处理过',
    remedy: '请刷新后查看。',
  },
  'erasure-terms-changed': {
    status: 409,
    title: '发起之后保存期限又有变动',
    remedy: '请撤回后按新的期限重新发起。',
  },
} as const satisfies ProblemKinds
