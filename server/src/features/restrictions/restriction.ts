/** Why only the people named may see a household. 限制查阅的原因 */
export const restrictionKinds = {
  violence: '家庭暴力',
  'minor-at-risk': '未成年人风险',
  'staff-relative': '工作人员亲属',
  other: '其他',
} as const

export type RestrictionKind = keyof typeof restrictionKinds

/** Where an emergency look stands. 紧急查阅的状态 */
export type GlassState = 'open' | 'to-review' | 'overdue' | 'reviewed'

export type Glass = Readonly<{
  expiresAt: string
  /** 'YYYY-MM-DD', the last day on which its owner alone reviews it. */
  reviewDue: string
  reviewedAt: string | null
}>

/**
 * What is to be done about an emergency look: while it is open it can be reviewed already, and one that
 * nobody reviewed by its day is overdue, whether or not it is still open.
 *
 * @param now an instant in UTC
 * @param today the day in Shanghai
 */
export function glassState(
  glass: Glass,
  { now, today }: { now: string; today: string },
): GlassState {
  if (glass.reviewedAt !== null) return 'reviewed'
  if (glass.reviewDue < today) return 'overdue'
  return now < glass.expiresAt ? 'open' : 'to-review'
}
