import { dayView } from '../evaluate/day-view.ts'
import { compileDay } from '../evaluate/day-program.ts'
import type { Node, NodeId, Program } from '../ir.ts'
import type { Pack } from '../pack.ts'
import { type ColumnBatch, type FactColumn, UNKNOWN } from './batch.ts'
import { BLOCK, type Block, blocksOf, type Scratch } from './block.ts'
import { type Chunk, chunksOf, keptNodes } from './chunk.ts'
import { libraryFor } from './library.ts'
import { findLacking, type Lacking, lackingFor } from './missing.ts'
import { planTarget, type TargetPlan, verdictOf } from './outcome.ts'
import { emptyColumns, takeOutcomes, type TargetColumns, writeRow } from './results.ts'
import { strataOf } from './strata.ts'

/** The rows a generated loop runs over: persons or households of one block. */
type Rows = Readonly<{
  count: number
  /** Row of the batch at which the block begins. */
  base: number
  start: Int32Array
  owner: Int32Array
  facts: readonly FactColumn[]
  verdicts: readonly Uint8Array[]
  on: number
}>

type Run = (rows: Rows) => void

type Stage = Readonly<{
  runs: readonly { entity: Chunk['entity']; run: Run }[]
  verdicts: readonly number[]
}>

/** A pack compiled for one day: run it on batch after batch. */
export type ColumnProgram = Readonly<{
  run: (batch: ColumnBatch) => ColumnResults
  /** The generated functions, for review. */
  sources: readonly string[]
}>

/** One entry per target of `pack.program.targets`, in that order. */
export type ColumnResults = Readonly<{ targets: readonly TargetColumns[] }>

/**
 * Compiles the pack for a day into fused loops over typed arrays.
 *
 * Agrees with explain on every household: the same graph, the same bounds, the same verdicts.
 */
export function compileColumns(pack: Pack, on: string): ColumnProgram {
  const { program } = pack
  const compiled = compileDay(pack, on, {})
  const { frame } = compiled
  const day = {
    lo: (id: NodeId) => frame.lo[frame.at(id)] ?? 0,
    hi: (id: NodeId) => frame.hi[frame.at(id)] ?? 0,
    nul: (id: NodeId) => frame.nul[frame.at(id)] ?? 0,
  }
  const view = dayView(compiled)
  const scratch = scratchFor(program, day)
  const { stages, sources } = stagesOf(program, day, scratch, keptNodes(program, view))
  const plans = program.targets.map((target) =>
    planTarget(program, target, view, compiled.parameters),
  )
  const lacking = lackingFor(program, BLOCK)
  return {
    sources,
    run: (batch) =>
      runBatch({ program, plans, stages, scratch, lacking, day: compiled.day }, batch),
  }
}

function stagesOf(
  program: Program,
  day: Parameters<typeof chunksOf>[2],
  scratch: Scratch,
  kept: ReadonlySet<NodeId>,
): { stages: Stage[]; sources: string[] } {
  const { strata, verdictsAfter } = strataOf(program)
  const library = libraryFor(program)
  const sources: string[] = []
  const stages: Stage[] = []
  const levels = [...new Set([...strata.map(({ level }) => level), ...verdictsAfter.keys()])].sort(
    (a, b) => a - b,
  )
  for (const level of levels) {
    const chunks = strata
      .filter((stratum) => stratum.level === level)
      .flatMap((stratum) => chunksOf(stratum, program, day, kept))
    const runs = chunks.map(({ entity, source }) => {
      sources.push(source)
      return { entity, run: new Function('lib', 'S', source)(library, scratch) as Run }
    })
    stages.push({ runs, verdicts: verdictsAfter.get(level) ?? [] })
  }
  return { stages, sources }
}

function scratchFor(program: Program, day: Parameters<typeof chunksOf>[2]): Scratch {
  const scratch: Scratch = { lo: {}, hi: {}, nul: {}, mask: {} }
  const column = (node: Node) => {
    if (node.type === 'boolean')
      scratch.mask[node.id] = new Uint8Array(BLOCK).fill(
        node.entity === 'day' ? day.lo(node.id) : 0,
      )
    else {
      scratch.lo[node.id] = new Float64Array(BLOCK).fill(
        node.entity === 'day' ? day.lo(node.id) : 0,
      )
      scratch.hi[node.id] = new Float64Array(BLOCK).fill(
        node.entity === 'day' ? day.hi(node.id) : 0,
      )
      scratch.nul[node.id] = new Uint8Array(BLOCK).fill(
        node.entity === 'day' ? day.nul(node.id) : 0,
      )
    }
  }
  for (const node of program.nodes) column(node)
  return scratch
}

type Compiled = Readonly<{
  program: Program
  plans: readonly TargetPlan[]
  stages: readonly Stage[]
  scratch: Scratch
  lacking: Lacking
  day: number
}>

function runBatch(compiled: Compiled, batch: ColumnBatch): ColumnResults {
  const { program, plans } = compiled
  const facts = factColumns(program, batch)
  const targets = program.targets.map(({ entity }) =>
    emptyColumns(entity === 'person' ? batch.persons : batch.households, program.facts.length),
  )
  const verdicts = program.targets.map(() => new Uint8Array(BLOCK))
  for (const block of blocksOf(batch)) {
    runStages(compiled, block, facts, verdicts)
    findLacking(compiled.lacking, program, facts, block)
    for (const plan of plans) {
      const count = plan.target.entity === 'person' ? block.persons : block.households
      const columns = targets[plan.target.index]
      if (!columns) continue
      const context = {
        program,
        plans,
        plan,
        columns,
        block,
        verdicts,
        lacking: compiled.lacking,
        scratch: compiled.scratch,
      }
      for (let row = 0; row < count; row++) writeRow(context, row)
    }
  }
  return { targets }
}

/** Runs all chunks of a block in order, forming first verdicts of every target on the way. */
function runStages(
  { program, plans, stages, scratch, day }: Compiled,
  block: Block,
  facts: readonly FactColumn[],
  verdicts: readonly Uint8Array[],
): void {
  const decided = new Set<number>()
  const decide = (target: number) => {
    const plan = plans[target]
    const into = verdicts[target]
    if (!plan || !into || decided.has(target)) return
    decided.add(target)
    const count = plan.target.entity === 'person' ? block.persons : block.households
    for (let row = 0; row < count; row++) {
      takeOutcomes(plan, scratch, row)
      into[row] = verdictOf(plan.target, plan.outcomes)
    }
  }
  const { start, owner } = block
  const common = { start, owner, facts, verdicts, on: day }
  const rows = {
    person: { ...common, count: block.persons, base: block.firstPerson },
    household: { ...common, count: block.households, base: block.firstHousehold },
  }
  for (const stage of stages) {
    for (const { entity, run } of stage.runs) run(rows[entity])
    stage.verdicts.forEach(decide)
  }
  program.targets.forEach(({ index }) => decide(index))
}

/** A column for every fact; one full of UNKNOWN for facts that the batch lacks. */
function factColumns(program: Program, batch: ColumnBatch): FactColumn[] {
  const missing = { household: null as FactColumn | null, person: null as FactColumn | null }
  return program.facts.map(({ id, entity }) => {
    const given = batch[entity][id]
    if (given) return given
    missing[entity] ??= new Int32Array(entity === 'person' ? batch.persons : batch.households).fill(
      UNKNOWN,
    )
    return missing[entity]
  })
}
