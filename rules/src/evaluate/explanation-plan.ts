import type { Clause } from '../pack.ts'
import type { LoweredFact, Measure, Target } from '../ir.ts'
import type { DayProgram } from './day-program.ts'
import { dayView } from './day-view.ts'
import { type ReadList, readLists } from './read-lists.ts'

/** What is the same of a condition whoever is asked about. */
export type ConditionPlan = Readonly<{
  id: string
  tier: string | undefined
  text: string
  clause: Clause | null
  reads: ReadList | null
  measure: Measure | null
}>

/** What is the same of a target whoever is asked about. */
export type TargetPlan = Readonly<{
  target: Target
  programme: string
  conditions: readonly ConditionPlan[]
  amountReads: readonly (ReadList | null)[]
  /** Common conditions and those of each tier, in order. */
  ofTier: readonly (readonly number[])[]
}>

/** All targets of a day, programme by programme. */
export type ExplanationPlan = Readonly<{
  targets: readonly TargetPlan[]
  facts: readonly LoweredFact[]
}>

const plans = new WeakMap<DayProgram, ExplanationPlan>()

/** The plan of a compiled day, worked out once. */
export function explanationPlan(day: DayProgram): ExplanationPlan {
  const found = plans.get(day)
  if (found) return found
  const { pack } = day
  const view = dayView(day)
  const listOf = readLists(pack.program.facts)
  const targets = pack.programmes.flatMap(({ id }, programme) =>
    pack.program.targets
      .filter((target) => target.programme === programme)
      .map((target): TargetPlan => {
        const { index, base, tiers } = target
        return {
          target,
          programme: id,
          conditions: target.conditions.map((condition, c) => {
            const text = pack.conditionTexts[index]?.[c]
            const reads = view.reads[index]?.[c]
            return {
              id: condition.id,
              tier: text?.tier ?? undefined,
              text: text?.text ?? '',
              clause: text?.clause ?? null,
              reads: reads ? listOf(reads, target) : null,
              measure: view.measures[index]?.[c] ?? null,
            }
          }),
          amountReads: (view.amountReads[index] ?? []).map((reads) =>
            reads ? listOf(reads, target) : null,
          ),
          ofTier: tiers.map(({ conditions }) => [...base, ...conditions]),
        }
      }),
  )
  const plan = { targets, facts: pack.program.facts }
  plans.set(day, plan)
  return plan
}
