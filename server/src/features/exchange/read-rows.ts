import type { Fact } from '@qiao/rules'
import { holdsFrom, shelfUntil } from '../households/fact-value.ts'
import type { Mapping } from './delivery.ts'
import { readDay, readName, readNumber, readValue, type Said } from './reading/cells.ts'
import { lastDay } from './reading/fields.ts'
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

/**
 * By fact: its value, from when it holds, until when it may be used, and whether it is of the household of whoever the
 * row names. Of a roll, by programme: that it is received, since when and until when; null where the roll does not say.
 */
type ToldFacts = Readonly<
  Record<
    string,
    Readonly<{ value: unknown; from: string | null; shelf: string | null; household?: true }>
  >
>

export type RowReading = Readonly<{
  headings: readonly string[]
  mapping: Mapping
  /** The day of rows that name none; of a roll, its day. */
  onDay: string
  today: string
}>

/**
 * Reads one row of delivered facts. A cell that does not read refuses its whole row: nothing is taken in by half.
 *
 * @param facts what the source may tell
 * @returns a function of a row, for the columns are found once
 */
export function factReader(
  reading: RowReading,
  facts: readonly Fact[],
): (row: SheetRow) => ReadRow {
  const { onDay, today } = reading
  const { at, refused, readWho } = whoReader(reading)
  const dayAt = at('day')
  const wanted = facts.flatMap((fact) => {
    const place = at(fact.id)
    return place < 0 ? [] : [{ fact, place }]
  })
  return ({ row, cells }) => {
    const who = readWho({ row, cells })
    if ('wrong' in who) return who
    const said = cells[dayAt] ?? ''
    const day = dayAt < 0 || said === '' ? { value: onDay } : readDay(said, today)
    if ('wrong' in day) return refused(row, dayAt, day.wrong, said)
    const told: Record<string, ToldFacts[string]> = {}
    for (const { fact, place } of wanted) {
      const read = readValue(fact, cells[place] ?? '', today)
      if (read === undefined) continue
      if ('wrong' in read) return refused(row, place, read.wrong, cells[place])
      told[fact.id] = {
        value: read.value,
        from: holdsFrom(fact, read.value, day.value),
        shelf: shelfUntil(fact, day.value),
        ...(fact.entity === 'household' ? { household: true } : {}),
      }
    }
    return { ...who, onDay: day.value, facts: told }
  }
}

/** Reads one row of a roll: who receives its programme, and since when and until when if it says so. */
export function rollReader(reading: RowReading, programme: string): (row: SheetRow) => ReadRow {
  const { onDay } = reading
  const { at, refused, readWho } = whoReader(reading)
  const places = { from: at('from'), to: at('to') }
  const readEdge = (cell: Cell): Said<string | null> =>
    cell === '' ? { value: null } : readDay(cell, lastDay)
  return ({ row, cells }) => {
    const who = readWho({ row, cells })
    if ('wrong' in who) return who
    const fromCell = cells[places.from] ?? ''
    const from = readEdge(fromCell)
    if ('wrong' in from) return refused(row, places.from, from.wrong, fromCell)
    if (from.value !== null && from.value > onDay)
      return refused(row, places.from, '晚于名册日期，当天尚未享受', fromCell)
    const toCell = cells[places.to] ?? ''
    const to = readEdge(toCell)
    if ('wrong' in to) return refused(row, places.to, to.wrong, toCell)
    if (to.value !== null && to.value < onDay)
      return refused(row, places.to, '早于名册日期，当天已不再享受', toCell)
    const facts = { [programme]: { value: 'receiving', from: from.value, shelf: to.value } }
    return { ...who, onDay, facts }
  }
}

/** What rows of every kind have: whose they are, and how a row is refused. */
function whoReader({ headings, mapping }: RowReading) {
  const at = (field: string) => headings.indexOf(mapping[field] ?? '')
  const places = { idNumber: at('id-number'), name: at('name') }
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
  const readWho = ({ row, cells }: SheetRow) => {
    const number = readNumber(cells[places.idNumber] ?? '')
    if ('wrong' in number) return refused(row, places.idNumber, number.wrong)
    const name = places.name < 0 ? { value: null } : readName(cells[places.name] ?? '')
    if ('wrong' in name) return refused(row, places.name, name.wrong)
    return { row, idNumber: number.value, name: name.value }
  }
  return { at, refused, readWho }
}
