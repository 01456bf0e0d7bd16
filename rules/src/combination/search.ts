import type { AmountResult } from '../results.ts'
import { type Item, slotKey, type Standing } from './items.ts'
import type { Worlds } from './worlds.ts'
import { isMore, joined, NOTHING, plus, type Worth } from './worth.ts'

/** What is looked for: the best that `candidates` add to what is `fixed` already. */
export type Search = Readonly<{
  worlds: Worlds
  candidates: readonly Item[]
  /** Taken already; each must stand as long as it stood. */
  fixed: ReadonlySet<Item>
  /** Received until now and ended in every world. */
  ended?: ReadonlySet<Item>
}>

export type Found = Readonly<{
  chosen: ReadonlySet<Item>
  standings: ReadonlyMap<Item, Standing>
  /** Received until now, and not part of the best. */
  ended: ReadonlySet<Item>
  worth: Worth
  /** False if there were too many ways to look at them all: then it is the best of those seen. */
  complete: boolean
}>

/** So many worlds are looked at for one household before the search gives up being complete. */
const MOST_WORLDS = 1500

/** Unsettled programmes that may each count or not: all their ways are looked at, up to this many. */
const MOST_UNSETTLED = 4

/**
 * The best lawful set of candidates: each stands although all are confirmed and paid, in every way
 * the law may turn out to count them as income.
 *
 * Only items that others read are decided one by one; whatever bothers nobody is in where it stands.
 * Exact: a branch is left only if the most it can be, whatever is still open, is no more than the
 * best found.
 */
export function bestOf(search: Search): Found {
  const deciders = decidersOf(search)
  let best: Found = {
    chosen: search.fixed,
    standings: new Map(),
    ended: search.ended ?? new Set(),
    worth: NOTHING,
    complete: true,
  }
  let hasBest = false
  let left = MOST_WORLDS
  const visit = (depth: number, taken: ReadonlySet<Item>): void => {
    const decider = deciders[depth]
    if (left <= 0) return
    if (!decider) {
      const found = lawful(search, deciders, taken, () => left--)
      if (found && (!hasBest || isMore(found.worth, best.worth))) [best, hasBest] = [found, true]
      return
    }
    if (hasBest && deciders.length - depth > 1) {
      left -= 1
      const most = mostOf(search, taken, new Set(deciders.slice(depth)))
      if (!isMore(most, best.worth)) return
    }
    visit(depth + 1, new Set([...taken, decider]))
    visit(depth + 1, taken)
  }
  visit(0, new Set())
  return { ...best, complete: left > 0 }
}

/** Candidates on which another's verdict or amount may depend, the most money first. */
function decidersOf({ candidates, fixed, worlds }: Search): Item[] {
  const readers = [...candidates, ...fixed]
  return candidates
    .filter(
      (item) =>
        item.statuses.some((slot) => isRead(slotKey(slot), item, readers)) ||
        entersTests(item, readers),
    )
    .map((item) => ({ item, worth: plus(NOTHING, worlds.standing(item).amount) }))
    .sort((a, b) => (isMore(a.worth, b.worth) ? -1 : isMore(b.worth, a.worth) ? 1 : 0))
    .map(({ item }) => item)
}

function isRead(slot: number, by: Item, readers: readonly Item[]): boolean {
  return readers.some((other) => other !== by && other.reads.has(slot))
}

/** Whether its money may be counted as income where one of these looks, itself among them. */
function entersTests({ income, received }: Item, readers: readonly Item[]): boolean {
  if (income === null || received) return false
  return readers.some(({ reads }) => reads.has(slotKey(income)))
}

/** The set that a decision on every decider makes, if it is lawful in all ways. */
function lawful(
  search: Search,
  deciders: readonly Item[],
  taken: ReadonlySet<Item>,
  count: () => void,
): Found | undefined {
  const { worlds, candidates, fixed } = search
  const supposed = new Set([...fixed, ...taken])
  const ended = new Set(search.ended)
  for (const item of deciders) if (item.received && !taken.has(item)) ended.add(item)
  const readers = [...candidates, ...fixed]
  const ways = waysOf([...supposed].filter((item) => entersTests(item, readers)))
  if (!ways) return undefined
  const free = candidates.filter((item) => !deciders.includes(item))
  const amounts = new Map<Item, AmountResult[]>([...supposed, ...free].map((item) => [item, []]))
  const tiers = new Map<Item, string | undefined>()
  for (const counted of ways) {
    count()
    if (!worlds.enter({ taken: supposed, ended, counted })) return undefined
    for (const [item, list] of amounts) {
      const standing = worlds.standing(item)
      if (standing.verdict !== 'eligible') {
        if (supposed.has(item)) return undefined
        amounts.delete(item)
        continue
      }
      list.push(standing.amount)
      tiers.set(item, standing.tier)
    }
  }
  return { ...foundOf(amounts, tiers), ended }
}

function foundOf(
  amounts: ReadonlyMap<Item, readonly AmountResult[]>,
  tiers: ReadonlyMap<Item, string | undefined>,
): Omit<Found, 'ended'> {
  const standings = new Map<Item, Standing>()
  let worth = NOTHING
  for (const [item, list] of [...amounts].sort(([a], [b]) => a.index - b.index)) {
    const tier = tiers.get(item)
    const amount = joined(list)
    standings.set(item, {
      verdict: 'eligible',
      amount,
      ...(tier === undefined ? {} : { tier }),
    })
    worth = plus(worth, amount)
  }
  return { chosen: new Set(standings.keys()), standings, worth, complete: true }
}

/** Every way in which these, where unsettled, may count as income; undefined if there are too many. */
function waysOf(items: readonly Item[]): ReadonlySet<string>[] | undefined {
  const unsettled = [
    ...new Set(
      items
        .filter(({ income }) => income !== null && !income.settled)
        .map(({ programme }) => programme),
    ),
  ]
  if (unsettled.length > MOST_UNSETTLED) return undefined
  return unsettled.reduce<ReadonlySet<string>[]>(
    (ways, programme) => ways.flatMap((way) => [way, new Set([...way, programme])]),
    [new Set()],
  )
}

/** More than any decision on what is open can be worth. */
function mostOf(search: Search, taken: ReadonlySet<Item>, open: ReadonlySet<Item>): Worth {
  const { worlds, candidates, fixed } = search
  // what may count as income and is taken already is open too, so that one world bounds all ways
  const unsettled = [...taken, ...fixed].filter(({ income, received }) => income && !received)
  worlds.enter({
    taken: new Set([...fixed, ...taken]),
    open: new Set([...open, ...unsettled]),
    ...(search.ended ? { ended: search.ended } : {}),
  })
  let worth = NOTHING
  for (const item of [...fixed, ...candidates]) {
    const { verdict, amount } = worlds.standing(item)
    if (verdict !== 'ineligible') worth = plus(worth, amount, true)
  }
  return worth
}
