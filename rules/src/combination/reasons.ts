import { dayView } from '../evaluate/day-view.ts'
import { MET, UNMET } from '../evaluate/verdicts.ts'
import { MAX_MEMBERS } from '../ir.ts'
import { type Item, slotKey } from './items.ts'
import type { Worlds } from './worlds.ts'

/**
 * Why a programme is not part of the best combination.
 *
 * `excludes` one of `with` rules it out, or it them; `may-exclude` so a reading of the law has it,
 * which nobody has confirmed; `ends` its money would end what stands in `with`; `may-end` it would
 * if it counts as income, which nobody knows; `pays-less` together they would pay less.
 */
export type LeftReason = 'excludes' | 'may-exclude' | 'ends' | 'may-end' | 'pays-less'

export type Why = Readonly<{ reason: LeftReason; with: readonly Item[] }>

/** Conditions of an item with their outcomes in the world entered last. */
function outcomesOf({ of: { day } }: Worlds, { target, row }: Item): number[] {
  const outcomes = day.verdicts.outcomes[target.index]
  return target.conditions.map((_, c) => outcomes?.[c * MAX_MEMBERS + row] ?? 0)
}

type Chosen = Readonly<{ chosen: ReadonlySet<Item>; ended: ReadonlySet<Item> }>

/** Why `item` cannot be added to what was chosen. */
export function whyLeft(worlds: Worlds, { chosen, ended }: Chosen, item: Item): Why {
  const taken = new Set([...chosen, item])
  const all = new Set([...taken].map(({ programme }) => programme))
  worlds.enter({ taken: chosen, ended })
  const before = new Map([...chosen].map((one) => [one, outcomesOf(worlds, one)]))
  worlds.enter({ taken: new Set() })
  before.set(item, outcomesOf(worlds, item))
  const ways = [new Set<string>(), all].map((counted) => {
    worlds.enter({ taken, counted, ended })
    return new Map([...taken].map((one) => [one, outcomesOf(worlds, one)]))
  })
  for (const other of [item, ...chosen]) {
    const failing = ways.map((outcomes) =>
      failures(outcomes.get(other) ?? [], before.get(other) ?? []),
    )
    const [apart = [], counted = []] = failing
    const changed = apart.length > 0 ? apart : counted
    if (changed.length === 0) continue
    const byStatus = changed.filter((one) =>
      readsStatus(worlds, other, one.condition, item, chosen),
    )
    if (byStatus.length > 0) {
      const sure = byStatus.some(({ outcome }) => outcome === UNMET)
      const against = other === item ? readBy(worlds, other, byStatus, chosen) : [other]
      return { reason: sure ? 'excludes' : 'may-exclude', with: against }
    }
    const sure = apart.some(({ outcome }) => outcome === UNMET)
    return { reason: sure ? 'ends' : 'may-end', with: [other] }
  }
  return { reason: 'pays-less', with: [] }
}

type Failure = Readonly<{ condition: number; outcome: number }>

function failures(now: readonly number[], before: readonly number[]): Failure[] {
  return now.flatMap((outcome, condition) =>
    outcome !== MET && before[condition] === MET ? [{ condition, outcome }] : [],
  )
}

function slotsRead({ of }: Worlds, { target, row }: Item, condition: number): Set<number> {
  const reads = dayView(of.day)(target.index).reads[condition]
  const slots = new Set<number>()
  for (const { fact, of: whose } of reads?.facts ?? []) {
    const isPersonal = of.pack.program.facts[fact]?.entity === 'person'
    const every = isPersonal && (whose === 'members' || target.entity === 'household')
    const rows = every ? Array.from({ length: of.members }, (_, m) => m) : [isPersonal ? row : 0]
    for (const one of rows) slots.add(slotKey({ fact, row: one }))
  }
  return slots
}

function readsStatus(
  worlds: Worlds,
  reader: Item,
  condition: number,
  item: Item,
  chosen: ReadonlySet<Item>,
): boolean {
  const slots = slotsRead(worlds, reader, condition)
  const others = reader === item ? [...chosen] : [item]
  return others.some(({ statuses }) => statuses.some((slot) => slots.has(slotKey(slot))))
}

function readBy(
  worlds: Worlds,
  reader: Item,
  failing: readonly Failure[],
  chosen: ReadonlySet<Item>,
): Item[] {
  const read = failing.map(({ condition }) => slotsRead(worlds, reader, condition))
  return [...chosen].filter(({ statuses }) =>
    statuses.some((slot) => read.some((slots) => slots.has(slotKey(slot)))),
  )
}

/**
 * What is received already that alone stands in the way of an item: every condition of some tier that
 * is not met reads its status. The world entered last counts.
 */
export function blockedBy(worlds: Worlds, item: Item, held: readonly Item[]): Why | null {
  const outcomes = outcomesOf(worlds, item)
  const { base, tiers } = item.target
  for (const { conditions } of tiers) {
    const failing = [...base, ...conditions].filter((c) => outcomes[c] !== MET)
    const against = failing.map((c) => {
      const slots = slotsRead(worlds, item, c)
      return held.filter(
        (one) => one !== item && one.statuses.some((slot) => slots.has(slotKey(slot))),
      )
    })
    if (failing.length === 0 || against.some((items) => items.length === 0)) continue
    const sure = against.filter((_, i) => outcomes[failing[i] ?? -1] === UNMET)
    return sure.length > 0
      ? { reason: 'excludes', with: [...new Set(sure.flat())] }
      : { reason: 'may-exclude', with: [...new Set(against.flat())] }
  }
  return null
}
