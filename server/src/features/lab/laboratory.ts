import { type ColumnProgram, compileColumns, type Decimal, type Pack } from '@qiao/rules'
import { targetKey } from '../policies/target-forms.ts'
import {
  type Breakdown,
  breakDown,
  compare,
  type Difference,
  everybody,
  movesOf,
  noDifference,
  type Pair,
} from './difference.ts'
import { entitlements, type Gap, changedGap, gapOf } from './gap.ts'
import { emptyJudgement, type Judgement, judgeInto, type Receipts } from './judgement.ts'
import { type Crowd, crowdOf } from './likeness.ts'
import { looseCell, loosen } from './loosen.ts'
import { narrowTo } from './narrow.ts'
import { columnsFor } from './other-facts.ts'
import { type Cell, type Found, pick } from './pick.ts'
import type { Population } from './population.ts'
import { reachOf } from './reach.ts'
import { changedTargets } from './same-rules.ts'
import type { Tally } from './state.ts'

/** Everything a laboratory needs of its part of the district. */
export type Ground = Readonly<{
  pack: Pack
  on: string
  population: Population
  decileOf: Uint8Array
  householdIds: Float64Array
  townships: number
  /** By target of the pack. */
  receipts: Receipts
  /** Fen a head and month, for the poverty gap; null where no line is known. */
  line: number | null
}>

/** What a change does, in sums that add up over the parts of a district. */
export type Effect = Readonly<{
  /** Targets that were judged again, by key. */
  reached: readonly string[]
  /** By key of the target: its tally under changed rules, and by township who gained and lost. */
  after: ReadonlyMap<string, Tally>
  turned: ReadonlyMap<string, Float64Array>
  breakdown: Breakdown
  /** By `key>key`, by township. */
  moves: ReadonlyMap<string, Float64Array>
  gap: Gap | null
}>

/** What today's rules say, in sums that add up over the parts of a district. */
export type Standing = Readonly<{
  before: ReadonlyMap<string, Tally>
  breakdown: Breakdown
  gap: Gap | null
  crowd: Crowd
}>

/** What is tried: other values of parameters, in yuan or plain numbers, on other rules if any. */
type Trying = Readonly<{ values: Readonly<Record<string, number>>; pack: Pack | null }>

/** What a change does, and some of the households behind a figure of it. */
export type Picked = Readonly<{ effect: Effect; found: readonly Found[] }>

export type Laboratory = Readonly<{
  standing: Standing
  /** Other values of parameters, in yuan or plain numbers. */
  tryValues: (values: Readonly<Record<string, number>>) => Effect
  /** Other rules altogether, with other values besides. */
  tryPack: (pack: Pack, values?: Readonly<Record<string, Decimal>>) => Effect
  pickFrom: (trying: Trying, cell: Cell, most: number) => Picked
}>

/** Judges the whole part once by today's rules; what comes later is compared with that. */
export function openLaboratory(ground: Ground): Laboratory {
  const { pack, on, population, townships, receipts } = ground
  const keys = pack.program.targets.map((target) => targetKey(pack, target))
  const before = pack.program.targets.map(({ entity }) =>
    emptyJudgement(population, entity, townships),
  )
  const whole = { pack, program: compileColumns(pack, on) }
  judgeInto(whole, population, population.batch, before, receipts)
  const all = everybody(population, ground.decileOf, townships)
  const entitled = entitlements(before, population)
  const gap = ground.line === null ? null : gapOf(population, entitled, ground.line, townships)
  const benches = new Map<string, Bench>()
  const scratch = new Map<number, Judgement>()
  const afterOf = (target: number): Judgement => {
    const found = scratch.get(target)
    if (found) return found
    const entity = pack.program.targets[target]?.entity ?? 'household'
    const made = emptyJudgement(population, entity, townships)
    scratch.set(target, made)
    return made
  }
  const differenceOf = (pairs: readonly KeyedPair[]): Difference => {
    const difference = noDifference(population)
    for (const pair of pairs) compare(difference, population, townships, pair)
    return difference
  }
  const effectOf = (
    pairs: readonly KeyedPair[],
    difference: Difference = differenceOf(pairs),
  ): Effect => {
    const keyOf = new Map(pairs.map(({ target, key }) => [target, key]))
    const named = <T>(found: ReadonlyMap<number, T>) =>
      new Map([...found].map(([target, value]) => [keyOf.get(target) ?? '', value]))
    const moves = movesOf(difference, population, townships)
    const pairName = (pair: string) =>
      pair
        .split('>')
        .map((target) => keyOf.get(Number(target)) ?? '')
        .join('>')
    return {
      reached: pairs.map(({ key }) => key),
      after: new Map(pairs.flatMap(({ key, after }) => (after ? [[key, after.tally]] : []))),
      turned: named(difference.turned),
      breakdown: breakDown(difference, population, ground.decileOf, all),
      moves: new Map([...moves].map(([pair, counts]) => [pairName(pair), counts])),
      gap:
        gap && ground.line !== null
          ? changedGap(gap, difference, population, entitled, ground.line)
          : null,
    }
  }
  const judgeValues = (values: Readonly<Record<string, number>>): readonly number[] => {
    const ids = Object.keys(values).sort()
    const bench = remembered(benches, ids.join(' '), () => openBench(ground, ids))
    for (const id of ids) bench.columns.get(id)?.fill(looseCell(pack, id, values[id] ?? 0))
    const wanted = bench.wholeOf.map((target) =>
      bench.reached.has(target) ? afterOf(target) : null,
    )
    const own = bench.wholeOf.map((target) => receipts[target] ?? null)
    judgeInto(bench, population, bench.batch, wanted, own)
    return [...bench.reached]
  }
  const valuePairs = (values: Readonly<Record<string, number>>): KeyedPair[] =>
    judgeValues(values).map((target) => ({
      target,
      key: keys[target] ?? '',
      before: before[target] ?? null,
      after: afterOf(target),
    }))
  return {
    standing: {
      before: new Map(before.map((judgement, target) => [keys[target] ?? '', judgement.tally])),
      breakdown: all,
      gap,
      crowd: crowdOf(population, ground.decileOf),
    },
    tryValues: (values) => effectOf(valuePairs(values)),
    tryPack: (other, values = {}) => effectOf(pairsOf(ground, before, keys, other, values)),
    pickFrom: ({ pack: other, values }, cell, most) => {
      const pairs = other ? pairsOf(ground, before, keys, other, values) : valuePairs(values)
      const difference = differenceOf(pairs)
      return {
        effect: effectOf(pairs, difference),
        found: pick(ground, difference, pairs, cell, most),
      }
    },
  }
}

type KeyedPair = Pair & Readonly<{ key: string }>

/** Loops for what some parameters reach, which take their values from columns. */
type Bench = Readonly<{
  pack: Pack
  program: ColumnProgram
  wholeOf: readonly number[]
  reached: ReadonlySet<number>
  columns: ReadonlyMap<string, Float64Array>
  batch: Population['batch']
}>

function openBench({ pack, on, population: { batch } }: Ground, ids: readonly string[]): Bench {
  const reached = reachOf(pack, ids)
  const narrow = narrowTo(pack, reached)
  const loose = loosen(narrow.pack, ids)
  const columns = new Map(ids.map((id) => [id, new Float64Array(batch.households)]))
  const household = { ...batch.household }
  for (const [id, column] of columns) household[loose.columnOf.get(id) ?? ''] = column
  return {
    pack: loose.pack,
    program: compileColumns(loose.pack, on),
    wholeOf: narrow.wholeOf,
    reached,
    columns,
    batch: { ...batch, household },
  }
}

/** Kept benches: a page moves a slider or two, and somebody else another. */
const kept = 6

function remembered<T>(from: Map<string, T>, key: string, make: () => T): T {
  const found = from.get(key) ?? make()
  from.delete(key)
  from.set(key, found)
  if (from.size > kept) from.delete(from.keys().next().value ?? '')
  return found
}

/** Judges by another pack all that it judges otherwise, and pairs it with today's. */
function pairsOf(
  ground: Ground,
  before: readonly Judgement[],
  keys: readonly string[],
  other: Pack,
  values: Readonly<Record<string, Decimal>>,
): KeyedPair[] {
  const { pack, on, population, townships, receipts } = ground
  const { changed, gone } = changedTargets(pack, other, on, values)
  const narrow = narrowTo(other, changed)
  const placeOf = (key: string) => keys.indexOf(key)
  const keyOf = narrow.pack.program.targets.map((target) => targetKey(other, target))
  const wanted = narrow.wholeOf.map((target, place) =>
    changed.has(target)
      ? emptyJudgement(
          population,
          narrow.pack.program.targets[place]?.entity ?? 'household',
          townships,
        )
      : null,
  )
  const own = keyOf.map((key) => receipts[placeOf(key)] ?? null)
  const program = compileColumns(narrow.pack, on, { parameterValues: values })
  const batch = columnsFor(other, pack, population.batch)
  judgeInto({ pack: narrow.pack, program }, population, batch, wanted, own)
  const judged = wanted.flatMap((after, place) => {
    const key = keyOf[place] ?? ''
    const at = placeOf(key)
    if (!after) return []
    return [{ target: at < 0 ? keys.length + place : at, key, before: before[at] ?? null, after }]
  })
  const ended = gone.map((target) => ({
    target,
    key: keys[target] ?? '',
    before: before[target] ?? null,
    after: null,
  }))
  return [...judged, ...ended]
}
