import type { DayView } from '../evaluate/day-view.ts'
import type { Target } from '../ir.ts'
import type { Plan, Writer } from './names.ts'

/**
 * What is asked of everyone: only verdicts and amounts; the outcome of every condition with them; or
 * also which rows must be looked at, for reasons, missing facts and near misses.
 */
export type Mode = 'verdicts' | 'outcomes' | 'answers'

/** Conditions of a word of outcomes. */
export const OUTCOMES_A_WORD = 8

/** Everything the loops of judges depend on. */
export type JudgeContext = Readonly<{
  plan: Plan
  mode: Mode
  /** By target and condition: what is measured on the day. */
  view: DayView
  /** By target: conditions in the order in which a row is soonest done with. */
  orders: readonly (readonly number[])[]
  /** Targets whose first verdicts somebody reads. */
  firsts: ReadonlySet<number>
  /**
   * Whether answers go straight into columns of the batch instead of entries of the block: `low` and
   * `range` say whether a range of an amount has one column or two.
   */
  into: 'entries' | 'low' | 'range'
  /** Targets of which the matched rows are listed all the same, as somebody counts them. */
  counted: ReadonlySet<number>
}>

/** One target in the writing. */
export type Judge = JudgeContext &
  Readonly<{
    target: Target
    writer: Writer
    sign: number
    /** What is written once for all entries, after the loop. */
    after: string[]
  }>
