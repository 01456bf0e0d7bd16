import { combine, incomeCurve, type Named } from '@qiao/rules'
import type { Static } from 'typebox'
import { advice, type ExplanationOf, receiptOf } from './explanation.ts'
import type { CombinationView, IncomeCurveView } from './together-views.ts'

/** What a household may receive together, in words. 可同时享受,仅供参考 */
export function combinationOf(of: ExplanationOf): Static<typeof CombinationView> {
  const { pack, on, household, optedOut } = of
  const found = combine(pack, household, on, {
    isReceived: isReceivedIn(of),
    leaveOut: optedOut,
  })
  const { left, lowerTiers, shares, following, keptOnly, ...rest } = found
  return {
    ...headOf(of),
    ...rest,
    shares: shares.map((share) => ({ ...share, ...wordsOf(of, share) })),
    left: left.map((one) => ({
      ...one,
      ...wordsOf(of, one),
      with: one.with.map((other) => ({ ...other, ...wordsOf(of, other) })),
    })),
    lowerTiers: lowerTiers.map(({ tier, taken, ...one }) => ({
      ...one,
      ...wordsOf(of, one),
      tierName: tierName(of, one.programme, tier),
      takenName: tierName(of, one.programme, taken),
    })),
    following: following.map((share) => ({
      ...share,
      ...wordsOf(of, share),
      via: share.via.map((programme) => programmeName(of, programme)),
    })),
    keptOnly: keptOnly.map((one) => ({ ...one, ...wordsOf(of, one) })),
  }
}

/**
 * Benefits as one member's earnings rise, in words; undefined for a pack that knows no earnings, or
 * where every member objects to matching.
 *
 * What the member earns now is left out where the reader may not see it.
 */
export function incomeCurveOf(
  of: ExplanationOf,
  member: string | undefined,
): Static<typeof IncomeCurveView> | undefined {
  const { pack, on, household, memberNames, optedOut } = of
  const isReceived = isReceivedIn(of)
  const curve = incomeCurve(pack, household, on, {
    isReceived,
    leaveOut: optedOut,
    ...(member === undefined ? {} : { member }),
  })
  const fact = pack.facts.find(({ id }) => id === pack.income?.earned)
  if (!curve || !fact) return undefined
  const { points, losses, undecided, ...rest } = curve
  return {
    ...headOf(of),
    ...rest,
    current: of.mayRead(fact) ? rest.current : null,
    factName: fact.name,
    members: household.members
      .filter(({ id }) => !optedOut.has(id))
      .map(({ id }) => ({ id, name: memberNames.get(id) ?? id })),
    points: [...points],
    losses: losses.map(({ curves, ...loss }) => ({
      ...loss,
      ...wordsOf(of, loss),
      curves: [...curves],
    })),
    undecided: undecided.map((one) => ({ ...one, ...wordsOf(of, one) })),
  }
}

function headOf({ pack, on }: ExplanationOf) {
  return { on, pack: { version: pack.version, hash: pack.hash }, advice }
}

function isReceivedIn({ household }: ExplanationOf) {
  return (programme: string, member: string | undefined): boolean =>
    receiptOf(household, {
      programme,
      target: member === undefined ? 'household' : 'person',
      ...(member === undefined ? {} : { member }),
    }) === 'yes'
}

function wordsOf(of: ExplanationOf, { programme, member, tier }: Named & { tier?: string }) {
  const memberName = of.memberNames.get(member ?? '')
  return {
    programmeName: programmeName(of, programme),
    ...(memberName === undefined ? {} : { memberName }),
    ...(tier === undefined ? {} : { tierName: tierName(of, programme, tier) }),
  }
}

function programmeName({ pack }: ExplanationOf, id: string): string {
  return pack.programmes.find((programme) => programme.id === id)?.name ?? id
}

function tierName({ pack }: ExplanationOf, programme: string, id: string): string {
  const tiers = pack.programmes.find((one) => one.id === programme)?.tiers
  return tiers?.find((tier) => tier.id === id)?.name ?? id
}
