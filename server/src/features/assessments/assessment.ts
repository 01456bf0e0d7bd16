import { weightedSum } from './alkire-foster.ts'

/**
 * What a household needs, asked the same way of each: ten indicators, weighed, give a grade; what must not wait overrides
 * it; both give a class, which a worker may change with a reason. It never decides who is entitled to anything (domain.md
 * §3.2). 需求综合评估
 */

/** The blocks of the founding paper in which it is asked. */
export const blocks = ['living', 'body', 'support', 'ability'] as const
type Block = (typeof blocks)[number]

export const dimensions = [
  'material',
  'health',
  'education',
  'employment',
  'social',
  'children',
] as const
export type Dimension = (typeof dimensions)[number]

type Indicator = Readonly<{
  dimension: Dimension
  block: Block
  /** Tells of illness, disability or guardianship. */
  sensitivity: 'plain' | 'need-signal'
}>

/** In the order of the weights. When each is a lack is a first definition, 待核, to be replaced by the district's. */
export const indicators = {
  income: { dimension: 'material', block: 'living', sensitivity: 'plain' },
  housing: { dimension: 'material', block: 'living', sensitivity: 'plain' },
  illness: { dimension: 'health', block: 'body', sensitivity: 'need-signal' },
  disability: { dimension: 'health', block: 'body', sensitivity: 'need-signal' },
  education: { dimension: 'education', block: 'ability', sensitivity: 'plain' },
  employment: { dimension: 'employment', block: 'ability', sensitivity: 'plain' },
  insurance: { dimension: 'social', block: 'support', sensitivity: 'plain' },
  participation: { dimension: 'social', block: 'support', sensitivity: 'plain' },
  'child-burden': { dimension: 'children', block: 'support', sensitivity: 'plain' },
  'child-environment': { dimension: 'children', block: 'support', sensitivity: 'need-signal' },
} as const satisfies Readonly<Record<string, Indicator>>
export type IndicatorId = keyof typeof indicators
export const indicatorIds = Object.keys(indicators) as IndicatorId[]

/** What must not wait, whatever the score (domain.md §3.2). 红线 */
export const redLines = [
  'violence',
  'child-alone',
  'self-harm',
  'no-food-or-shelter',
  'untreated-illness',
  'dangerous-home',
] as const
export type RedLine = (typeof redLines)[number]

/** Unknown is not no. */
export const answers = ['yes', 'no', 'unknown'] as const
export type Answer = (typeof answers)[number]
export type Answered = Readonly<Record<IndicatorId, Answer>>

export const grades = ['none', 'low', 'middle', 'high'] as const
export type Grade = (typeof grades)[number]

/** 帮助支持, 发展提升, 兜底保障, 紧急保护: the words of the founding paper. */
export const householdClasses = ['support', 'development', 'guarantee', 'urgent'] as const
export type HouseholdClass = (typeof householdClasses)[number]

/** Basis points throughout; a score on a cut-off has reached it. */
export type Weights = Readonly<{
  weights: readonly number[]
  /** From which score on a grade is low, middle, high. */
  cuts: Readonly<{ low: number; middle: number; high: number }>
  /** From which score on a household counts as poor in several ways. */
  line: number
}>

/**
 * A sixth for each dimension, parted equally, as it is shipped; rounded so that the worked example of domain.md comes out
 * to the basis point. The cut-offs are proposed: 待核.
 */
export const shippedWeights: Weights = {
  weights: [833, 834, 833, 834, 1667, 1667, 832, 834, 833, 833],
  cuts: { low: 2000, middle: 3300, high: 5000 },
  line: 3333,
}

/** Why weights cannot be used, or undefined. */
export function weightsProblem({ weights, cuts, line }: Weights): string | undefined {
  if (weights.length !== indicatorIds.length) return `要有 ${indicatorIds.length} 个权重`
  if (weights.some((one) => !Number.isInteger(one) || one < 0)) return '权重是不小于 0 的整数'
  const sum = weights.reduce((all, one) => all + one, 0)
  if (sum !== 10_000) return `权重之和应为 10000 个万分点，现在是 ${sum}`
  if (!(cuts.low > 0 && cuts.low < cuts.middle && cuts.middle < cuts.high && cuts.high <= 10_000))
    return '分档线要依次升高，且不超过 10000'
  return line > 0 && line <= 10_000 ? undefined : '多维贫困线在 1 到 10000 之间'
}

export type Weighed = Readonly<{
  /** Where every unknown indicator is no lack, and where each is one. */
  least: number
  most: number
  /** Null: 未评估, because it hangs on what is missing. */
  grade: Grade | null
  missing: readonly IndicatorId[]
  /** Null where neither a grade nor a red line gives one. */
  proposed: HouseholdClass | null
}>

/** Grade and class of what was answered: a grade is given only if every way the unknown could turn out gives it. */
export function weigh(
  answered: Answered,
  red: readonly RedLine[],
  { weights, cuts }: Weights,
): Weighed {
  const scoreOf = (counts: (answer: Answer) => boolean) =>
    weightedSum(
      indicatorIds.map((id) => counts(answered[id])),
      weights,
    )
  const least = scoreOf((answer) => answer === 'yes')
  const most = scoreOf((answer) => answer !== 'no')
  const grade = gradeOf(least, cuts) === gradeOf(most, cuts) ? gradeOf(least, cuts) : null
  return {
    least,
    most,
    grade,
    missing: indicatorIds.filter((id) => answered[id] === 'unknown'),
    proposed: classOf(grade, red),
  }
}

export function gradeOf(score: number, cuts: Weights['cuts']): Grade {
  if (score >= cuts.high) return 'high'
  if (score >= cuts.middle) return 'middle'
  return score >= cuts.low ? 'low' : 'none'
}

function classOf(grade: Grade | null, red: readonly RedLine[]): HouseholdClass | null {
  if (red.length > 0) return 'urgent'
  if (grade === null) return null
  return ({ high: 'guarantee', middle: 'development', low: 'support', none: 'support' } as const)[
    grade
  ]
}

/** Months for which an assessment holds, by grade; proposed: 待核. What is urgent is looked at again as soon as what is high. */
export function monthsValid(grade: Grade | null, red: readonly RedLine[]): number {
  if (red.length > 0 || grade === null || grade === 'high') return 6
  return grade === 'middle' ? 12 : 24
}

/** What somebody needs, as it stands on the list. 需求清单 */
export const urgencies = ['now', 'soon', 'later'] as const
export type Urgency = (typeof urgencies)[number]
export const needStates = ['open', 'met', 'dropped'] as const
export type NeedState = (typeof needStates)[number]
