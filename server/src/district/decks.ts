import { apportion, Deck } from './apportion.ts'
import { figures, assumption } from './figures.ts'
import { householdTypes, isCoupled, type Letter } from './household-types.ts'
import type { People } from './model.ts'
import type { Random } from './random.ts'
import { forEachMember } from './sexes.ts'
import type { Settled } from './settle.ts'
import { registration } from './settle.ts'

const marital = { never: '10', married: '20', widowed: '30', divorced: '40' } as const

/** Quotas that are dealt while households stream out; each card once, so the totals are exact. */
export type Decks = Readonly<{
  /** Place in `educationLevels`, or `undefined` below 6. */
  education: (sex: number, age: number, random: Random) => number | undefined
  /** GB/T 2261.2 of somebody of that sex and age who is not one of a couple here. */
  marital: (
    letters: readonly Letter[],
    member: number,
    who: { sex: number; age: number },
    random: Random,
  ) => string
  minority: (random: Random) => boolean
  rents: (household: number, random: Random) => boolean
}>

export function prepareDecks(people: People, sex: Uint8Array, settled: Settled): Decks {
  const residents = people.age.length
  const education = figures.education.map(() => 0)
  const cells = figures.marital.map(() => ({ all: 0, couples: 0, children: 0 }))
  forEachMember(people, (person, letters, member) => {
    const at = cellOf(figures.education, sex[person]!, people.age[person]!)
    if (at >= 0) education[at] = education[at]! + 1
    const cell = cells[cellOf(figures.marital, sex[person]!, people.age[person]!)]
    if (!cell) return
    cell.all++
    if (isCoupled(letters, member)) cell.couples++
    else if ('ta'.includes(letters[member]!)) cell.children++
  })
  const educationDecks = education.map(
    (count, i) => new Deck(apportion(count, figures.education[i]!.shares)),
  )
  const maritalDecks = cells.map((cell, i) => maritalDeck(cell, figures.marital[i]!))
  const minorities = Math.round(residents * assumption('minority.share'))
  const minority = new Deck([minorities, residents - minorities])
  const rents = rentingDecks(people, settled)
  return {
    education: (ofSex, age, random) => {
      const at = cellOf(figures.education, ofSex, age)
      return at < 0 ? undefined : educationDecks[at]!.draw(random)
    },
    marital: (letters, member, who, random) => {
      if (who.age < 15) return marital.never
      if (isCoupled(letters, member)) return marital.married
      if ('ta'.includes(letters[member]!)) return marital.never
      const drawn = maritalDecks[cellOf(figures.marital, who.sex, who.age)]!.draw(random)
      return [marital.never, marital.widowed, marital.divorced, marital.married][drawn]!
    },
    minority: (random) => minority.draw(random) === 0,
    rents: (household, random) => rents[rentingGroup(settled, household)]!.draw(random) === 0,
  }
}

/** Never married, widowed and divorced as the census has them; the rest live apart from a spouse. */
function maritalDeck(
  cell: { all: number; couples: number; children: number },
  row: { never: number; widowed: number; divorced: number },
): Deck {
  const alone = cell.all - cell.couples - cell.children
  const wanted = [
    Math.max(0, Math.round(cell.all * row.never) - cell.children),
    Math.round(cell.all * row.widowed),
    Math.round(cell.all * row.divorced),
  ]
  const sum = wanted.reduce((a, b) => a + b, 0)
  if (sum >= alone) return new Deck(alone === 0 ? [0, 0, 0, 0] : [...apportion(alone, wanted), 0])
  return new Deck([...wanted, alone - sum])
}

/** Share of family households that rent, in the district. @source S02 (long form) */
const rentingShare = 0.558

function rentingDecks(people: People, settled: Settled): Deck[] {
  const households = [0, 0]
  for (let household = 0; household < people.households; household++) {
    if (householdTypes[people.type[household]!]!.generations === 0) continue
    const group = rentingGroup(settled, household)
    households[group] = households[group]! + 1
  }
  const [local = 0, outside = 0] = households
  const all = Math.round((local + outside) * rentingShare)
  const outsideRents = Math.min(all, Math.round(outside * assumption('rent.outside')))
  const localRents = Math.min(local, all - outsideRents)
  return [
    new Deck([localRents, local - localRents]),
    new Deck([outsideRents, outside - outsideRents]),
  ]
}

function rentingGroup(settled: Settled, household: number): number {
  return settled.registration[household] === registration.outside ? 1 : 0
}

const cellCache = new Map<object, Int8Array>()

/** The row of a table for a sex and an age, or −1. */
function cellOf(
  rows: readonly { sex: number; from: number; to: number }[],
  sex: number,
  age: number,
): number {
  let cells = cellCache.get(rows)
  if (!cells) {
    cells = Int8Array.from({ length: 240 }, (_, i) =>
      rows.findIndex(
        (row) => row.sex === (i >= 120 ? 2 : 1) && i % 120 >= row.from && i % 120 <= row.to,
      ),
    )
    cellCache.set(rows, cells)
  }
  return cells[(sex === 2 ? 120 : 0) + age] ?? -1
}
