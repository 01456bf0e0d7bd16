import {
  amountKinds,
  cellIn,
  type FactColumn,
  isKnown,
  type Pack,
  reasonNames,
  type TargetColumns,
  UNKNOWN,
} from '@qiao/rules'
import type { ClinicalRead } from './clinical.ts'
import { ContentHash } from './content-hash.ts'
import type { Matcher, Signal } from './matcher.ts'
import { changesOf } from './next-changes.ts'
import { rowsOf, type Shard } from './shard.ts'

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
  /** Given on a clinical fact, which it therefore tells. */
  clinical: boolean
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

/** The answers of a shard that are worth keeping, and what each says when asked. */
export type ShardAnswers = Readonly<{
  /** Household by household, so that what was looked at can be forgotten. */
  each: () => Generator<HouseholdAnswers>
  contentOf: (answer: Answer) => Content
}>

type HouseholdAnswers = Readonly<{ household: number; answers: readonly Answer[] }>

/** Evaluates a shard. Ineligible is not kept, except a near miss. */
export function answersOf(matcher: Matcher, shard: Shard): ShardAnswers {
  const { targets } = matcher.columns.run(shard.batch)
  const asked = matcher.pack.program.targets.map((_, target): Asked => {
    const columns = targets[target]
    if (!columns) throw new Error(`no target ${target}`)
    return { target, columns, changeOf: changesOf(matcher, shard, target), hash: new ContentHash() }
  })
  return {
    each: () => eachHousehold(matcher, shard, asked),
    contentOf: (answer) => {
      const { columns } = asked[answer.target] ?? {}
      if (!columns) throw new Error(`no target ${answer.target}`)
      return contentOf(matcher.pack, columns, answer)
    },
  }
}

/** One target of the shard. */
type Asked = Readonly<{
  target: number
  columns: TargetColumns
  changeOf: (household: number) => number
  /** Taken up anew for each answer. */
  hash: ContentHash
}>

function* eachHousehold(
  matcher: Matcher,
  shard: Shard,
  asked: readonly Asked[],
): Generator<HouseholdAnswers> {
  for (let household = 0; household < shard.batch.households; household++) {
    const answers: Answer[] = []
    for (const one of asked) addAnswers(answers, matcher, shard, one, household)
    yield { household, answers }
  }
}

function addAnswers(
  into: Answer[],
  { pack, signals, clinical: clinicalOf, layout }: Matcher,
  shard: Shard,
  { target, columns, changeOf, hash }: Asked,
  household: number,
): void {
  const { entity = 'household', programme = 0 } = pack.program.targets[target] ?? {}
  const isPerson = entity === 'person'
  const { offsets } = shard.batch
  const from = isPerson ? (offsets[household] ?? 0) : household
  const to = isPerson ? (offsets[household + 1] ?? 0) : household + 1
  let nextChange = -1
  for (let row = from; row < to; row++) {
    if (isPerson && shard.optedOut[row] === 1) continue
    const verdict = columns.verdict[row] ?? 0
    if (verdict === 0 && columns.nearMiss[row] === 0) continue
    if (nextChange < 0) nextChange = changeOf(household)
    const person = isPerson ? row : -1
    const needSignal = verdict !== 0 && hasSignal(signals[target] ?? [], shard, household, person)
    const bare = verdict === 2 && !needSignal && !columns.via.has(row)
    const clinical = isOnRecord(clinicalOf[target] ?? [], shard, household, person)
    const content = hashOf(hash.restart().add(layout), columns, row, {
      target,
      needSignal,
      clinical,
    })
    into.push({
      household,
      person,
      target,
      programme,
      bare,
      needSignal,
      clinical,
      nextChange,
      content,
    })
  }
}

function hashOf(
  hash: ContentHash,
  columns: TargetColumns,
  row: number,
  { target, needSignal, clinical }: Pick<Answer, 'target' | 'needSignal' | 'clinical'>,
): number {
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
  if (clinical) hash.add(-1)
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
      if (isKnown(cells, at) && (!boolean || cells[at] === 1)) return true
    }
  }
  return false
}

/** Whether one of the facts is on record of whoever is concerned, also that there is none. */
function isOnRecord(
  reads: readonly ClinicalRead[],
  shard: Shard,
  household: number,
  person: number,
): boolean {
  for (const { fact, ofAnyMember } of reads) {
    const { id, entity } = fact
    const cells = shard.batch[entity][id]
    if (!cells) continue
    const [from, to] = rowsOf(shard, entity, household, ofAnyMember ? -1 : person)
    const unknown = cellIn(cells, UNKNOWN)
    for (let at = from; at < to; at++) if (cells[at] !== unknown) return true
  }
  return false
}
