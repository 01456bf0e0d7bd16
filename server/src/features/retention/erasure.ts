/** What has run out, what stays and why, and who may carry an erasure on: every decision that needs no database. 销毁 */
import { addMonths, dayFromText, textFromDay } from '@qiao/rules'
import { type RetentionClass, retentionClasses } from '../households/retention.ts'

/** For how long records are kept after their clock began. */
export type Term = Readonly<{ years: number; months: number; days: number }>

/**
 * The last day on which a record is kept: months first, clamped to the end of the month, then days, as PostgreSQL adds
 * an interval.
 *
 * @param start 'YYYY-MM-DD', the day its clock began
 */
export function keptUntil(start: string, { years, months, days }: Term): string {
  return textFromDay(addMonths(dayFromText(start) ?? 0, years * 12 + months) + days)
}

/** What a day finds of records: that they would go, or why they stay. */
export const outcomes = {
  due: { name: '到期可销毁', en: 'Would go' },
  receiving: { name: '仍在领取待遇', en: 'Still receiving' },
  'open-lead': { name: '有未办结线索', en: 'A lead is open' },
  hold: { name: '保全中', en: 'Under a legal hold' },
  running: { name: '期限未到', en: 'Not run out' },
  open: { name: '现行记录，随档案', en: 'Stands, goes with the file' },
  'other-class': { name: '该户其他记录未到期', en: 'Something else of the household stays' },
  unconfirmed: { name: '期限待核', en: 'Term not confirmed' },
} as const satisfies Record<string, { name: string; en: string }>

type Outcome = keyof typeof outcomes

export type Weighed = Readonly<{
  class: RetentionClass
  outcome: Outcome
  records: number
  persons: number
  households: number
  /** Day since which the oldest is kept; null where its rows say none. */
  oldest: string | null
}>

const orderOf = (one: Weighed) =>
  Object.keys(retentionClasses).indexOf(one.class) * 10 + Object.keys(outcomes).indexOf(one.outcome)

/** In the order of the classes, and of each what would go before what stays. */
export function inOrder(weighed: readonly Weighed[]): readonly Weighed[] {
  return weighed.toSorted((a, b) => orderOf(a) - orderOf(b))
}

/** Why a person cannot be erased yet. */
export type Block = Readonly<{
  why: 'hold' | 'receiving' | 'open-lead' | 'head' | 'least'
  class: RetentionClass | null
  since: string | null
  /** First day on which it stands in the way no more; null where that is not known. */
  until: string | null
}>

/** One sentence for the person who asks. */
export function blockSentence({ why, class: of, since, until }: Block): string {
  const from = since ? `（自 ${since} 起）` : ''
  if (why === 'hold') return `该户正在保全${from}，解除后才能销毁`
  if (why === 'receiving') return `该户仍在领取待遇${from}，停止后才起算`
  if (why === 'open-lead') return `该户有未办结的线索${from}，办结后才能销毁`
  if (why === 'head') return `此人是户主，户内还有其他成员${from}，请先变更户主`
  return `${of ? retentionClasses[of].name : '记录'}在法定最短保存期内，${until ?? '到期'} 起可以销毁`
}

export type ErasureState = 'asked' | 'running' | 'done' | 'stopped' | 'withdrawn'

/** What somebody can do with an erasure now: whoever asked for it withdraws it, anybody else confirms it as well. */
export function stepsOf({
  state,
  byMe,
}: Readonly<{ state: ErasureState; byMe: boolean }>): readonly ('confirm' | 'withdraw')[] {
  if (state !== 'asked') return []
  return byMe ? ['withdraw'] : ['confirm', 'withdraw']
}

/** Kinds of reasons for which everything of a household is kept. */
export const holdKinds = {
  dispute: { name: '异议或复议', en: 'Objection or reconsideration' },
  litigation: { name: '诉讼', en: 'Suit' },
  inspection: { name: '审计或检查', en: 'Audit or inspection' },
  other: { name: '其他', en: 'Other' },
} as const
