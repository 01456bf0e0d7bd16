import type { DayView } from '../evaluate/day-view.ts'
import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'
import type { FactColumn } from './batch.ts'
import { BLOCK, type Block, type Scratch } from './block.ts'
import { type DayValues, formsOf } from './forms.ts'
import type { Knowledge } from './knowledge.ts'
import type { Library } from './library.ts'
import type { Plan } from './names.ts'
import type { TargetPlan } from './outcome.ts'
import type { Found } from './results.ts'
import { type Loop, sharedLoops, storedNodes } from './shared.ts'
import { stagesOf } from './strata.ts'
import type { Likely } from './waiting.ts'
import { lookCode, matchedTargets, pendingLoop, targetLoop } from './target-code.ts'

type Columns = readonly FactColumn[]
type Verdicts = readonly Uint8Array[]
type Shared = (block: Block, facts: Columns, verdicts: Verdicts) => void
type Judge = (block: Block, facts: Columns, verdicts: Verdicts, out: Found) => number
type Wait = (
  block: Block,
  facts: Columns,
  verdicts: Verdicts,
  out: Found,
  likely: Likely,
) => number
type Look = (
  block: Block,
  facts: Columns,
  verdicts: Verdicts,
  out: TargetPlan['looked'],
  row: number,
) => void

/** The generated functions of a pack for batches of which `knowledge` holds. */
export type Loops = Readonly<{
  knowledge: Knowledge
  stages: readonly { shared: readonly Shared[]; targets: readonly { index: number; judge: Judge }[] }[]
  /** By target: finds the rows that wait for a match to be confirmed; null where none can. */
  waiting: readonly (Wait | null)[]
  /** Targets whose match, once confirmed, may settle another. */
  matched: readonly number[]
  /** By target; made when first needed. */
  look: (target: number) => Look
  sources: readonly string[]
}>

/** What the loops of every knowledge have in common. */
export type Ground = Readonly<{
  program: Program
  view: DayView
  day: DayValues
  library: Library
  /** Whether near misses are looked for. */
  nearby: boolean
}>

/** Writes and compiles the loops. */
export function loopsFor(ground: Ground, knowledge: Knowledge): Loops {
  const { program, view, day, nearby } = ground
  const stored = storedNodes(program)
  const forms = formsOf(program, knowledge, day)
  const plan: Plan = {
    program,
    knowledge,
    forms,
    day,
    stored,
    operandsOf: (id: NodeId) => {
      const node = program.nodes[id]
      return node ? operands(node.op) : []
    },
  }
  const scratch = scratchFor(program, stored)
  const sources: string[] = []
  const compile = <F>(source: string): F => {
    sources.push(source)
    return new Function('lib', 'S', source)(ground.library, scratch) as F
  }
  const stages = stagesOf(program, stored).map(({ person, household, targets }) => ({
    shared: [
      ...sharedLoops('person', person, plan),
      ...sharedLoops('household', household, plan),
    ].map(({ source }: Loop) => compile<Shared>(source)),
    targets: targets.flatMap((index) => {
      const target = program.targets[index]
      if (!target) return []
      const { source } = targetLoop(target, plan, view.measures[index] ?? [], nearby)
      return [{ index, judge: compile<Judge>(source) }]
    }),
  }))
  const looks = new Map<number, Look>()
  const look = (index: number): Look => {
    const found = looks.get(index)
    const target = program.targets[index]
    if (found) return found
    if (!target) throw new Error(`no target ${index}`)
    const made = compile<Look>(lookCode(target, plan, view.measures[index] ?? []))
    looks.set(index, made)
    return made
  }
  const waiting = program.targets.map((target) => {
    const source = pendingLoop(target, plan)
    return source === null ? null : compile<Wait>(source)
  })
  return { knowledge, stages, waiting, matched: matchedTargets(plan), look, sources }
}

function scratchFor(program: Program, stored: ReadonlySet<NodeId>): Scratch {
  const scratch: Scratch = { lo: {}, hi: {}, nul: {}, mask: {} }
  for (const id of stored) column(scratch, program.nodes[id])
  return scratch
}

function column(scratch: Scratch, node: Node | undefined): void {
  if (!node) return
  if (node.type === 'boolean') scratch.mask[node.id] = new Uint8Array(BLOCK)
  else {
    scratch.lo[node.id] = new Float64Array(BLOCK)
    scratch.hi[node.id] = new Float64Array(BLOCK)
    scratch.nul[node.id] = new Uint8Array(BLOCK)
  }
}
