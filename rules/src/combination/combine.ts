import { standing } from '../evaluate/verdicts.ts'
import type { Pack } from '../pack.ts'
import type { AmountResult, HouseholdFacts } from '../results.ts'
import { type Item, itemsOf, slotKey, type Standing } from './items.ts'
import { blockedBy, type LeftReason, whyLeft } from './reasons.ts'
import { bestOf, type Found } from './search.ts'
import { supposing } from './supposing.ts'
import { variedFacts } from './varied.ts'
import { type Worlds, worldsOf } from './worlds.ts'
import { isMore, NOTHING, plus, type Totals, totalsOf } from './worth.ts'

/** A programme for a member, or for the household. */
export type Named = Readonly<{ programme: string; member?: string }>

/** Part of a combination. A range where it depends on what nobody knows: the least of it is certain. */
export type Share = Named & Readonly<{ tier?: string; amount: AmountResult; received: boolean }>

export type LeftOut = Named &
  Readonly<{ reason: LeftReason; with: readonly Named[]; received: boolean }>

/** The best lawful combination of one household. 可同时享受,仅供参考 */
export type Combination = Readonly<{
  /** What may be received together and pays most for certain. */
  shares: readonly Share[]
  totals: Totals
  /** Eligible, or eligible but for something else, and not added: why. */
  left: readonly LeftOut[]
  /** Tiers that fit as well, under the one that is taken. */
  lowerTiers: readonly (Named & Readonly<{ tier: string; taken: string }>)[]
  /** What becomes certain once everything in `shares` is confirmed, and what confirms it. */
  following: readonly (Share & Readonly<{ via: readonly string[] }>)[]
  totalsWithFollowing: Totals
  /** Received, although what is known does not say that it is due. */
  keptOnly: readonly Named[]
  /** False if there were too many ways to look at them all. */
  complete: boolean
}>

export type CombineOptions = Readonly<{
  /** Whether a programme is known to be received already, by the member or the household. */
  isReceived: (programme: string, member: string | undefined) => boolean
  /** Members nothing is said about, although they count for the household. */
  leaveOut?: ReadonlySet<string>
}>

/**
 * Which programmes a household may receive together, with the highest certain money a month.
 *
 * Only confirmed statuses open anything here; what would follow once a match is confirmed stands
 * apart. Whatever is taken is supposed to be confirmed and paid, so that exclusions, tiers and means
 * tests speak of the household as it then is.
 *
 * @throws RangeError for a household of no or more than 50 members, or a day that is none
 */
export function combine(
  pack: Pack,
  household: HouseholdFacts,
  on: string,
  { isReceived, leaveOut }: CombineOptions,
): Combination {
  const of = supposing(pack, household, on, variedFacts(pack))
  const items = itemsOf(of, { members: household.members, isReceived, leaveOut })
  return combinationOf(worldsOf(of, items))
}

function combinationOf(worlds: Worlds): Combination {
  const { items } = worlds
  worlds.enter({ taken: new Set() })
  const eligible = items.filter((item) => worlds.standing(item).verdict === 'eligible')
  const held = items.filter(({ received }) => received)
  const blocked = items.flatMap((item) => {
    if (eligible.includes(item) || item.received) return []
    const why = blockedBy(worlds, item, held)
    return why ? [{ item, why }] : []
  })
  const best = bestOf({ worlds, candidates: eligible, fixed: new Set() })
  const lowerTiers = lowerTiersOf(worlds, best)
  const left = eligible
    .filter((item) => !best.chosen.has(item))
    .map((item) => ({ item, why: whyLeft(worlds, best, item) }))
  const { following, after } = followingOf(worlds, best)
  return {
    shares: [...best.chosen].map((item) => shareOf(item, best.standings)).sort(byMoney),
    totals: totalsOf(best.worth),
    left: [...left, ...blocked]
      .filter(({ item }) => !after.chosen.has(item))
      .map(({ item, why }) => ({
        ...named(item),
        received: item.received,
        reason: why.reason,
        with: why.with.map(named),
      })),
    lowerTiers,
    following: following
      .map(({ item, via }) => ({ ...shareOf(item, after.standings), via }))
      .sort(byMoney),
    totalsWithFollowing: totalsOf(after.worth),
    keptOnly: held.filter((item) => !eligible.includes(item)).map(named),
    complete: best.complete && after.complete,
  }
}

/** Passports lead from one status to the next: so often at most. */
const MOST_STEPS = 6

/** What opens once the best is confirmed, and what that opens in turn. */
export function followingOf(
  worlds: Worlds,
  best: Found,
): { following: { item: Item; via: string[] }[]; after: Found } {
  const seen = new Set<Item>([...best.chosen, ...worlds.items.filter(({ received }) => received)])
  const following: { item: Item; via: string[] }[] = []
  let after = best
  for (let step = 0; step < MOST_STEPS; step++) {
    const { ended } = best
    worlds.enter({ taken: after.chosen, ended })
    const opened = worlds.items.filter(
      (item) => !seen.has(item) && worlds.standing(item).verdict === 'eligible',
    )
    if (opened.length === 0) break
    opened.forEach((item) => seen.add(item))
    const next = bestOf({ worlds, candidates: opened, fixed: after.chosen, ended })
    if (next.standings.size === 0) break
    for (const item of opened)
      if (next.chosen.has(item)) following.push({ item, via: openedBy(item, after.chosen) })
    after = { ...next, complete: next.complete && after.complete }
  }
  return { following, after }
}

function openedBy(item: Item, confirmed: ReadonlySet<Item>): string[] {
  const via = [...confirmed].filter(
    (one) => !one.received && one.statuses.some((slot) => item.reads.has(slotKey(slot))),
  )
  return [...new Set(via.map(({ programme }) => programme))]
}

function lowerTiersOf(
  worlds: Worlds,
  { chosen, standings, ended }: Found,
): Combination['lowerTiers'] {
  worlds.enter({ taken: chosen, ended })
  const { verdicts } = worlds.of.day
  return [...chosen].flatMap((item) => {
    const { target, row } = item
    const taken = standings.get(item)?.tier
    const at = target.tiers.findIndex(({ id }) => id === taken)
    if (taken === undefined || at < 0) return []
    const outcomes = verdicts.outcomes[target.index] ?? new Uint8Array()
    return target.tiers
      .slice(at + 1)
      .filter(({ conditions }) => standing(outcomes, row, conditions) === 'sure')
      .map(({ id }) => ({ ...named(item), tier: id, taken }))
  })
}

function shareOf(item: Item, standings: ReadonlyMap<Item, Standing>): Share {
  const standing = standings.get(item)
  return {
    ...named(item),
    ...(standing?.tier === undefined ? {} : { tier: standing.tier }),
    amount: standing?.amount ?? { kind: 'unknown' },
    received: item.received,
  }
}

/** More certain money first, a month before a year before once; else in the order of the pack. */
function byMoney(one: Share, other: Share): number {
  const [a, b] = [plus(NOTHING, one.amount), plus(NOTHING, other.amount)]
  return isMore(a, b) ? -1 : isMore(b, a) ? 1 : 0
}

function named({ programme, member }: Item): Named {
  return member === undefined ? { programme } : { programme, member }
}
