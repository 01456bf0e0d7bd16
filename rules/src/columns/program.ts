import { compileDay } from '../evaluate/day-program.ts'
import { dayView } from '../evaluate/day-view.ts'
import type { NodeId } from '../ir.ts'
import type { Decimal, Pack } from '../pack.ts'
import type { ColumnBatch } from './batch.ts'
import { BLOCK, blocksOf } from './block.ts'
import { type LoopChoice, loopChoice } from './choose-loops.ts'
import { type Mode, OUTCOMES_A_WORD } from './judge-context.ts'
import { libraryFor } from './library.ts'
import type { Ground, Loops } from './loops.ts'
import { findLacking, type Lacking, lackingFor } from './missing.ts'
import { planTarget } from './outcome.ts'
import { emptyColumns, emptyFound, type Judged, type TargetColumns, writeEntry } from './results.ts'
import { factColumns, filledOf, runBlock, type Running } from './run-block.ts'
import { sampleOn } from './sample.ts'

/** A pack compiled for one day: run it on batch after batch. */
export type ColumnProgram = Readonly<{
  /** Everything about everyone: verdicts, amounts, reasons, what is missing, near misses. */
  run: (batch: ColumnBatch) => ColumnResults
  /** Verdicts and amounts only, target by target of each block, as fast as they can be had. */
  judge: (batch: ColumnBatch, take: (entries: Entries) => void) => void
  /**
   * The same for the whole batch into columns that the caller keeps, one entry a target: as fast as
   * it can be had. With `words` the outcome of every condition is kept, too.
   */
  fill: (batch: ColumnBatch, into: readonly Judged[]) => void
  /** Entries with the outcome of every condition. */
  judgeAll: (batch: ColumnBatch, take: (entries: Entries) => void) => void
  /** The generated functions, for review. */
  sources: () => readonly string[]
}>

/** One entry per target of `pack.program.targets`, in that order. */
export type ColumnResults = Readonly<{ targets: readonly TargetColumns[] }>

/** Those of one target in one block who are eligible or undecided. Valid until the next block. */
export type Entries = Readonly<{
  target: number
  /** The block's rows are first … first + size - 1 of the batch. */
  first: number
  size: number
  /** So many entries; row of the batch = first + rows[i]. */
  count: number
  rows: Int32Array
  /** 1 eligible, 2 unknown; 0 is to be passed over. */
  verdict: Uint8Array
  /** Places in amountKinds. */
  kind: Uint8Array
  /** Fen. */
  lo: Float64Array
  hi: Float64Array
  /** Place of the tier whose period the amount has; only where tiers of the target have several. */
  period: Int8Array
  /**
   * Outcomes of the conditions of all rows of the block, where asked for: four bits each of met,
   * unmet, unconfirmed and open, eight conditions a word.
   */
  words: Uint32Array
}>

/** From so many persons on, loops are made for what the columns hold. */
const WORTH_KNOWING = 4000

export type ColumnOptions = Readonly<{
  /**
   * From so many persons on a batch gets loops made for what its columns hold; smaller ones share
   * loops that take anything.
   */
  worthKnowing?: number
  /** What-if values of parameters by id (yuan or plain numbers), in place of the day's row. */
  parameterValues?: Readonly<Record<string, Decimal>>
}>

/**
 * Compiles the pack for a day into fused loops over typed arrays.
 *
 * Agrees with explain on every household: the same graph, the same bounds, the same verdicts.
 *
 * @throws RangeError for a day that is none, or a what-if value that the parameter cannot have
 */
export function compileColumns(
  pack: Pack,
  on: string,
  { worthKnowing = WORTH_KNOWING, parameterValues }: ColumnOptions = {},
): ColumnProgram {
  const { program } = pack
  const compiled = compileDay(pack, on, parameterValues ? { parameterValues } : {})
  const { frame } = compiled
  const view = dayView(compiled)
  const ground = (mode: Mode, into: Ground['into']): Ground => ({
    program,
    view,
    day: {
      lo: (id: NodeId) => frame.lo[frame.at(id)] ?? 0,
      hi: (id: NodeId) => frame.hi[frame.at(id)] ?? 0,
      nul: (id: NodeId) => frame.nul[frame.at(id)] ?? 0,
    },
    library: libraryFor(compiled.day),
    mode,
    into,
  })
  const plans = program.targets.map((target) =>
    planTarget(program, target, view(target.index), compiled.parameters),
  )
  const found = program.targets.map(({ conditions }) =>
    emptyFound(BLOCK, Math.ceil(conditions.length / OUTCOMES_A_WORD)),
  )
  const lacking = lackingFor(program, BLOCK)
  const running: Running = { pack, plans, found }
  const sample = sampleOn(compiled)
  const choices = new Map<string, LoopChoice>()
  const choice = (mode: Mode, into: Ground['into'] = 'entries'): LoopChoice => {
    const key = `${mode} ${into}`
    const found = choices.get(key) ?? loopChoice(ground(mode, into), sample, worthKnowing)
    choices.set(key, found)
    return found
  }
  return {
    run: (batch) => runBatch(running, lacking, choice('answers').for(batch), batch),
    judge: (batch, take) => judgeBatch(running, choice('verdicts').for(batch), batch, take),
    judgeAll: (batch, take) => judgeBatch(running, choice('outcomes').for(batch), batch, take),
    fill: (batch, into) => {
      const [mode, columns] = kindOf(into)
      fillBatch(running, choice(mode, columns).for(batch), batch, into)
    },
    sources: () => [...choices.values()].flatMap(({ sources }) => sources()),
  }
}

/** What is to be kept, told from the columns given; all targets alike. */
function kindOf(into: readonly Judged[]): [Mode, Ground['into']] {
  const mode = into.some(({ words }) => words) ? 'outcomes' : 'verdicts'
  return [mode, into.some(({ hi }) => hi) ? 'range' : 'low']
}

function fillBatch(
  running: Running,
  loops: Loops,
  batch: ColumnBatch,
  into: readonly Judged[],
): void {
  const facts = factColumns(running.pack, batch, 'empty')
  const filled = filledOf(running.found, into)
  for (const block of blocksOf(batch)) runBlock(running, loops, block, facts, filled)
}

function runBatch(
  running: Running,
  lacking: Lacking,
  loops: Loops,
  batch: ColumnBatch,
): ColumnResults {
  const { pack, plans, found } = running
  const { program } = pack
  const facts = factColumns(pack, batch, 'unknown')
  const targets = program.targets.map(({ entity }) =>
    emptyColumns(entity === 'person' ? batch.persons : batch.households, program.facts.length),
  )
  for (const block of blocksOf(batch)) {
    const { counts, look } = runBlock(running, loops, block, facts)
    findLacking(lacking, program, facts, block)
    for (const plan of plans) {
      const { index } = plan.target
      const columns = targets[index]
      if (!columns) continue
      const context = {
        program,
        plans,
        plan,
        columns,
        block,
        lacking,
        found,
        look: (row: number) => look(plan, row),
      }
      const count = counts[index] ?? 0
      for (let entry = 0; entry < count; entry++) writeEntry(context, entry)
    }
  }
  return { targets }
}

function judgeBatch(
  running: Running,
  loops: Loops,
  batch: ColumnBatch,
  take: (entries: Entries) => void,
): void {
  const { pack, found } = running
  const facts = factColumns(pack, batch, 'empty')
  for (const block of blocksOf(batch)) {
    const { counts } = runBlock(running, loops, block, facts)
    for (const { index, entity } of pack.program.targets) {
      const own = found[index]
      const count = counts[index] ?? 0
      if (!own) continue
      const { rows, verdict, kind, lo, hi, period, words } = own
      const isPerson = entity === 'person'
      const first = isPerson ? block.firstPerson : block.firstHousehold
      const size = isPerson ? block.persons : block.households
      take({ target: index, first, size, count, rows, verdict, kind, lo, hi, period, words })
    }
  }
}
