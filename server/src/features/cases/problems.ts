import type { ProblemKinds } from '../../platform/http/problem.ts'

export const caseProblems = {
  'case-open': {
    status: 409,
    title: '这一家已有一件个案在办',
    remedy: '一户一案：请在那一件上继续办理。',
  },
  'case-withheld': {
    status: 409,
    title: '个案只对负责本居村的顾问公开',
    remedy: '请先由街镇登记您在本居村的职责。',
  },
  'case-changed': {
    status: 409,
    title: '同事刚刚办理了下一步',
    remedy: '已显示最新情况，请看过后再办理。',
  },
  'case-step-wrong': {
    status: 409,
    title: '现在不能办理这一步',
    remedy: '请看个案目前的状态，按可以办理的步骤办理。',
  },
  'case-no-goals': {
    status: 422,
    title: '方案里还没有目标',
    remedy: '请至少写一个可以衡量的目标，再提交。',
  },
  'case-goals-open': {
    status: 422,
    title: '还有目标没有结果',
    remedy: '请为每个目标登记结果，再申请结案。',
  },
  'case-says-nothing': {
    status: 422,
    title: '这一步要写明情况',
    remedy: '请填写说明，至少两个字。',
  },
  'case-unread': {
    status: 409,
    title: '没有看过的不能审批',
    remedy: '请先说明事由，看过方案和家庭意见后再决定。',
  },
  'case-decided-by-another': {
    status: 409,
    title: '是您提交的，要由另一位经办人决定',
    remedy: '请街镇或区里另一位同事审核。',
  },
  'case-goal-not-planned': {
    status: 409,
    title: '只有制定方案时可以增改目标',
    remedy: '需要改动已商定的目标的，请先回顾，再重新制定方案。',
  },
  'case-goal-settled': {
    status: 409,
    title: '这个目标现在不能登记结果',
    remedy: '已有结果的不再改动；服务期间可以登记结果。',
  },
  'case-goal-wrong': {
    status: 422,
    title: '目标所指的成员、需求或政策不对',
    remedy: '请从这一家的成员、需求清单和政策中选择，完成日期不早于今天。',
  },
  'case-handover-wrong': {
    status: 422,
    title: '不能移交给这位同事',
    remedy: '请选择看得到这一家、持有效上岗证的同事。',
  },
  'case-not-handed': {
    status: 409,
    title: '这一件没有移交给您',
    remedy: '请刷新后查看。',
  },
} as const satisfies ProblemKinds
