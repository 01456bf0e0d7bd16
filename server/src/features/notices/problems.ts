import type { ProblemKinds } from '../../platform/http/problem.ts'

export const noticeProblems = {
  'no-such-purpose': {
    status: 404,
    title: '没有这项用途',
    remedy: '请从告知书页面选择。',
  },
  'notice-changed': {
    status: 409,
    title: '这份告知书刚被别人改过',
    remedy: '请刷新，看过最新内容后再办。',
  },
  'notice-own': {
    status: 409,
    title: '起草过的人不能发布',
    remedy: '请由没有参与起草的同事核对后发布。',
  },
  'notice-unfinished': {
    status: 422,
    title: '告知书还没有填完',
    remedy: '请把空着的和标有“待核”的各项填好，再发布。',
  },
  'notice-day': {
    status: 422,
    title: '启用日期不对',
    remedy: '启用日期不能早于今天，且要晚于上一版的启用日期。',
  },
} as const satisfies ProblemKinds
