import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain } from '../src/evaluate/explain.ts'
import type { Decimal, Pack } from '../src/pack.ts'
import { parameterScale, parametersOn } from '../src/parameters.ts'
import type { AmountResult, HouseholdFacts, Result } from '../src/results.ts'
import { type Draw, drawn } from './random/draw.ts'
import { randomHousehold } from './random/facts.ts'
import { fillings, forgetful, gapsOf } from './random/gaps.ts'
import { randomPack } from './random/pack.ts'
import { asked } from './random/parameters.ts'
import { runs, unhurried } from './runs.ts'
import { legible } from './random/case.ts'

/** Ways of filling the gaps that are tried per household. */
const MOST = 60

const partly = drawn((draw) => {
  const pack = randomPack(draw)
  const whole = randomHousehold(draw, pack.facts, { gaps: 0, most: 3 })
  const household = forgetful(draw, whole)
  const on = draw.pick(asked)
  const figures = unknownFigures(draw, pack, on)
  return legible({
    pack,
    households: [household],
    on,
    gaps: gapsOf(draw, pack, household),
    figures,
  })
})

/** What the parameters that are not known on the day may turn out to be. */
function unknownFigures(draw: Draw, pack: Pack, on: string): Record<string, Decimal> {
  const open = parametersOn(pack.parameters, on).flatMap(({ state }, i) => {
    const parameter = pack.parameters[i]
    return state === 'known' || !parameter ? [] : [parameter]
  })
  return Object.fromEntries(
    open.map((parameter) => {
      const {
        id,
        range: [lo, hi],
      } = parameter
      const whole = draw.integer(Number(lo ?? 0), Number(hi ?? 2000))
      return [
        id,
        parameterScale(parameter) === 0 || draw.chance(1, 2)
          ? whole
          : Math.max(whole - 0.5, Number(lo)),
      ]
    }),
  )
}

test('an answer under missing facts holds however they turn out', unhurried, () => {
  fc.assert(
    fc.property(partly, ({ pack, households: [household], on, gaps, figures }) => {
      if (!household) return
      const before = explain(pack, household, on)
      for (const full of fillings(household, gaps, MOST)) {
        expectHolds(before, explain(pack, full, on), full)
        const known = explain(pack, full, on, { parameterValues: figures })
        expectHolds(before, known, full)
      }
    }),
    { numRuns: runs(0.6), endOnFailure: true },
  )
})

function expectHolds(
  before: readonly Result[],
  after: readonly Result[],
  full: HouseholdFacts,
): void {
  before.forEach((result, i) => {
    const then = after[i]
    if (!then || contradicts(result, then) === null) return
    expect.fail(`${contradicts(result, then)}: ${JSON.stringify({ result, then, full }, null, 1)}`)
  })
}

/** How what was said before is contradicted by what is said when more is known; null if it is not. */
function contradicts(before: Result, after: Result): string | null {
  // a match that came to light is pointed out; the confirmed answer stands
  const waits = after.reasons.includes('status-pending')
  if (before.verdict !== 'unknown' && before.verdict !== after.verdict && !waits) return 'verdict'
  if (before.verdict === 'eligible' && waits) return 'verdict'
  if (before.tier !== undefined && before.tier !== after.tier) return 'tier'
  const changed = before.conditions.findIndex(
    ({ verdict }, i) => verdict !== 'unknown' && verdict !== after.conditions[i]?.verdict,
  )
  if (changed >= 0) return `condition ${before.conditions[changed]?.id}`
  if (after.verdict === 'ineligible' || waits) return null
  return within(after.amount, before.amount) ? null : 'amount'
}

function within(after: AmountResult, before: AmountResult): boolean {
  if (before.kind === 'unknown') return true
  if (before.kind !== 'exact' && before.kind !== 'range') return after.kind === before.kind
  if (after.kind !== 'exact' && after.kind !== 'range') return false
  const [outer, inner] = [endsOf(before), endsOf(after)]
  return after.per === before.per && inner.min >= outer.min && inner.max <= outer.max
}

function endsOf(amount: Extract<AmountResult, { kind: 'exact' | 'range' }>): {
  min: number
  max: number
} {
  return amount.kind === 'exact' ? { min: amount.fen, max: amount.fen } : amount
}
