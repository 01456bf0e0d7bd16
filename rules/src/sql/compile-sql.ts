import { compileDay } from '../evaluate/day-program.ts'
import type { LoweredFact, NodeId, Target } from '../ir.ts'
import type { Pack } from '../pack.ts'
import { type Draft, makeDraft } from './draft.ts'
import { dayTruth, dayValue, truthOf, valueOf } from './node-sql.ts'
import { planOf } from './plan.ts'
import type { Tables } from './query.ts'
import { settledTruth, settledValue } from './settle.ts'
import { type Answered, statementOf, type TargetNames } from './statement.ts'
import { answerOf, firstPass, type FirstPass } from './targets.ts'
import { certain, type Truth, type Value } from './value.ts'

/** Where the facts are. */
export type SqlSource = Tables &
  Readonly<{
    /** Whether a fact has a column `f_<id>`; one that has none is unknown for everybody. */
    isStored: (fact: LoweredFact) => boolean
  }>

/** A pack as one set-based query: a row for every household (person_id NULL) and every person. */
export type SqlProgram = Readonly<{
  text: string
  /** Per target of `pack.program.targets`: the columns of its answer. */
  targets: readonly SqlTarget[]
}>

/**
 * Columns of one target, NULL in rows of the other entity.
 *
 * `verdict`: 0 ineligible, 1 eligible, 2 unknown. `kind`: 0 none, 1 exact, 2 range, 3 official,
 * 4 unknown. `min` and `max`: fen, NULL where the kind is neither exact nor a range; no columns
 * where no tier computes an amount.
 */
export type SqlTarget = TargetNames

/**
 * Compiles the pack for a day into one statement for PostgreSQL over the wide current rows.
 *
 * Agrees with explain on every household: the same graph, the same bounds, the same verdicts. Rows of
 * PostgreSQL have at most 1,664 columns, so it refuses a pack of more than some four hundred targets.
 */
export function compileSql(pack: Pack, on: string, source: SqlSource): SqlProgram {
  const day = compileDay(pack, on, {})
  const { program } = pack
  const plan = planOf(day)
  const draft = draftFor(program.facts)
  const values = new Map<NodeId, Value>()
  const truths = new Map<NodeId, Truth>()
  const firsts = new Map<number, FirstPass>()
  const value = (id: NodeId): Value => values.get(id) ?? dayValue(day, id)
  const truth = (id: NodeId): Truth => truths.get(id) ?? dayTruth(day, id)
  const reader = { draft, plan, truth, value }
  const first = (index: number): FirstPass => {
    const target = program.targets[index]
    const found = firsts.get(index)
    if (found || !target) return found ?? { base: certain(3), tiers: [], verdict: certain(3) }
    const made = firstPass(reader, target)
    firsts.set(index, made)
    return made
  }
  const verdict = (index: number): Truth => first(index).verdict
  for (const node of plan.live) {
    const stage = plan.stageOf(node.id)
    const { isStored } = source
    const of = { day, value, truth, verdict, isStored, gather: draft.gatherFor(stage) }
    const use = { stage, uses: plan.uses(node.id), carried: plan.isCarried(node.id) }
    const name = String(node.id)
    if (node.type === 'boolean')
      truths.set(node.id, settledTruth(draft, name, truthOf(node, of), use))
    else values.set(node.id, settledValue(draft, name, valueOf(node, of), use))
  }
  const answered = program.targets.map((target): Answered => {
    const answer = answerOf(reader, target, first(target.index))
    return { answer, names: namesOf(target, answer.min !== null) }
  })
  return {
    text: statementOf(draft, source, answered),
    targets: answered.map(({ names }) => names),
  }
}

function namesOf({ index, entity }: Target, isComputed: boolean): TargetNames {
  const name = (what: string): string => `t${index}_${what}`
  const [min, max] = isComputed ? [name('min'), name('max')] : [null, null]
  return { entity, verdict: name('verdict'), kind: name('kind'), min, max }
}

/** A draft that knows the columns of the stored rows. */
function draftFor(facts: readonly LoweredFact[]): Draft {
  const draft = makeDraft()
  for (const { id, entity } of facts) {
    const stage = entity === 'person' ? 0 : 1
    draft.declare(stage, `f_${id}`)
    draft.declare(stage, `f_${id}_known`)
  }
  return draft
}
