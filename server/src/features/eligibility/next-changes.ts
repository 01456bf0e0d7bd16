import { isKnown } from '@qiao/rules'
import type { Matcher } from './matcher.ts'
import type { Shard } from './shard.ts'

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
    return fact && cells ? [{ ofPersons: fact.entity === 'person', cells, dayOf }] : []
  })
  const { offsets } = batch
  const rolls = readsStatus[target] === true
  return (household) => {
    let first = earliest(always, nextExpiry[household]!)
    if (rolls) first = earliest(first, nextRollChange[household]!)
    for (let i = 0; i < dated.length; i++) {
      const { ofPersons, cells, dayOf } = dated[i]!
      const from = ofPersons ? offsets[household]! : household
      const to = ofPersons ? offsets[household + 1]! : household + 1
      for (let at = from; at < to; at++)
        if (isKnown(cells, at)) first = earliest(first, dayOf(cells[at]!))
    }
    return first
  }
}

/** Of two days, 0 meaning never. */
function earliest(one: number, other: number): number {
  if (one === 0 || other === 0) return one + other
  return Math.min(one, other)
}
