import type { ProblemKinds } from './problem.ts'

/** What any request may be answered with. */
export const platformProblems = {
  'invalid-request': {
    status: 400,
    title: '请求内容有误',
    remedy: '请按提示改正后再提交，已填内容不会丢失。',
  },
  'not-signed-in': { status: 401, title: '尚未登录或登录已过期', remedy: '请重新登录。' },
  forbidden: {
    status: 403,
    title: '您的岗位不能做这件事',
    remedy: '如确有需要，请联系本单位管理员调整岗位。',
  },
  'csrf-missing': {
    status: 403,
    title: '请求缺少页面校验码',
    remedy: '请刷新页面后再试；接口调用须带请求头 x-qiao-csrf。',
  },
  'reason-missing': {
    status: 403,
    title: '请先说明事由',
    remedy: '这项操作须先写明事由，事由会记入审计日志。',
  },
  'not-found': { status: 404, title: '没有找到', remedy: '可能已不存在，或不在您的范围内。' },
  'method-not-allowed': {
    status: 405,
    title: '这个地址不能这样使用',
    remedy: '可用的方法写在应答头 Allow 里；接口说明见 /api/openapi.json。',
  },
  'wrong-content-type': {
    status: 415,
    title: '不收这种格式的内容',
    remedy: '请求内容须是 JSON，请求头写明 Content-Type: application/json。',
  },
  'key-reused': {
    status: 422,
    title: '同一幂等键用于不同内容',
    remedy: '请为新的内容使用新的 Idempotency-Key。',
  },
  'too-many-requests': { status: 429, title: '请求过于频繁', remedy: '请稍等片刻再试。' },
  internal: {
    status: 500,
    title: '服务器出了问题',
    remedy: '没有保存。请稍后再试；仍不行请把请求编号告诉管理员。',
  },
  unavailable: { status: 503, title: '服务暂不可用', remedy: '正在启动或停止，请稍后再试。' },
} as const satisfies ProblemKinds
