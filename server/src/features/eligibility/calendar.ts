import { changeFinder, type Pack } from '@qiao/rules'

/** When a programme's answer may change with no new fact. Days as day numbers, 0 for never. */
export type Calendar = Readonly<{
  /** First such day for everybody. */
  always: number
  /** First such day by a date of the household or its members, e.g. somebody's birth. */
  byDate: readonly Readonly<{ fact: number; dayOf: (date: number) => number }>[]
}>

/** The calendar of each programme of the pack after a day. */
export function calendarsOf(pack: Pack, on: string): Calendar[] {
  const changeAfter = changeFinder(pack, on)
  return pack.programmes.map((_, programme) => {
    const asked = new Set<number>()
    const always = changeAfter(programme, (fact) => {
      asked.add(fact)
      return []
    })
    const byDate = [...asked].map((fact) => ({
      fact,
      dayOf: remembered(
        (date) => changeAfter(programme, (other) => (other === fact ? [date] : [])) ?? 0,
      ),
    }))
    return { always: always ?? 0, byDate }
  })
}

/** Dates that are looked up by place: 1900-01-01 and two hundred years on. */
const [firstDate, dates] = [-25_567, 73_050]

/** What a date leads to is worked out once, and not for each of the thirty people born on it. */
function remembered(dayOf: (date: number) => number): (date: number) => number {
  const known = new Int32Array(dates).fill(-1)
  return (date) => {
    const place = date - firstDate
    const found = known[place]
    if (found !== undefined && found >= 0) return found
    const day = dayOf(date)
    if (place >= 0 && place < dates) known[place] = day
    return day
  }
}
