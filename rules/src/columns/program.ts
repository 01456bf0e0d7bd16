import { compileDay } from '../evaluate/day-program.ts'
import { dayView } from '../evaluate/day-view.ts'
import type { NodeId } from '../ir.ts'
import type { Pack } from '../pack.ts'
import { type ColumnBatch, type FactColumn, UNKNOWN } from './batch.ts'
import { BLOCK, type Block, blocksOf } from './block.ts'
import { covers, type Knowledge, knowledgeOf, merged, widthsOf } from './knowledge.ts'
import { libraryFor } from './library.ts'
import { type Ground, type Loops, loopsFor } from './loops.ts'
import { findLacking, type Lacking, lackingFor } from './missing.ts'
import { planTarget, type TargetPlan } from './outcome.ts'
import {
  emptyColumns,
  emptyFound,
  type Found,
  type TargetColumns,
  writeEntry,
} from './results.ts'
import { emptyLikely, findLikely, settleWaiting } from './waiting.ts'

/** A pack compiled for one day: run it on batch after batch. */
export type ColumnProgram = Readonly<{
  /** Everything about everyone: verdicts, amounts, reasons, what is missing, near misses. */
  run: (batch: ColumnBatch) => ColumnResults
  /** Verdicts and amounts only, block by block, as fast as they can be had. */
  judge: (batch: ColumnBatch, take: (entries: Entries) => void) => void
  /** The generated functions, for review. */
  sources: () => readonly string[]
}>

/** One entry per target of `pack.program.targets`, in that order. */
export type ColumnResults = Readonly<{ targets: readonly TargetColumns[] }>

/** Those of one target in one block who are eligible or undecided. Valid until the next block. */
export type Entries = Readonly<{
  target: number
  count: number
  /** Row of the batch = first + rows[i]. */
  first: number
  rows: Int32Array
  /** 1 eligible, 2 unknown; 0 is to be passed over. */
  verdict: Uint8Array
  /** Places in amountKinds. */
  kind: Uint8Array
  /** Fen. */
  lo: Float64Array
  hi: Float64Array
}>

/** From so many persons on, loops are made for what the columns hold. */
const WORTH_KNOWING = 4000

export type ColumnOptions = Readonly<{ worthKnowing?: number }>

/**
 * Compiles the pack for a day into fused loops over typed arrays.
 *
 * Agrees with explain on every household: the same graph, the same bounds, the same verdicts.
 *
 * @param options.worthKnowing from so many persons on a batch gets loops made for what its columns
 *   hold; smaller ones share loops that take anything
 */
export function compileColumns(
  pack: Pack,
  on: string,
  { worthKnowing = WORTH_KNOWING }: ColumnOptions = {},
): ColumnProgram {
  const { program } = pack
  const compiled = compileDay(pack, on, {})
  const { frame } = compiled
  const view = dayView(compiled)
  const ground = (nearby: boolean): Ground => ({
    program,
    view,
    day: {
      lo: (id: NodeId) => frame.lo[frame.at(id)] ?? 0,
      hi: (id: NodeId) => frame.hi[frame.at(id)] ?? 0,
      nul: (id: NodeId) => frame.nul[frame.at(id)] ?? 0,
    },
    library: libraryFor(compiled.day),
    nearby,
  })
  const plans = program.targets.map((target) =>
    planTarget(program, target, view, compiled.parameters),
  )
  const found = program.targets.map(() => emptyFound(BLOCK))
  const lacking = lackingFor(program, BLOCK)
  const answering = chooser(ground(true), worthKnowing)
  const judging = chooser(ground(false), worthKnowing)
  return {
    run: (batch) => runBatch({ pack, plans, found, lacking }, answering.for(batch), batch),
    judge: (batch, take) => judgeBatch({ pack, plans, found }, judging.for(batch), batch, take),
    sources: () => [...answering.sources(), ...judging.sources()],
  }
}

/** Keeps the loops made so far, and makes others where a batch holds what those cannot take. */
function chooser(ground: Ground, worthKnowing: number) {
  const general: Loops[] = []
  const special: Loops[] = []
  const choose = (from: Loops[], knowledge: Knowledge): Loops => {
    const fit = from.find((loops) => covers(loops.knowledge, knowledge))
    if (fit) return fit
    const like = from.find((loops) => merged(loops.knowledge, knowledge) !== null)
    const made = loopsFor(ground, (like && merged(like.knowledge, knowledge)) ?? knowledge)
    if (like) from.splice(from.indexOf(like), 1)
    from.unshift(made)
    return made
  }
  return {
    for: (batch: ColumnBatch): Loops =>
      batch.persons >= worthKnowing
        ? choose(special, knowledgeOf(ground.program, batch))
        : choose(general, widthsOf(ground.program, batch)),
    sources: () => [...general, ...special].flatMap(({ sources }) => sources),
  }
}

type Running = Readonly<{ pack: Pack; plans: readonly TargetPlan[]; found: readonly Found[] }>

function runBatch(
  { pack, plans, found, lacking }: Running & { lacking: Lacking },
  loops: Loops,
  batch: ColumnBatch,
): ColumnResults {
  const { program } = pack
  const facts = factColumns(pack, batch)
  const targets = program.targets.map(({ entity }) =>
    emptyColumns(entity === 'person' ? batch.persons : batch.households, program.facts.length),
  )
  for (const block of blocksOf(batch)) {
    const { counts, look } = runBlock({ plans, found }, loops, block, facts)
    findLacking(lacking, program, facts, block)
    for (const plan of plans) {
      const { index } = plan.target
      const columns = targets[index]
      if (!columns) continue
      const context = {
        ...{ program, plans, plan, columns, block, lacking, found },
        look: (row: number) => look(plan, row),
      }
      const count = counts[index] ?? 0
      for (let entry = 0; entry < count; entry++) writeEntry(context, entry)
    }
  }
  return { targets }
}

function judgeBatch(
  { pack, plans, found }: Running,
  loops: Loops,
  batch: ColumnBatch,
  take: (entries: Entries) => void,
): void {
  const facts = factColumns(pack, batch)
  for (const block of blocksOf(batch)) {
    const { counts } = runBlock({ plans, found }, loops, block, facts)
    for (const { index, entity } of pack.program.targets) {
      const own = found[index]
      const count = counts[index] ?? 0
      if (!own || count === 0) continue
      const { rows, verdict, kind, lo, hi } = own
      const first = entity === 'person' ? block.firstPerson : block.firstHousehold
      take({ target: index, count, first, rows, verdict, kind, lo, hi })
    }
  }
}

const likely = emptyLikely()

/** Runs all loops of a block; returns how many entries each target has. */
function runBlock(
  { plans, found }: Pick<Running, 'plans' | 'found'>,
  loops: Loops,
  block: Block,
  facts: readonly FactColumn[],
) {
  const counts = runStages(loops, block, facts, found)
  const verdicts = found.map(({ first }) => first)
  const look = ({ target, looked }: TargetPlan, row: number): void =>
    loops.look(target.index)(block, facts, verdicts, looked, row)
  const matched = loops.matched.flatMap((index) => {
    const { entity } = plans[index]?.target ?? {}
    const { first } = found[index] ?? {}
    return entity && first ? [{ entity, first }] : []
  })
  findLikely(likely, block, matched)
  if (likely.householdCount === 0) return { counts, look }
  for (const plan of plans) {
    const { index } = plan.target
    const own = found[index]
    const waiting = own ? (loops.waiting[index]?.(block, facts, verdicts, own, likely) ?? 0) : 0
    if (own && waiting > 0)
      counts[index] = settleWaiting(plan, own, waiting, counts[index] ?? 0, (row) =>
        look(plan, row),
      )
  }
  return { counts, look }
}

/** Runs all loops of a block in order; returns how many entries each target has. */
function runStages(
  { stages }: Loops,
  block: Block,
  facts: readonly FactColumn[],
  found: readonly Found[],
): Int32Array {
  const counts = new Int32Array(found.length)
  const verdicts = found.map(({ first }) => first)
  for (const { first } of found) first.fill(2)
  for (const { shared, targets } of stages) {
    for (const loop of shared) loop(block, facts, verdicts)
    for (const { index, judge } of targets) {
      const own = found[index]
      if (own) counts[index] = judge(block, facts, verdicts, own)
    }
  }
  return counts
}

/** A column for every fact; one full of UNKNOWN for facts that the batch lacks. */
function factColumns({ program }: Pack, batch: ColumnBatch): FactColumn[] {
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
