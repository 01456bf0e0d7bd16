import type { ProblemKinds } from '../../platform/http/problem.ts'

export const reliefProblems = {
  'relief-open': {
    status: 409,
    title: '这一家已有一件小额快救在办',
    remedy: '请在那一件上继续办理；确属另一件急事的，先办结前一件。',
  },
  'relief-changed': {
    status: 409,
    title: '同事刚刚办理了下一步',
    remedy: '已显示最新情况，请看过后再办理。',
  },
  'relief-step-wrong': {
    status: 409,
    title: '现在不能办理这一步',
    remedy: '请按“报告、到场、救助、补说明、办结”的次序办理。',
  },
  'relief-line-needed': {
    status: 422,
    title: '低保标准已过期，要填写现行标准和出处',
    remedy: '请填写现行的每人每月低保标准和文件名称，不必等系统更新。',
  },
  'relief-line-known': {
    status: 422,
    title: '现行低保标准已有记载，不另填写',
    remedy: '标准有误的，请先由区民政局在政策页面录入，再办理。',
  },
  'relief-over-cap': {
    status: 422,
    title: '超过小额快救的上限',
    remedy: '每人不超过一个月低保标准；还需要更多的，请按一般程序申请临时救助。',
  },
  'relief-unread': {
    status: 409,
    title: '没有看过的不能决定',
    remedy: '请先说明事由，看过情况后再决定。',
  },
  'relief-closed-by-another': {
    status: 409,
    title: '救助是您决定的，要由另一位经办人办结',
    remedy: '请街镇或区里另一位同事看过说明后办结。',
  },
} as const satisfies ProblemKinds
