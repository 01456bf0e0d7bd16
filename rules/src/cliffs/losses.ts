import type { Item, Standing } from '../combination/items.ts'
import type { Named } from '../combination/combine.ts'
import type { AmountResult } from '../results.ts'
import { type Moment, SIDES } from './moments.ts'

/** On which curve: with confirmed statuses only, or with what would follow. */
export type Curve = (typeof SIDES)[number]

/**
 * Something lost as earnings rise: a programme `ends` or `falls` at `earned`, the first income at
 * which it is less; or it `tapers` from there until `until`.
 */
export type Loss = Named &
  Readonly<{
    kind: 'ends' | 'falls' | 'tapers'
    earned: number
    until?: number
    curves: readonly Curve[]
    /** What is lost. What officials fix is lost with an amount nobody can name. */
    lost: AmountResult
  }>

/** What one fen more takes away is no fall if it is less than a yuan: it tapers, or is rounded. */
const ROUNDING = 100

type Found = { item: Item; kind: Loss['kind']; earned: number; until?: number; lost: AmountResult }

/** Every loss between neighbouring moments, by income. */
export function lossesOf(moments: readonly Moment[]): Loss[] {
  const losses: (Found & { curves: Curve[] })[] = []
  for (const curve of SIDES) {
    for (const found of lossesOn(moments, curve)) {
      const same = losses.find((one) => isAlike(one, found))
      if (same) same.curves.push(curve)
      else losses.push({ ...found, curves: [curve] })
    }
  }
  return losses
    .sort((a, b) => a.earned - b.earned || a.item.index - b.item.index)
    .map(({ item, ...rest }) => ({
      programme: item.programme,
      ...(item.member === undefined ? {} : { member: item.member }),
      ...rest,
    }))
}

function isAlike(a: Found, b: Found): boolean {
  const told = ({ item, kind, earned, until, lost }: Found): string =>
    JSON.stringify([item.index, kind, earned, until, lost])
  return told(a) === told(b)
}

function lossesOn(moments: readonly Moment[], curve: Curve): Found[] {
  const losses: Found[] = []
  const tapering = new Map<Item, Found>()
  moments.slice(1).forEach((after, i) => {
    const before = moments[i]
    if (!before) return
    for (const [item, standing] of before[curve].standings) {
      const now = after[curve].standings.get(item)
      const found = lossOf(item, standing, now, [before.earned, after.earned])
      if (!found) continue
      const running = tapering.get(item)
      const goesOn = found.kind === 'tapers' && running?.until === before.earned
      if (running && goesOn) lengthen(running, found)
      else {
        losses.push(found)
        if (found.kind === 'tapers') tapering.set(item, found)
      }
    }
  })
  return losses
}

function lengthen(running: Found, { until, lost }: Found): void {
  if (until !== undefined) running.until = until
  if (running.lost.kind === 'exact' && lost.kind === 'exact')
    running.lost = { ...running.lost, fen: running.lost.fen + lost.fen }
}

function lossOf(
  item: Item,
  before: Standing,
  after: Standing | undefined,
  [from, to]: readonly [number, number],
): Found | null {
  if (!after) return { item, kind: 'ends', earned: to, lost: before.amount }
  const [had, has] = [certain(before.amount), certain(after.amount)]
  if (!had || !has || had.per !== has.per || has.fen >= had.fen) return null
  const lost: AmountResult = { kind: 'exact', fen: had.fen - has.fen, per: had.per }
  const isJump = to - from === 1 && lost.fen >= ROUNDING
  return isJump
    ? { item, kind: 'falls', earned: to, lost }
    : { item, kind: 'tapers', earned: from, until: to, lost }
}

function certain(amount: AmountResult) {
  if (amount.kind === 'exact') return amount
  return amount.kind === 'range' ? { fen: amount.min, per: amount.per } : null
}
