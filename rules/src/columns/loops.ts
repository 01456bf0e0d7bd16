import type { DayView } from '../evaluate/day-view.ts'
import type { Node, NodeId, Program, Target } from '../ir.ts'
import { operands } from '../operands.ts'
import type { FactColumn } from './batch.ts'
import { BLOCK, type Block, type Scratch } from './block.ts'
import { type DayValues, formsOf } from './forms.ts'
import { gatesOf, judgeLoop } from './judge-code.ts'
import type { JudgeContext, Mode } from './judge-context.ts'
import type { Knowledge } from './knowledge.ts'
import type { Library } from './library.ts'
import { lookCode, matchedTargets, pendingLoop } from './look-code.ts'
import type { Plan } from './names.ts'
import { orderOf, type Settled } from './orders.ts'
import type { Looked } from './outcome.ts'
import type { Found, Judged } from './results.ts'
import { countedTargets, type Loop, storedLoops, storedNodes, togetherOf } from './stored-loops.ts'
import { stagesOf } from './strata.ts'
import type { Likely } from './waiting.ts'

type Columns = readonly FactColumn[]
type Verdicts = readonly Uint8Array[]
/** A generated function: what it writes to and takes besides depends on its kind. */
type Run<Out, More, R = void> = (
  block: Block,
  facts: Columns,
  verdicts: Verdicts,
  out: Out,
  more: More,
) => R

/** The generated functions of a pack for batches of which `knowledge` holds. */
export type Loops = Readonly<{
  knowledge: Knowledge
  stages: readonly Stage[]
  /** Targets whose first verdicts are kept for every row. */
  firsts: ReadonlySet<number>
  /** By target: finds the rows that wait for a match to be confirmed; null where none can. */
  waiting: readonly (Run<Pick<Found, 'first' | 'waiting'>, Likely, number> | null)[]
  /** Targets whose match, once confirmed, may settle another. */
  matched: readonly number[]
  /** By target; made when first needed. */
  look: (target: number) => Run<Looked, number>
  sources: readonly string[]
}>

type Stage = Readonly<{
  shared: readonly Run<readonly Out[], Int32Array>[]
  judges: readonly Run<readonly Out[], Int32Array>[]
}>

/** What the loops of every knowledge have in common. */
export type Ground = Readonly<{
  program: Program
  view: DayView
  day: DayValues
  library: Library
  mode: Mode
  into: JudgeContext['into']
}>

/** Where the answers to a target go: entries of a block, or columns of the batch. */
export type Out = Found | (Judged & Pick<Found, 'first' | 'rows'>)

/** Targets judged in one loop: more share what they read, until registers run out. */
const TARGETS_A_LOOP = 4

/**
 * Writes and compiles the loops.
 *
 * @param settled by target, what a sample says of the conditions; null before there is one
 */
export function loopsFor(
  ground: Ground,
  knowledge: Knowledge,
  settled: readonly Settled[] | null,
): Loops {
  const { program, view, day, mode, into } = ground
  const stored = storedNodes(program, mode === 'outcomes')
  const plan: Plan = {
    program,
    knowledge,
    forms: formsOf(program, knowledge, day),
    day,
    stored,
    together: togetherOf(program, stored),
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
  const firsts = firstsOf(program, mode)
  const context = {
    plan,
    mode,
    into,
    firsts,
    view,
    counted: countedTargets(program),
    orders: program.targets.map((target, t) => orderOf(target, plan, settled?.[t] ?? null)),
  }
  const stages = stagesOf(program, stored).map(({ person, household, targets }): Stage => {
    const shared = [
      ...storedLoops('person', person, plan),
      ...storedLoops('household', household, plan),
    ]
    const gates = (target: Target) => gatesOf({ ...context, target })
    const judges = groups(program, targets, gates).map(([entity, group]) =>
      judgeLoop(entity, group, context),
    )
    return {
      shared: shared.map(({ source }: Loop) => compile(source)),
      judges: judges.map((source) => compile(source)),
    }
  })
  const looks = new Map<number, Run<Looked, number>>()
  const look = (index: number): Run<Looked, number> => {
    const found = looks.get(index)
    const target = program.targets[index]
    if (found) return found
    if (!target) throw new Error(`no target ${index}`)
    const made: Run<Looked, number> = compile(lookCode(target, plan, view(index).measures))
    looks.set(index, made)
    return made
  }
  const waiting = program.targets.map((target) => {
    const source = pendingLoop(target, plan)
    return source === null
      ? null
      : compile<Run<Pick<Found, 'first' | 'waiting'>, Likely, number>>(source)
  })
  const matched = matchedTargets(plan)
  return { knowledge, stages, firsts, waiting, matched, look, sources }
}

/** Targets whose first verdict is read by a match, by the second pass, or to say what one waits for. */
function firstsOf(program: Program, mode: Mode): Set<number> {
  if (mode === 'answers') return new Set(program.targets.map(({ index }) => index))
  const matched = program.nodes.flatMap(({ op }) => (op.kind === 'match' ? [op.target] : []))
  const waiting = program.targets.filter(({ readsStatus }) => readsStatus)
  return new Set([...matched, ...waiting.map(({ index }) => index)])
}

/** Targets judged together: of one entity, and behind the same gates. */
function groups(
  program: Program,
  targets: readonly number[],
  gates: (target: Target) => readonly number[],
): [Target['entity'], readonly Target[]][] {
  const keyOf = (target: Target): string => {
    const roots = gates(target).map((c) => target.conditions[c]?.root)
    return [target.entity, ...roots].join(' ')
  }
  const alike = Map.groupBy(
    program.targets.filter(({ index }) => targets.includes(index)),
    keyOf,
  )
  return [...alike.values()].flatMap((all) =>
    Array.from(
      { length: Math.ceil(all.length / TARGETS_A_LOOP) },
      (_, i): [Target['entity'], readonly Target[]] => [
        all[0]?.entity ?? 'household',
        all.slice(i * TARGETS_A_LOOP, (i + 1) * TARGETS_A_LOOP),
      ],
    ),
  )
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
