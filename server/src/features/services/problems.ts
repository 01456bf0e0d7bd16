import type { ProblemKinds } from '../../platform/http/problem.ts'

export const serviceProblems = {
  'service-incomplete': {
    status: 422,
    title: '服务记录有几处对不上',
    remedy: '请按提示改好后再保存，已填的内容都还在。',
  },
  'service-changed': {
    status: 409,
    title: '这条记录刚被别人改过',
    remedy: '请刷新，看过最新的内容后再改。',
  },
  'service-reason-missing': {
    status: 422,
    title: '没有说明更正原因',
    remedy: '登记满二十四小时，或不是您登记的，更正时请写明原因；原来的内容会保留。',
  },
  'counselling-not-yours': {
    status: 403,
    title: '不能登记心理疏导记录',
    remedy: '心理疏导记录由登记这条服务的社会工作者填写，服务类型须含心理疏导。',
  },
  'tier-changed': {
    status: 409,
    title: '这户的走访分级刚被别人改过',
    remedy: '请刷新，看过最新的分级后再改。',
  },
  'visit-rule-changed': {
    status: 409,
    title: '这一项走访频次刚被别人改过',
    remedy: '请刷新，看过最新的频次后再改。',
  },
  'visit-rule-empty': {
    status: 422,
    title: '没有写明多久一次',
    remedy: '联系和走访至少写明一项。',
  },
  'season-days-wrong': {
    status: 422,
    title: '加密时段的日期不对',
    remedy: '结束日不能早于开始日，一次不超过二百天。',
  },
} as const satisfies ProblemKinds
