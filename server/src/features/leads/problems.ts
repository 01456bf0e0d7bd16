import type { ProblemKinds } from '../../platform/http/problem.ts'

export const leadProblems = {
  'lead-changed': {
    status: 409,
    title: '线索已被他人更新',
    remedy: '请刷新，看过最新情况后再试。',
  },
  'lead-closed': {
    status: 409,
    title: '线索已办结',
    remedy: '已办结的线索不能再指派或搁置；情况变化后系统会重新提出。',
  },
  'line-closed': {
    status: 409,
    title: '这一项已了结',
    remedy: '已了结的条目不再改动；情况变化后系统会重新提出。',
  },
  'nothing-to-undo': {
    status: 409,
    title: '没有可撤销的处理',
    remedy: '请刷新后核对记录。',
  },
  'reason-missing': {
    status: 422,
    title: '没有说明原因',
    remedy: '不愿意和核实不符合都要写明原因。',
  },
  'snooze-day-wrong': {
    status: 422,
    title: '搁置日期不对',
    remedy: '请选择明天起一年以内的日期。',
  },
  'leads-not-all-visible': {
    status: 404,
    title: '有的线索没有找到',
    remedy: '可能已不存在，或不在您的范围内；没有改动任何一条。',
  },
  'assignee-out-of-area': {
    status: 422,
    title: '不能指派给这位同事',
    remedy: '只能指派给看得到这户家庭的在岗同事。',
  },
  'assignee-not-certified': {
    status: 422,
    title: '这位同事没有有效的上岗证',
    remedy: '先培训后上岗：请先由街镇或区里办好上岗证，或改派给其他同事。',
  },
} as const satisfies ProblemKinds
