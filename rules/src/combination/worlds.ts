import { amountOf, candidates } from '../evaluate/judge.ts'
import type { AmountResult, Verdict } from '../results.ts'
import { type Item, type Slot, slotKey, type Standing } from './items.ts'
import type { Supposing, Value } from './supposing.ts'

/** What is supposed of the items of a household. Received ones that are not named go on being received. */
type Supposition = Readonly<{
  /** Confirmed and paid. */
  taken: ReadonlySet<Item>
  /** Received until now, and no longer. */
  ended?: ReadonlySet<Item>
  /** Not decided yet: what holds, holds either way. */
  open?: ReadonlySet<Item>
  /** Programmes of which nobody knows whether they count as income, and which are taken to. */
  counted?: ReadonlySet<string>
}>

/** A household in the worlds that suppositions make. */
export type Worlds = Readonly<{
  of: Supposing
  items: readonly Item[]
  /**
   * Goes into a world; {@link Worlds.standing} then speaks of it.
   *
   * @returns false where amounts that count as income come to no rest
   */
  enter: (supposition: Supposition) => boolean
  standing: (item: Item) => Standing
}>

/** Benefits that count as income change amounts, which change the income: so often at most. */
const MOST_ROUNDS = 10

const VERDICTS: readonly Verdict[] = ['unknown', 'eligible', 'ineligible', 'unknown']

/** @param given facts supposed in every world, before what its suppositions say */
export function worldsOf(
  of: Supposing,
  items: readonly Item[],
  given: ReadonlyMap<number, Value> = new Map(),
): Worlds {
  const slots = slotsOf(items)
  const recorded = new Map(
    [...slots].map(([key, { fact, row }]) => [
      key,
      given.has(key) ? given.get(key) : of.recorded(fact, row),
    ]),
  )
  const untouched = new Map<Item, Standing>()
  const standing = (item: Item): Standing => {
    if (of.touched.has(item.target.index)) return standingOf(of, item)
    const made = untouched.get(item) ?? standingOf(of, item)
    untouched.set(item, made)
    return made
  }
  const isFixed = ({ target }: Item): boolean => !of.touched.has(target.index)
  const set = (values: ReadonlyMap<number, Value>): void => {
    for (const [key, { fact, row }] of slots) of.suppose(fact, row, values.get(key))
    of.settle()
  }
  return {
    of,
    items,
    standing,
    enter: (supposition) => enter(supposition, { recorded, set, standing, isFixed }),
  }
}

type Entering = Readonly<{
  recorded: ReadonlyMap<number, Value>
  set: (values: ReadonlyMap<number, Value>) => void
  standing: (item: Item) => Standing
  /** Whether what it pays depends on nothing that is supposed. */
  isFixed: (item: Item) => boolean
}>

function enter(supposition: Supposition, { recorded, set, standing, isFixed }: Entering): boolean {
  const statuses = new Map(recorded)
  supposeStatuses(supposition, statuses)
  for (const { income, received } of supposition.open ?? [])
    if (income && !received) statuses.set(slotKey(income), undefined)
  const earning = [...supposition.taken].filter(
    ({ income, received, programme }) =>
      income && !received && (income.settled || supposition.counted?.has(programme)),
  )
  if (earning.every(isFixed)) {
    set(withIncome(statuses, earning, standing))
    return true
  }
  set(statuses)
  let before = ''
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const values = withIncome(statuses, earning, standing)
    const now = JSON.stringify([...values.values()])
    if (now === before) return true
    before = now
    set(values)
  }
  return false
}

/** What is taken holds, whoever else of the household no longer has it. */
function supposeStatuses({ taken, ended, open }: Supposition, values: Map<number, Value>): void {
  const put = (chosen: ReadonlySet<Item> | undefined, value: Value): void => {
    for (const { statuses } of chosen ?? [])
      for (const slot of statuses) values.set(slotKey(slot), value)
  }
  put(ended, 0)
  put(open, undefined)
  put(taken, 1)
}

/** The recorded incomes with what is paid and counts; what pays nobody knows how much leaves it unknown. */
function withIncome(
  statuses: ReadonlyMap<number, Value>,
  earning: readonly Item[],
  standing: (item: Item) => Standing,
): ReadonlyMap<number, Value> {
  const values = new Map(statuses)
  const amounts = earning.map((item) => [item.income, monthly(standing(item).amount)] as const)
  for (const [slot, fen] of amounts) {
    if (!slot) continue
    const before = values.get(slotKey(slot))
    const isKnown = before !== undefined && fen !== undefined
    values.set(slotKey(slot), isKnown ? (before ?? 0) + fen : undefined)
  }
  return values
}

function monthly(amount: AmountResult): number | undefined {
  return amount.kind === 'exact' && amount.per === 'month' ? amount.fen : undefined
}

function slotsOf(items: readonly Item[]): ReadonlyMap<number, Slot> {
  const slots = new Map<number, Slot>()
  for (const { statuses, income } of items)
    for (const slot of [...statuses, ...(income ? [income] : [])]) slots.set(slotKey(slot), slot)
  return slots
}

function standingOf({ day }: Supposing, { target, row }: Item): Standing {
  const verdict = VERDICTS[day.verdicts.first[target.index]?.[row] ?? 3] ?? 'unknown'
  const tiers = verdict === 'ineligible' ? [] : candidates(day, target, row)
  const [only] = tiers
  return {
    verdict,
    amount: amountOf(day, tiers, row, verdict, false),
    ...(verdict === 'eligible' && tiers.length === 1 && only ? { tier: only.id } : {}),
  }
}
