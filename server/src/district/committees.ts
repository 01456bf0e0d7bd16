import { apportion } from './apportion.ts'
import { figures, fullSize } from './figures.ts'

/**
 * The fewest people a committee of a small district holds on average. A real one has about 3,600;
 * with 20,000 residents in all 355 of them no advisor would have a list to work on.
 */
export const leastCommittee = 900

type Place = Readonly<{ id: string; residents: number; urban: boolean }>

/**
 * The committees in which a district of `residents` people lives, with the people each stands for.
 *
 * Every township keeps its people and its urban share; a district smaller than Qingpu leaves the
 * smaller committees of each empty rather than all of them thin.
 *
 * @returns for each of `figures.committees` the residents of 2020 it stands for, 0 where empty
 */
export function settledCommittees(residents: number): number[] {
  const groups = new Map<string, Place[]>()
  for (const committee of figures.committees) {
    const key = `${committee.id.slice(0, 9)} ${committee.urban}`
    groups.set(key, [...(groups.get(key) ?? []), committee])
  }
  const standsFor = new Map<string, number>()
  for (const group of groups.values()) {
    const people = sum(group)
    const count = Math.max(1, Math.floor((people * residents) / fullSize / leastCommittee))
    const largest = [...group].sort((a, b) => b.residents - a.residents || (a.id < b.id ? -1 : 1))
    const settled = largest.slice(0, count)
    const among = sum(settled)
    for (const { id, residents: own } of settled) standsFor.set(id, (own * people) / among)
  }
  return figures.committees.map(({ id }) => standsFor.get(id) ?? 0)
}

/**
 * Deals households to committees, one kind of registration after the other: along the list of
 * committees each takes households until its share of the people is reached.
 *
 * @param shuffled all households in random order
 * @param size     people per household
 * @param kind     registration per household, codes of the fact `hukou`
 * @returns the place in `figures.committees` per household
 */
export function dealCommittees(
  shuffled: Int32Array,
  size: readonly number[],
  kind: Uint8Array,
): Uint16Array {
  const committee = new Uint16Array(kind.length)
  const residents = settledCommittees(size.reduce((a, b) => a + b, 0))
  const townshipSize = new Map<string, number>()
  for (const [at, { id }] of figures.committees.entries()) {
    const township = id.slice(0, 9)
    townshipSize.set(township, (townshipSize.get(township) ?? 0) + residents[at]!)
  }
  for (const code of [1, 2, 3, 4]) {
    const mine = shuffled.filter((household) => kind[household] === code)
    const perTownship = new Map(
      figures.registration.map((row) => [row.township, row.kinds[code - 1]!]),
    )
    const weights = figures.committees.map(({ id }, at) => {
      const township = id.slice(0, 9)
      return ((perTownship.get(township) ?? 0) * residents[at]!) / townshipSize.get(township)!
    })
    const total = mine.reduce((people, household) => people + size[household]!, 0)
    deal(mine, size, apportion(total, weights), committee)
  }
  return committee
}

function deal(
  households: Int32Array,
  size: readonly number[],
  quota: readonly number[],
  committee: Uint16Array,
): void {
  let at = 0
  let dealt = 0
  let bound = quota[0] ?? 0
  for (const household of households) {
    const middle = dealt + size[household]! / 2
    while (middle > bound && at < quota.length - 1) bound += quota[++at]!
    committee[household] = at
    dealt += size[household]!
  }
}

/** Households sorted by committee. */
export function byCommittee(committee: Uint16Array): Int32Array {
  const begin = new Int32Array(figures.committees.length + 1)
  for (const at of committee) begin[at + 1] = begin[at + 1]! + 1
  for (let at = 0; at < figures.committees.length; at++) begin[at + 1] = begin[at + 1]! + begin[at]!
  const order = new Int32Array(committee.length)
  for (const [household, at] of committee.entries()) {
    order[begin[at]!] = household
    begin[at] = begin[at]! + 1
  }
  return order
}

function sum(places: readonly Place[]): number {
  return places.reduce((people, { residents }) => people + residents, 0)
}
