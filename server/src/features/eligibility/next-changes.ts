import { isKnown } from '@qiao/rules'
import type { Matcher } from './matcher.ts'
import { rowsOf, type Shard } from './shard.ts'

/**
 * By household: first day on which the target's answer may change by the calendar, a fact's or
 * award's life, or a roll; as a day number, 0 for never.
 */
export function changesOf(
  { pack, calendars, readsStatus }: Matcher,
  shard: Shard,
  target: number,
): (household: number) => number {
  const { batch, nextExpiry, nextRollChange } = shard
  const { always = 0, byDate = [] } = calendars[pack.program.targets[target]?.programme ?? -1] ?? {}
  const dated = byDate.flatMap(({ fact: index, dayOf }) => {
    const fact = pack.program.facts[index]
    const cells = fact && batch[fact.entity][fact.id]
    return fact && cells ? [{ entity: fact.entity, cells, dayOf }] : []
  })
  return (household) => {
    let first = earliest(always, nextExpiry[household] ?? 0)
    if (readsStatus[target]) first = earliest(first, nextRollChange[household] ?? 0)
    for (const { entity, cells, dayOf } of dated) {
      const [from, to] = rowsOf(shard, entity, household, -1)
      for (let at = from; at < to; at++) {
        if (isKnown(cells, at)) first = earliest(first, dayOf(cells[at] ?? 0))
      }
    }
    return first
  }
}

/** Of two days, 0 meaning never. */
function earliest(one: number, other: number): number {
  if (one === 0 || other === 0) return one + other
  return Math.min(one, other)
}
