import type { CombineOptions, Named } from '../combination/combine.ts'
import { itemsOf, slotKey } from '../combination/items.ts'
import { type Supposing, supposing } from '../combination/supposing.ts'
import { variedFacts } from '../combination/varied.ts'
import { type Worlds, worldsOf } from '../combination/worlds.ts'
import type { Pack } from '../pack.ts'
import type { HouseholdFacts } from '../results.ts'
import { breaksBetween, isSame, signatureOf } from './breaks.ts'
import { type Loss, lossesOf } from './losses.ts'
import { type Moment, momentOf, programmesAt } from './moments.ts'

/** Total benefits of a household as one member earns more. 收入变化与待遇,仅供参考 */
export type IncomeCurve = Readonly<{
  /** Whose earnings rise. */
  member: string
  /** What they earn now, fen a month; null if nobody knows. */
  current: number | null
  /** Ascending; straight between neighbours. A fall stands between two points one fen apart. */
  points: readonly Readonly<{ earned: number; confirmed: number; followed: number }>[]
  losses: readonly Loss[]
  /** Undecided at what they earn now, or at nothing: not in the totals. */
  undecided: readonly Named[]
  complete: boolean
}>

export type CurveOptions = CombineOptions &
  Readonly<{
    /** A member's id who is not left out; else the one who is known to earn most, else the first. */
    member?: string
  }>

const YUAN = 100
/** Steps in which changes are looked for, and in which the curve is drawn at least. */
const [STEPS, GRID] = [40, 20]
/** Earnings up to which lines are looked for at first, and at most: ten thousand and a million yuan. */
const [HIGH, HIGHEST] = [10_000 * YUAN, 1_000_000 * YUAN]

/**
 * Evaluates a household at every income of one member at which something changes, to the fen, and at
 * a regular grid. Everything else stays as recorded, also what was earned in past months.
 *
 * @returns null for a pack that does not say which fact is earned, or if every member is left out
 * @throws RangeError for a household of no or more than 50 members, or a day that is none
 */
export function incomeCurve(
  pack: Pack,
  household: HouseholdFacts,
  on: string,
  options: CurveOptions,
): IncomeCurve | null {
  const fact = pack.program.facts.find(({ id }) => id === pack.income?.earned)
  if (!fact) return null
  const alone = supposing(pack, household, on, new Set([fact.index]))
  const row = earnerOf(alone, fact.index, household, options)
  if (row < 0) return null
  const current = alone.recorded(fact.index, row) ?? null
  const incomes = incomesOf(alone, fact.index, row, current ?? 0)
  const of = supposing(pack, household, on, variedFacts(pack))
  const items = itemsOf(of, { ...options, members: household.members })
  const earning = slotKey({ fact: fact.index, row })
  const at = (fen: number): Worlds => {
    of.suppose(fact.index, row, fen)
    return worldsOf(of, items, new Map([[earning, fen]]))
  }
  const momentAt = (fen: number): Moment => momentOf(at(fen), fen)
  const moments = refined(incomes.map(momentAt), momentAt)
  const worlds = at(current ?? 0)
  worlds.enter({ taken: new Set() })
  const undecided = items.filter((item) => worlds.standing(item).verdict === 'unknown')
  return {
    member: household.members[row]?.id ?? '',
    current,
    points: moments.map(({ earned, confirmed, followed }) => ({
      earned,
      confirmed: confirmed.monthly,
      followed: followed.monthly,
    })),
    losses: lossesOf(moments),
    undecided: undecided.map(({ programme, member }) =>
      member === undefined ? { programme } : { programme, member },
    ),
    complete: moments.every(({ complete }) => complete),
  }
}

function earnerOf(
  of: Supposing,
  fact: number,
  { members }: HouseholdFacts,
  { member, leaveOut }: CurveOptions,
): number {
  const rows = [...members.keys()].filter((row) => !leaveOut?.has(members[row]?.id ?? ''))
  const named = rows.find((row) => members[row]?.id === member)
  if (named !== undefined) return named
  let best = rows[0] ?? -1
  for (const row of rows)
    if ((of.recorded(fact, row) ?? -1) > (of.recorded(fact, best) ?? -1)) best = row
  return best
}

/** Incomes to look at, ascending: both sides of everything that changes, a regular grid, and today's. */
function incomesOf(of: Supposing, fact: number, row: number, current: number): number[] {
  const signature = (fen: number) => {
    of.suppose(fact, row, fen)
    of.settle()
    return signatureOf(of)
  }
  let high = Math.max(HIGH, current)
  while (high < HIGHEST && !isSame(signature(high), signature(high * 2))) high *= 2
  const breaks = breaksBetween(0, high, STEPS, signature)
  const to = ceil(Math.max((breaks.at(-1) ?? 0) * 1.15, current * 1.15, 3000 * YUAN))
  const grid = Array.from({ length: GRID + 1 }, (_, i) => Math.round((to * i) / GRID))
  const incomes = [...breaks.flatMap((fen) => [fen - 1, fen]), ...grid, current]
  return [...new Set(incomes)].filter((fen) => fen <= to).sort((a, b) => a - b)
}

/** Where neighbours differ in their programmes, the fen at which they do: income that follows moves lines. */
function refined(moments: readonly Moment[], momentAt: (fen: number) => Moment): Moment[] {
  const all: Moment[] = []
  for (const moment of moments) {
    const last = all.at(-1)
    if (last) all.push(...changesBetween(last, moment, momentAt))
    all.push(moment)
  }
  return all
}

function changesBetween(
  before: Moment,
  after: Moment,
  momentAt: (fen: number) => Moment,
): Moment[] {
  if (after.earned - before.earned <= 1 || programmesAt(before) === programmesAt(after)) return []
  const middle = momentAt(Math.floor((before.earned + after.earned) / 2))
  return [
    ...changesBetween(before, middle, momentAt),
    middle,
    ...changesBetween(middle, after, momentAt),
  ]
}

/** Up to the next five hundred yuan. */
function ceil(fen: number): number {
  const step = 500 * YUAN
  return Math.ceil(fen / step) * step
}
