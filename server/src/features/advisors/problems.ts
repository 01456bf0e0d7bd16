import type { ProblemKinds } from '../../platform/http/problem.ts'

export const advisorProblems = {
  'station-changed': {
    status: 409,
    title: '这个站点刚被别人改过',
    remedy: '请刷新，看过最新内容后再办。',
  },
  'station-incomplete': {
    status: 422,
    title: '站点的日期或关闭原因不对',
    remedy: '请按提示改好再保存。',
  },
  'advisor-changed': {
    status: 409,
    title: '这位顾问的登记刚被别人改过',
    remedy: '请刷新，看过最新内容后再办。',
  },
  'advisor-own': {
    status: 409,
    title: '不能给自己登记或发证',
    remedy: '请由上级或其他同事办理。',
  },
  'advisor-days': {
    status: 422,
    title: '起止日期不对',
    remedy: '截止日期不能早于开始日期。',
  },
  'duty-not-there': {
    status: 422,
    title: '只能由本居村的顾问负责',
    remedy: '请选择这位顾问所在的居村，或所在街镇下的居村。',
  },
  'duty-not-certified': {
    status: 409,
    title: '没有有效的上岗证，不能负责居村',
    remedy: '先培训后上岗：请先发上岗证，再指定。',
  },
  'duty-stands': {
    status: 409,
    title: '这段时间已由这位顾问负责这个居村',
    remedy: '请先结束原来的职责，或另选日期。',
  },
  'no-such-station': {
    status: 422,
    title: '没有这个站点',
    remedy: '请从站点名单中选择。',
  },
  'not-an-advisor': {
    status: 409,
    title: '还没有登记为救助顾问',
    remedy: '请先登记顾问类型、层级和服务区域，再发上岗证。',
  },
  'certificate-days': {
    status: 422,
    title: '上岗证的有效期不对',
    remedy: '截止日期不能早于开始日期，有效期最长十年。',
  },
  'certificate-number-taken': {
    status: 409,
    title: '上岗证编号已被使用',
    remedy: '请核对编号；一个编号只发一张证。',
  },
  'training-changed': {
    status: 409,
    title: '这场培训刚被别人改过',
    remedy: '请刷新，看过最新内容后再办。',
  },
  'training-day': {
    status: 422,
    title: '培训日期还没有到',
    remedy: '培训举办之后再登记到场人员。',
  },
  'attendee-out-of-area': {
    status: 422,
    title: '有的参加人员不在您的辖区',
    remedy: '请只登记本辖区的同事；跨街镇的培训由区里登记。',
  },
  'question-wrong': {
    status: 422,
    title: '试题的选项不对',
    remedy: '选项不能重复，正确选项须在其中。',
  },
  'exam-not-set': {
    status: 409,
    title: '还不能考试',
    remedy: '区里登记考试规则并录够试题后才能考试。',
  },
  'exam-not-open': {
    status: 409,
    title: '这份试卷不能提交',
    remedy: '试卷可能已经交过，或者还有题目没有作答；请刷新后查看。',
  },
  'no-badge': {
    status: 409,
    title: '没有可打印的胸卡',
    remedy: '须有有效的上岗证才能打印胸卡。',
  },
  'badge-unknown': {
    status: 404,
    title: '查不到这张胸卡',
    remedy: '请核对二维码是否完整；如有疑问，请向所在街镇核实。',
  },
} as const satisfies ProblemKinds
