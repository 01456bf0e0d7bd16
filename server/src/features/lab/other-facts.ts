import { type ColumnBatch, type Fact, type FactColumn, isKnown, type Pack } from '@qiao/rules'

/**
 * The columns as another pack counts them: codes by their place in its own list. What it declares
 * anew, or as something else, is unknown for everybody.
 */
export function columnsFor(other: Pack, today: Pack, batch: ColumnBatch): ColumnBatch {
  const household: Record<string, FactColumn> = {}
  const person: Record<string, FactColumn> = {}
  for (const fact of other.facts) {
    const own = today.facts.find(({ id }) => id === fact.id)
    const column = batch[fact.entity][fact.id]
    if (!own || !column || own.entity !== fact.entity || own.type !== fact.type) continue
    const into = fact.entity === 'household' ? household : person
    into[fact.id] = fact.type === 'code' ? coded(own, fact, column) : column
  }
  return { ...batch, household, person }
}

/** A code that the other pack no longer has says as little as one that nobody recorded. */
function coded(own: Fact, other: Fact, column: FactColumn): FactColumn {
  const codesOf = ({ codes = [] }: Fact) => codes.map(({ code }) => code)
  const [mine, theirs] = [codesOf(own), codesOf(other)]
  if (mine.join(' ') === theirs.join(' ')) return column
  const places = mine.map((code) => theirs.indexOf(code))
  const unknown = -128
  return Int8Array.from(column, (cell, row) => {
    if (!isKnown(column, row)) return cell
    const place = places[cell] ?? -1
    return place < 0 ? unknown : place
  })
}
