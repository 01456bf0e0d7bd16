import { type ColumnBatch, isKnown, knownNoneIn } from './batch.ts'
import { textFromDay } from '../days.ts'
import type { Fact, Pack } from '../pack.ts'
import type { HouseholdFacts, Reading } from '../results.ts'

/**
 * One household of a batch in the form of explain, its members called by their rows.
 *
 * @param household place in the batch
 */
export function householdAt(pack: Pack, batch: ColumnBatch, household: number): HouseholdFacts {
  const [from = 0, to = 0] = [batch.offsets[household], batch.offsets[household + 1]]
  return {
    household: readingsAt(pack, batch, 'household', household),
    members: Array.from({ length: to - from }, (_, i) => ({
      id: String(from + i),
      facts: readingsAt(pack, batch, 'person', from + i),
    })),
  }
}

function readingsAt(
  { facts }: Pack,
  batch: ColumnBatch,
  entity: Fact['entity'],
  row: number,
): Record<string, Reading> {
  const readings: Record<string, Reading> = {}
  for (const fact of facts) {
    const column = fact.entity === entity ? batch[entity][fact.id] : undefined
    const cell = column?.[row]
    if (!column || cell === undefined) continue
    if (isKnown(column, row)) readings[fact.id] = { value: valueOf(fact, cell) }
    else if (cell === knownNoneIn(column)) readings[fact.id] = { value: null }
  }
  return readings
}

function valueOf({ type, codes }: Fact, cell: number): Reading['value'] {
  if (type === 'boolean') return cell === 1
  if (type === 'date') return textFromDay(cell)
  return type === 'code' ? (codes?.[cell]?.code ?? null) : cell
}
