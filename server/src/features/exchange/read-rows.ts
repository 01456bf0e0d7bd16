import type { Fact } from '@qiao/rules'
import { holdsFrom, shelfUntil } from '../households/fact-value.ts'
import type { Mapping } from './delivery.ts'
import { readDay, readName, readNumber, readValue } from './reading/cells.ts'
import type { Cell, SheetRow } from './reading/rows.ts'

/** A row as it is compared with what is on record, or what is wrong with it. */
export type ReadRow =
  | Readonly<{
      row: number
      idNumber: string
      name: string | null
      onDay: string
      facts: ToldFacts
    }>
  | Readonly<{ row: number; wrong: string; column: string; said: string | null }>

/** By fact: its value, from when it holds, and until when it may be used. */
type ToldFacts = Readonly<
  Record<string, Readonly<{ value: unknown; from: string; shelf: string | null }>>
>

export type RowReading = Readonly<{
  headings: readonly string[]
  mapping: Mapping
  /** The facts the source may tell. */
  facts: readonly Fact[]
  /** The day of rows that name none. */
  onDay: string
  today: string
}>

/**
 * Reads one row of a delivered file. A cell that does not read refuses its whole row: nothing is taken in by half.
 *
 * @returns a function of a row, for the columns are found once
 */
export function rowReader({
  headings,
  mapping,
  facts,
  onDay,
  today,
}: RowReading): (row: SheetRow) => ReadRow {
  const at = (field: string) => headings.indexOf(mapping[field] ?? '')
  const places = { idNumber: at('id-number'), name: at('name'), day: at('day') }
  const wanted = facts.flatMap((fact) => {
    const place = at(fact.id)
    return place < 0 ? [] : [{ fact, place }]
  })
  const refused = (row: number, place: number, wrong: string, cell?: Cell) => ({
    row,
    wrong,
    column: headings[place] ?? '',
    // What names a person is not kept; the row is found by its number.
    said:
      typeof cell === 'string' && place !== places.idNumber && place !== places.name
        ? cell.slice(0, 60)
        : null,
  })
  return ({ row, cells }) => {
    const number = readNumber(cells[places.idNumber] ?? '')
    if ('wrong' in number) return refused(row, places.idNumber, number.wrong)
    const name = places.name < 0 ? { value: null } : readName(cells[places.name] ?? '')
    if ('wrong' in name) return refused(row, places.name, name.wrong)
    const said = cells[places.day] ?? ''
    const day = places.day < 0 || said === '' ? { value: onDay } : readDay(said, today)
    if ('wrong' in day) return refused(row, places.day, day.wrong, said)
    const told: Record<string, ToldFacts[string]> = {}
    for (const { fact, place } of wanted) {
      const read = readValue(fact, cells[place] ?? '', today)
      if (read === undefined) continue
      if ('wrong' in read) return refused(row, place, read.wrong, cells[place])
      told[fact.id] = {
        value: read.value,
        from: holdsFrom(fact, read.value, day.value),
        shelf: shelfUntil(fact, day.value),
      }
    }
    return { row, idNumber: number.value, name: name.value, onDay: day.value, facts: told }
  }
}
