import { amountKinds, type Pack, reasonNames, type TargetColumns } from '@qiao/rules'
import { contentHashes } from './content-hash.ts'
import type { Matcher } from './matcher.ts'
import { changesOf } from './next-changes.ts'
import { makeMarks } from './marks.ts'
import type { Shard } from './shard.ts'

/**
 * The answers of a shard that are worth keeping, entry by entry: those of household `h` are
 * `starts[h]` to `starts[h + 1] - 1`, in the order of targets and then of persons. Columns, because
 * a district has some fifty entries a head.
 */
export type ShardAnswers = Readonly<{
  starts: Int32Array
  targets: Uint16Array
  /** Place in the shard, -1 for an answer to the whole household. */
  persons: Int32Array
  /** {@link BARE}, {@link SIGNAL} and {@link CLINICAL}, as bits. */
  marks: Uint8Array
  /** First day on which it may change without a new fact, as a day number; 0 never. */
  nextChanges: Int32Array
  /** 53 bits of what it says, without the next change. */
  contents: Float64Array
  /** By target, of how many it cannot be said; what tells clinical facts is not counted. */
  undecided: Int32Array
  /** What an entry of a household says. */
  contentOf: (household: number, entry: number) => Content
}>

/** Nobody can act on it yet: undecided without a sign of need or a match to confirm. */
export const BARE = 1
/** A fact that is itself a sign of need is known true. */
export const SIGNAL = 2
/** Given on a clinical fact, which it therefore tells. */
export const CLINICAL = 4

/** What an answer says, in words of the pack. Money in fen. */
export type Content = Readonly<{
  programme: string
  target: 'household' | 'person'
  tier: string | null
  verdict: 'eligible' | 'unknown' | 'ineligible'
  amountKind: string
  amountMin: number | null
  amountMax: number | null
  per: string | null
  missing: readonly string[]
  reasons: readonly string[]
  via: readonly string[]
  nearMiss: boolean
}>

/** Evaluates a shard. Ineligible is not kept, except a near miss. */
export function answersOf(matcher: Matcher, shard: Shard): ShardAnswers {
  const { pack } = matcher
  const { targets: columns } = matcher.columns.run(shard.batch)
  const marks = makeMarks(shard)
  const asked = pack.program.targets.map(({ entity }, target): Asked => {
    const own = columns[target]
    if (!own) throw new Error(`no target ${target}`)
    return {
      target,
      columns: own,
      isPerson: entity === 'person',
      signal: marks.signal(matcher.signals[target] ?? [], entity),
      clinical: marks.clinical(matcher.clinical[target] ?? [], entity),
      changeOf: changesOf(matcher, shard, target),
      hashOf: contentHashes(matcher.layout, target, own),
    }
  })
  const { households } = shard.batch
  const starts = startsOf(shard, asked)
  const size = starts.at(-1) ?? 0
  const answers = {
    starts,
    targets: new Uint16Array(size),
    persons: new Int32Array(size),
    marks: new Uint8Array(size),
    nextChanges: new Int32Array(size),
    contents: new Float64Array(size),
    undecided: new Int32Array(asked.length),
  }
  const next = starts.slice()
  for (let first = 0; first < households; first += AT_A_TIME) {
    const range = { first, end: Math.min(households, first + AT_A_TIME) }
    for (const one of asked) addAnswers({ answers, next }, shard, one, range)
  }
  return {
    ...answers,
    contentOf: (household, entry) => {
      const target = answers.targets[entry] ?? 0
      const person = answers.persons[entry] ?? -1
      const { columns: own } = asked[target] ?? {}
      if (!own) throw new Error(`no target ${target}`)
      return contentOf(pack, own, { target, row: person < 0 ? household : person })
    },
  }
}

/** Households whose entries are written together: what they take stays in the processor's cache. */
const AT_A_TIME = 512

/** One target of the shard, and what is found of its rows. */
type Asked = Readonly<{
  target: number
  columns: TargetColumns
  isPerson: boolean
  signal: Uint8Array | null
  clinical: Uint8Array | null
  changeOf: (household: number) => number
  hashOf: (row: number, signalled: boolean, told: boolean) => number
}>

/** Where the entries of each household begin, and at last where they end. */
function startsOf(shard: Shard, asked: readonly Asked[]): Int32Array {
  const { households, offsets } = shard.batch
  const starts = new Int32Array(households + 1)
  for (const { columns, isPerson } of asked) {
    const { verdict, nearMiss } = columns
    for (let h = 0; h < households; h++) {
      const from = isPerson ? offsets[h]! : h
      const to = isPerson ? offsets[h + 1]! : h + 1
      let kept = 0
      for (let row = from; row < to; row++)
        if ((verdict[row] !== 0 || nearMiss[row] !== 0) && !(isPerson && shard.optedOut[row] === 1))
          kept++
      starts[h + 1]! += kept
    }
  }
  for (let h = 0; h < households; h++) starts[h + 1]! += starts[h]!
  return starts
}

type Into = Readonly<{
  answers: Omit<ShardAnswers, 'contentOf'>
  /** By household: where its next entry goes. */
  next: Int32Array
}>

function addAnswers(
  { answers, next }: Into,
  { batch: { offsets }, optedOut }: Shard,
  { target, columns, isPerson, signal, clinical, changeOf, hashOf }: Asked,
  { first, end }: Readonly<{ first: number; end: number }>,
): void {
  const { verdict, nearMiss, via } = columns
  const { targets, persons, marks, nextChanges, contents } = answers
  let undecided = 0
  for (let h = first; h < end; h++) {
    const from = isPerson ? offsets[h]! : h
    const to = isPerson ? offsets[h + 1]! : h + 1
    let change = -1
    for (let row = from; row < to; row++) {
      const is = verdict[row]!
      if (is === 0 && nearMiss[row] === 0) continue
      if (isPerson && optedOut[row] === 1) continue
      if (change < 0) change = changeOf(h)
      const signalled = is !== 0 && signal !== null && signal[row] === 1
      const told = clinical !== null && clinical[row] === 1
      const bare = is === 2 && !signalled && (via.size === 0 || !via.has(row))
      if (is === 2 && !told) undecided++
      const at = next[h]!++
      targets[at] = target
      persons[at] = isPerson ? row : -1
      marks[at] = (bare ? BARE : 0) | (signalled ? SIGNAL : 0) | (told ? CLINICAL : 0)
      nextChanges[at] = change
      contents[at] = hashOf(row, signalled, told)
    }
  }
  answers.undecided[target]! += undecided
}

const verdicts = ['ineligible', 'eligible', 'unknown'] as const

function contentOf(
  pack: Pack,
  columns: TargetColumns,
  { target: index, row }: Readonly<{ target: number; row: number }>,
): Content {
  const target = pack.program.targets[index]
  const amountKind = amountKinds[columns.amountKind[row] ?? 0] ?? 'unknown'
  const counted = amountKind === 'exact' || amountKind === 'range'
  const bits = columns.missing.subarray(
    row * columns.missingWords,
    (row + 1) * columns.missingWords,
  )
  return {
    programme: pack.programmes[target?.programme ?? -1]?.id ?? '',
    target: target?.entity ?? 'household',
    tier: target?.tiers[columns.tier[row] ?? -1]?.id ?? null,
    verdict: verdicts[columns.verdict[row] ?? 0] ?? 'unknown',
    amountKind,
    amountMin: counted ? (columns.amountMin[row] ?? null) : null,
    amountMax: counted ? (columns.amountMax[row] ?? null) : null,
    per: target?.tiers[columns.periodOf[row] ?? -1]?.amount.per ?? null,
    missing: pack.facts
      .filter((_, i) => ((bits[i >> 5] ?? 0) >>> (i & 31)) & 1)
      .map(({ id }) => id),
    reasons: reasonNames.filter((_, bit) => ((columns.reasons[row] ?? 0) >> bit) & 1),
    via: (columns.via.get(row) ?? []).map((programme) => pack.programmes[programme]?.id ?? ''),
    nearMiss: columns.nearMiss[row] === 1,
  }
}
