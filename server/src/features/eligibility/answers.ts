import {
  amountKinds,
  changeFinder,
  type ColumnProgram,
  compileColumns,
  dayProgram,
  dayView,
  type FactColumn,
  KNOWN_NONE,
  type Pack,
  reasonNames,
  type TargetColumns,
  UNKNOWN,
} from '@qiao/rules'
import { ContentHash } from './content-hash.ts'
import type { Shard } from './shard.ts'

/** What the run found for one household or person and programme, by place in the shard. */
export type Answer = Readonly<{
  household: number
  /** -1 for an answer to the whole household. */
  person: number
  target: number
  programme: number
  /** Nobody can act on it yet: undecided without a sign of need or a match to confirm. */
  bare: boolean
  needSignal: boolean
  /** First day on which it may change without a new fact, as a day number; 0 never. */
  nextChange: number
  /** 53 bits of what it says, without `nextChange`. */
  content: number
}>

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

/** A pack ready to answer for one day. */
export type Matcher = Readonly<{
  pack: Pack
  on: string
  columns: ColumnProgram
  changeAfter: ReturnType<typeof changeFinder>
  /** Per target: facts it reads that are a sign of need when known to be so. */
  signals: readonly (readonly Signal[])[]
}>

type Signal = Readonly<{ fact: string; entity: 'household' | 'person'; boolean: boolean }>

export function makeMatcher(pack: Pack, on: string): Matcher {
  const view = dayView(dayProgram(pack, on, {}))
  return {
    pack,
    on,
    columns: compileColumns(pack, on),
    changeAfter: changeFinder(pack, on),
    signals: view.reads.map((conditions) => {
      const read = new Set(conditions.flatMap(({ facts }) => facts.map(({ fact }) => fact)))
      return pack.facts
        .filter((fact, i) => fact.needSignal === true && read.has(i))
        .map(({ id, entity, type }) => ({ fact: id, entity, boolean: type === 'boolean' }))
    }),
  }
}

/** The answers of a shard that are worth keeping, and what each says when asked. */
export type ShardAnswers = Readonly<{
  each: () => Generator<Answer>
  contentOf: (answer: Answer) => Content
}>

/** Evaluates a shard. Ineligible is not kept, except a near miss. */
export function answersOf(matcher: Matcher, shard: Shard): ShardAnswers {
  const { targets } = matcher.columns.run(shard.batch)
  const columnsOf = (target: number): TargetColumns => {
    const columns = targets[target]
    if (!columns) throw new Error(`no target ${target}`)
    return columns
  }
  return {
    each: () => eachAnswer(matcher, shard, columnsOf),
    contentOf: (answer) => contentOf(matcher.pack, columnsOf(answer.target), answer),
  }
}

function* eachAnswer(
  matcher: Matcher,
  shard: Shard,
  columnsOf: (target: number) => TargetColumns,
): Generator<Answer> {
  const { offsets, households } = shard.batch
  for (const { index: target, entity, programme } of matcher.pack.program.targets) {
    const columns = columnsOf(target)
    const changeOf = changesOf(matcher, shard, programme)
    const isPerson = entity === 'person'
    for (let household = 0; household < households; household++) {
      let nextChange = -1
      const from = isPerson ? (offsets[household] ?? 0) : household
      const to = isPerson ? (offsets[household + 1] ?? 0) : household + 1
      for (let row = from; row < to; row++) {
        const verdict = columns.verdict[row] ?? 0
        if (verdict === 0 && columns.nearMiss[row] === 0) continue
        if (nextChange < 0) nextChange = changeOf(household)
        const person = isPerson ? row : -1
        const needSignal =
          verdict !== 0 && hasSignal(matcher.signals[target] ?? [], shard, household, person)
        const bare = verdict === 2 && !needSignal && !columns.via.has(row)
        const content = hashOf(columns, row, target, needSignal)
        yield { household, person, target, programme, bare, needSignal, nextChange, content }
      }
    }
  }
}

function hashOf(columns: TargetColumns, row: number, target: number, needSignal: boolean): number {
  const hash = new ContentHash()
  hash.add(target * 64 + (columns.verdict[row] ?? 0) * 16 + (columns.tier[row] ?? -1) + 1)
  hash.add((columns.amountKind[row] ?? 0) * 64 + (columns.periodOf[row] ?? -1) + 1)
  hash.add(columns.amountMin[row] ?? 0)
  hash.add(columns.amountMax[row] ?? 0)
  hash.add(
    (columns.reasons[row] ?? 0) * 4 + (columns.nearMiss[row] ?? 0) * 2 + (needSignal ? 1 : 0),
  )
  const first = row * columns.missingWords
  for (let word = 0; word < columns.missingWords; word++)
    hash.add(columns.missing[first + word] ?? 0)
  for (const programme of columns.via.get(row) ?? []) hash.add(programme)
  return hash.value()
}

const verdicts = ['ineligible', 'eligible', 'unknown'] as const

function contentOf(pack: Pack, columns: TargetColumns, answer: Answer): Content {
  const row = answer.person < 0 ? answer.household : answer.person
  const target = pack.program.targets[answer.target]
  const amountKind = amountKinds[columns.amountKind[row] ?? 0] ?? 'unknown'
  const counted = amountKind === 'exact' || amountKind === 'range'
  const bits = columns.missing.subarray(
    row * columns.missingWords,
    (row + 1) * columns.missingWords,
  )
  return {
    programme: pack.programmes[answer.programme]?.id ?? '',
    target: answer.person < 0 ? 'household' : 'person',
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

function isKnown(cell: number | undefined): cell is number {
  return cell !== undefined && cell !== UNKNOWN && cell !== KNOWN_NONE
}

/** The rows of a fact that bear on a person, or on a household with all its members. */
function rowsOf(
  { batch }: Shard,
  entity: Signal['entity'],
  household: number,
  person: number,
): [number, number] {
  if (entity === 'household') return [household, household + 1]
  if (person >= 0) return [person, person + 1]
  return [batch.offsets[household] ?? 0, batch.offsets[household + 1] ?? 0]
}

function hasSignal(
  signals: readonly Signal[],
  shard: Shard,
  household: number,
  person: number,
): boolean {
  for (const { fact, entity, boolean } of signals) {
    const cells: FactColumn | undefined = shard.batch[entity][fact]
    if (!cells) continue
    const [from, to] = rowsOf(shard, entity, household, person)
    for (let at = from; at < to; at++) {
      const cell = cells[at]
      if (isKnown(cell) && (!boolean || cell === 1)) return true
    }
  }
  return false
}

/** By household: first day on which the programme's answer may change, by the calendar or a fact's life. */
function changesOf({ pack, changeAfter }: Matcher, shard: Shard, programme: number) {
  const { batch, nextExpiry } = shard
  let household = 0
  const datesOf = (index: number): number[] => {
    const fact = pack.program.facts[index]
    const cells = fact ? batch[fact.entity][fact.id] : undefined
    const dates: number[] = []
    if (!fact || !cells) return dates
    const [from, to] = rowsOf(shard, fact.entity, household, -1)
    for (let at = from; at < to; at++) {
      const cell = cells[at]
      if (isKnown(cell)) dates.push(cell)
    }
    return dates
  }
  return (of: number): number => {
    household = of
    const byCalendar = changeAfter(programme, datesOf) ?? 0
    const expiry = nextExpiry[of] ?? 0
    if (byCalendar === 0 || expiry === 0) return byCalendar + expiry
    return Math.min(byCalendar, expiry)
  }
}
