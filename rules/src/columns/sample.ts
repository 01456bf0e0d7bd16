import { type DayProgram, evaluate } from '../evaluate/day-program.ts'
import { loadFacts } from '../evaluate/load-facts.ts'
import { UNMET } from '../evaluate/verdicts.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { ColumnBatch } from './batch.ts'
import { householdAt } from './household-at.ts'
import type { Settled } from './orders.ts'

/** By target: how often each condition is unmet among some households of a batch. */
export type Sample = (batch: ColumnBatch) => Settled[]

/** Households that are looked at before conditions are put in order. */
const SAMPLE = 64

/**
 * Looks at households from all over the batch one by one, as {@link explain} does: for so few, loops
 * would take longer to make than to run.
 */
export function sampleOn(day: DayProgram): Sample {
  const { targets } = day.pack.program
  return (batch) => {
    const settled = targets.map(({ conditions }) => ({
      unmet: new Float64Array(conditions.length),
      rows: 0,
    }))
    const many = Math.min(SAMPLE, batch.households)
    for (let i = 0; i < many; i++) {
      const h = Math.floor(((i + 0.5) * batch.households) / many)
      const members = (batch.offsets[h + 1] ?? 0) - (batch.offsets[h] ?? 0)
      if (members < 1 || members > MAX_MEMBERS) continue
      loadFacts(day, householdAt(day.pack, batch, h))
      evaluate(day, members)
      for (const { index, entity } of targets) {
        const into = settled[index]
        if (into) into.rows += countUnmet(day, index, entity === 'person' ? members : 1, into.unmet)
      }
    }
    return settled
  }
}

/** Adds the unmet conditions of a target to `unmet`; returns of how many rows. */
function countUnmet(
  { verdicts }: DayProgram,
  target: number,
  rows: number,
  unmet: Float64Array,
): number {
  const outcomes = verdicts.outcomes[target]
  for (let c = 0; c < unmet.length; c++)
    for (let row = 0; row < rows; row++)
      if (outcomes?.[c * MAX_MEMBERS + row] === UNMET) unmet[c] = (unmet[c] ?? 0) + 1
  return rows
}
