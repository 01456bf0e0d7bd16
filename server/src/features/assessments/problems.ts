import type { ProblemKinds } from '../../platform/http/problem.ts'

export const assessmentProblems = {
  'assessment-changed': {
    status: 409,
    title: '这份评估刚被别人改过',
    remedy: '您填的还没有保存。请刷新，看过最新内容后再填。',
  },
  'assessment-not-yours': {
    status: 409,
    title: '这户的评估不由您填写',
    remedy: '评估涉及疾病和残疾情况：居村顾问须对本居村有职责，区级人员须先说明事由。',
  },
  'assessment-unfinished': {
    status: 422,
    title: '还不能确认评估',
    remedy: '有待核实的项目，结果会随之不同。请先核实，或在有紧急情形时勾选红线。',
  },
  'assessment-invalid': {
    status: 422,
    title: '评估填写有误',
    remedy: '请按提示修改。',
  },
  'assessment-step': {
    status: 409,
    title: '评估不在这一步',
    remedy: '可能已由同事办理。请刷新后再看。',
  },
  'assessment-own': {
    status: 409,
    title: '填写过评估的人不能审核',
    remedy: '等级为“高”的评估，请由没有参与填写的同事审核。',
  },
  'assessment-need-settled': {
    status: 409,
    title: '这项需求已经了结',
    remedy: '请刷新后再看。',
  },
  'assessment-objection-answered': {
    status: 409,
    title: '这条异议已经答复',
    remedy: '请刷新后再看。',
  },
  'scale-not-yours': {
    status: 409,
    title: '您不是这个量表的评估员',
    remedy: '请由受过培训、区里登记在册的评估员使用。',
  },
  'scale-invalid': {
    status: 422,
    title: '量表录入有误',
    remedy: '请按提示补齐或修改。',
  },
  'scale-text-changed': {
    status: 409,
    title: '量表文本刚被别人改过',
    remedy: '请刷新，看过最新文本后再登记。',
  },
  'scale-text-invalid': {
    status: 422,
    title: '量表文本与计分不相符',
    remedy: '条目数和每条的选项数须与计分规则一致。',
  },
  'scale-assessor-invalid': {
    status: 422,
    title: '不能这样登记评估员',
    remedy: '评估员须是在岗的顾问、街镇或区级人员，且不能由本人登记。',
  },
  'safety-task-handled': {
    status: 409,
    title: '这项联系任务已办结',
    remedy: '请刷新后再看。',
  },
  'weights-invalid': {
    status: 422,
    title: '权重不能使用',
    remedy: '请按提示修改。',
  },
  'weights-decided': {
    status: 409,
    title: '这一版权重已有结论',
    remedy: '请刷新后再看。',
  },
  'weights-own': {
    status: 409,
    title: '提出权重的人不能审定',
    remedy: '请由另一位区级同事审定。',
  },
  'weights-without-data': {
    status: 422,
    title: '还算不出权重',
    remedy: '客观赋权至少要有两份各项都已核实、且互有差别的评估。',
  },
} as const satisfies ProblemKinds
