import type { Pack } from '@qiao/rules'

/** How many people a laboratory is opened for. */
export type Size = Readonly<{ households: number; persons: number }>

/**
 * Bytes that a district of this size will take: its columns, what two sets of rules say of it, row by
 * row, and the number of every household. Amounts are taken to be due to one row in five.
 */
export function bytesNeeded(pack: Pack, { households, persons }: Size): number {
  const rowsOf = { household: households, person: persons }
  const columns = pack.facts
    .filter((fact) => fact.derive === undefined)
    .reduce((sum, { type, entity }) => sum + rowsOf[entity] * widthOf(type), 0)
  const own = persons * 5 + households * 23
  const judged = pack.program.targets.reduce((sum, { entity }) => sum + rowsOf[entity], 0)
  const perRow = 1 + amountBytes / 5
  return columns + own + 2 * judged * perRow + threadBytes
}

/** Bytes of one amount kept, and of a thread with its compiled rules. */
const [amountBytes, threadBytes] = [21, 150e6]

function widthOf(type: Pack['facts'][number]['type']): number {
  if (type === 'boolean' || type === 'code') return 1
  return type === 'money' || type === 'number' ? 8 : 4
}
