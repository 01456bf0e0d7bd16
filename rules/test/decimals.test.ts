import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain } from '../src/evaluate/explain.ts'
import type { Rounding } from '../src/ir.ts'
import type { Pack, Programme, ProgrammeCondition } from '../src/pack.ts'
import type { Result } from '../src/results.ts'
import { legible } from './random/case.ts'
import { drawn } from './random/draw.ts'
import { randomHousehold } from './random/facts.ts'
import { type Oracle, oracleOf, supposedFigures } from './random/oracle.ts'
import { randomPack } from './random/pack.ts'
import { asked } from './random/parameters.ts'
import { runs, unhurried } from './runs.ts'

/**
 * Packs that only ask what a decimal says exactly: no status, no match, and divisions that end.
 * Everything is known of their households of one, two or four.
 */
const wholly = drawn((draw) => {
  const pack = randomPack(draw, { exact: true })
  const size = draw.pick([1, 2, 4])
  const household = randomHousehold(draw, pack.facts, { gaps: 0, most: size, least: size })
  return legible({ pack, households: [household], on: draw.pick(asked) })
})

test('on known facts every condition and amount is what FEEL says in decimals', unhurried, () => {
  let amounts = 0
  fc.assert(
    fc.property(wholly, ({ pack, households: [household], on }) => {
      if (!household) return
      const parameterValues = supposedFigures(pack, on)
      const oracle = oracleOf(pack, household, on)
      for (const result of explain(pack, household, on, { parameterValues })) {
        const member = household.members.findIndex(({ id }) => id === result.member)
        const at = { oracle, member: member < 0 ? null : member, pack }
        expectConditions(result, at)
        if (expectAmount(result, at)) amounts++
      }
    }),
    { numRuns: runs(), endOnFailure: true },
  )
  expect(amounts).toBeGreaterThan(runs() / 10)
})

type At = Readonly<{ oracle: Oracle; member: number | null; pack: Pack }>

function programmeOf({ pack }: At, result: Result): Programme {
  const found = pack.programmes.find(({ id }) => id === result.programme)
  if (!found) throw new Error(`no programme ${result.programme}`)
  return found
}

function expectConditions(result: Result, at: At): void {
  const programme = programmeOf(at, result)
  for (const said of result.conditions) {
    const conditions =
      programme.tiers.find(({ id }) => id === said.tier)?.conditions ?? programme.conditions
    const condition = conditions.find(({ id }) => id === said.id)
    if (!condition) continue
    const value = at.oracle.value(condition.expr, at.member)
    expect({ expr: condition.expr, verdict: said.verdict }).toEqual({
      expr: condition.expr,
      verdict: verdictOf(value, condition),
    })
  }
}

function verdictOf(value: unknown, { whenNull, confidence }: ProgrammeCondition): string {
  const verdict = value === null ? (whenNull ?? 'unmet') : value === true ? 'met' : 'unmet'
  const confirmed = confidence !== 'low' && confidence !== 'recalled'
  return verdict === 'unmet' && !confirmed ? 'unknown' : verdict
}

/** Whether there was an amount to compare. */
function expectAmount(result: Result, at: At): boolean {
  const { amount } = result
  if (amount.kind !== 'exact' || result.tier === undefined) return false
  const tier = programmeOf(at, result).tiers.find(({ id }) => id === result.tier)
  const { expr, round = 'fen' } = tier?.amount ?? {}
  const value = expr === undefined ? null : at.oracle.value(expr, at.member)
  if (!(value instanceof Big)) return false
  expect({ expr, fen: amount.fen }).toEqual({ expr, fen: fenOf(value, round) })
  return true
}

const HALF_UP = 1
const UP = 3

/** Yuan as fen, rounded as the policy says; a benefit is never negative. */
function fenOf(yuan: Big, round: Rounding): number {
  if (yuan.lt(0)) return 0
  if (round === 'fen') return Number(yuan.times(100).round(0, HALF_UP))
  return Number(yuan.round(0, round === 'yuan-up' ? UP : HALF_UP).times(100))
}
