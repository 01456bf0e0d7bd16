import type { LoweredFact, Program, Target } from '../ir.ts'
import { operands } from '../operands.ts'
import type { Clause, ConditionText } from '../pack.ts'
import type { DayProgram } from './day-program.ts'
import { dayView } from './day-view.ts'
import { type MeasurePlan, measurePlan } from './measures.ts'
import { type ReadList, readLists } from './read-lists.ts'
import { emptyUnion, type Kept, type Union } from './unions.ts'

/** What is the same of a condition whoever is asked about. */
export type ConditionPlan = Readonly<{
  id: string
  tier: string | undefined
  text: string
  clause: Clause | null
  reads: ReadList | null
  measure: MeasurePlan | null
  /** Nothing of it is the row's own: all members of a household are told the same. */
  shared: boolean
}>

/** What is the same of a target whoever is asked about. */
export type TargetPlan = Readonly<{
  target: Target
  programme: string
  conditions: readonly ConditionPlan[]
  amountReads: readonly (ReadList | null)[]
  /** Common conditions and those of each tier, in order. */
  ofTier: readonly (readonly number[])[]
  /** Some condition compares numbers. */
  measured: boolean
  /** From which what an answer waits for is gathered. */
  nothing: Union
}>

/** All targets of a day, programme by programme. */
export type ExplanationPlan = Readonly<{
  targets: readonly TargetPlan[]
  facts: readonly LoweredFact[]
  /** Where the reading of each fact lies in the frame; nowhere if nothing reads it. */
  slots: readonly (Readonly<{ at: number; stride: number }> | undefined)[]
  /** How many different lists of facts are read. */
  lists: number
  kept: Kept
}>

const plans = new WeakMap<DayProgram, Map<string | undefined, ExplanationPlan>>()

/** The plan of a compiled day, or of one programme on it, worked out once. */
export function explanationPlan(day: DayProgram, programme?: string): ExplanationPlan {
  const known = plans.get(day) ?? new Map<string | undefined, ExplanationPlan>()
  plans.set(day, known)
  const plan = known.get(programme) ?? makePlan(day, programme)
  known.set(programme, plan)
  return plan
}

function makePlan(day: DayProgram, only: string | undefined): ExplanationPlan {
  const { program, programmes } = day.pack
  const lists = readLists(program.facts, day.parameters)
  const ofRow = rowNodes(program)
  const targets = programmes.flatMap(({ id }, programme) =>
    program.targets
      .filter((target) => target.programme === programme && (only ?? id) === id)
      .map((target): TargetPlan => targetPlan(day, target, id, lists.of, ofRow)),
  )
  return {
    targets,
    facts: program.facts,
    slots: factSlots(day),
    lists: lists.count(),
    kept: { unions: 0 },
  }
}

function factSlots({ pack, frame }: DayProgram): ExplanationPlan['slots'] {
  const slots: { at: number; stride: number }[] = []
  for (const { id, op } of pack.program.nodes)
    if (op.kind === 'fact' || op.kind === 'derived')
      slots[op.fact] = { at: frame.at(id), stride: frame.stride(id) }
  return slots
}

function targetPlan(
  day: DayProgram,
  target: Target,
  programme: string,
  listOf: ReturnType<typeof readLists>['of'],
  ofRow: Uint8Array,
): TargetPlan {
  const { index, base, tiers } = target
  const view = dayView(day)(index)
  const texts: readonly (ConditionText | undefined)[] = day.pack.conditionTexts[index] ?? []
  const conditions = target.conditions.map(({ id, root }, c): ConditionPlan => {
    const read = view.reads[c]
    const reads = read ? listOf(read, target) : null
    const measure = view.measures[c]
    return {
      id,
      tier: texts[c]?.tier ?? undefined,
      text: texts[c]?.text ?? '',
      clause: texts[c]?.clause ?? null,
      reads,
      measure: measure ? measurePlan(measure, day.frame) : null,
      shared: ofRow[root] !== 1 && reads?.own !== true,
    }
  })
  return {
    target,
    programme,
    conditions,
    amountReads: view.amountReads.map((reads) => (reads ? listOf(reads, target) : null)),
    ofTier: tiers.map((tier) => [...base, ...tier.conditions]),
    measured: conditions.some(({ measure }) => measure !== null),
    nothing: emptyUnion(),
  }
}

/** Nodes that differ from one member of a household to the next: 1 by id. */
function rowNodes({ nodes }: Program): Uint8Array {
  const own = new Uint8Array(nodes.length)
  for (const { id, entity, op } of nodes) {
    if (entity !== 'person' || op.kind === 'project') continue
    const isSource = op.kind === 'fact' || op.kind === 'derived' || op.kind === 'match'
    if (isSource || operands(op).some((of) => own[of] === 1)) own[id] = 1
  }
  return own
}
