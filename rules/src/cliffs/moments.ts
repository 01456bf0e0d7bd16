import { followingOf } from '../combination/combine.ts'
import type { Item, Standing } from '../combination/items.ts'
import { bestOf } from '../combination/search.ts'
import type { Worlds } from '../combination/worlds.ts'

/** What stands at one income: with confirmed statuses only, and with what would follow. */
export type Moment = Readonly<{
  /** Fen a month. */
  earned: number
  confirmed: Side
  followed: Side
  complete: boolean
}>

/** The best lawful combination of one kind. */
type Side = Readonly<{
  /** Certain fen a month. */
  monthly: number
  standings: ReadonlyMap<Item, Standing>
}>

export const SIDES = ['confirmed', 'followed'] as const

/**
 * The combination at the income that is supposed now.
 *
 * Whoever receives a programme and would no longer be entitled loses it, and with it the status on
 * which others hang.
 */
export function momentOf(worlds: Worlds, earned: number): Moment {
  const ended = lostOf(worlds)
  const candidates = worlds.items.filter((item) => worlds.standing(item).verdict === 'eligible')
  const best = bestOf({ worlds, candidates, fixed: new Set(), ended })
  const { after } = followingOf(worlds, best)
  return {
    earned,
    confirmed: { monthly: best.worth[0], standings: best.standings },
    followed: { monthly: after.worth[0], standings: after.standings },
    complete: best.complete && after.complete,
  }
}

/** Enters the world in which everything received is still due, and gives what no longer is. */
function lostOf(worlds: Worlds): ReadonlySet<Item> {
  const lost = new Set<Item>()
  for (;;) {
    worlds.enter({ taken: new Set(), ended: lost })
    const more = worlds.items.filter(
      (item) => item.received && !lost.has(item) && worlds.standing(item).verdict === 'ineligible',
    )
    if (more.length === 0) return lost
    for (const item of more) lost.add(item)
  }
}

/** Which programmes stand at a moment, and by which tiers. */
export function programmesAt({ confirmed, followed }: Moment): string {
  const told = ({ standings }: Side): string =>
    [...standings]
      .map(([{ index }, { tier = '' }]) => `${index} ${tier}`)
      .sort()
      .join()
  return `${told(confirmed)} | ${told(followed)}`
}
