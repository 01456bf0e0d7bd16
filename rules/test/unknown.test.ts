import { expect, test } from 'vitest'
import { batchOf } from '../src/columns/batch-of.ts'
import { compileColumns } from '../src/columns/program.ts'
import type { Pack } from '../src/pack.ts'
import { packFrom } from './pack-text.ts'
import { expectAgreement } from './said.ts'
import { answer, householdOf, programme } from './small-packs.ts'

test('an unknown fact leaves the condition open and is named, member by member', () => {
  const text = programme({ condition: 'sum(members.收入) < 1000' })
  const result = answer(text, householdOf({}, { income: 30_000 }, {}))
  expect(result.verdict).toBe('unknown')
  expect(result.reasons).toEqual(['missing-facts'])
  expect(result.missing).toEqual([{ fact: 'income', member: 'm1' }])
})

test('one member above the line settles the household, though the others are unknown', () => {
  const text = programme({ condition: 'sum(members.收入) < 1000' })
  const result = answer(text, householdOf({}, { income: 100_000 }, {}, {}))
  expect(result.verdict).toBe('ineligible')
  expect(result.missing).toEqual([])
})

test('if with an unknown condition is unknown where its branches disagree', () => {
  const text = programme({ condition: 'if 租房 then 财产 < 100 else 财产 < 200' })
  expect(answer(text, householdOf({ assets: 15_000 })).verdict).toBe('unknown')
})

test('if with an unknown condition is what both branches say where they agree', () => {
  const text = programme({ condition: 'if 租房 then 财产 < 100 else 财产 < 200' })
  expect(answer(text, householdOf({ assets: 5000 })).verdict).toBe('eligible')
  expect(answer(text, householdOf({ assets: 25_000 })).verdict).toBe('ineligible')
})

test('an amount under an unknown fact is the range of what it may be', () => {
  const text = programme({ amount: 'if 租房 then 300 else 200.5' })
  expect(answer(text, householdOf({})).amount).toEqual({
    kind: 'range',
    min: 20_050,
    max: 30_000,
    per: 'month',
  })
})

for (const [whenNull, verdict] of [
  ['met', 'eligible'],
  ['unmet', 'ineligible'],
  ['unknown', 'unknown'],
] as const) {
  test(`known to have no pension: the condition is ${whenNull} where the policy says so`, () => {
    const more = `, whenNull: ${whenNull}`
    const text = programme({ target: 'person', condition: '养老金 < 500', more })
    expect(answer(text, householdOf({}, { pension: null })).verdict).toBe(verdict)
  })
}

test('an unknown pension is not the pension of somebody known to have none', () => {
  const more = ', whenNull: met'
  const text = programme({ target: 'person', condition: '养老金 > 500', more })
  expect(answer(text, householdOf({}, {})).verdict).toBe('unknown')
})

test('a test for null before a comparison settles what null would leave open', () => {
  const text = programme({ target: 'person', condition: '养老金 = null or 养老金 < 500' })
  expect(answer(text, householdOf({}, { pension: null })).verdict).toBe('eligible')
  expect(answer(text, householdOf({}, { pension: 60_000 })).verdict).toBe('ineligible')
  const other = programme({ target: 'person', condition: '养老金 != null and 养老金 < 500' })
  expect(answer(other, householdOf({}, { pension: null })).verdict).toBe('ineligible')
  expect(answer(other, householdOf({}, { pension: 40_000 })).verdict).toBe('eligible')
})

test('the sum over nobody is 0, the least of nobody is null', () => {
  const sum = programme({ condition: 'sum(members[年龄 < 3].收入) < 1' })
  const child = { age: 40, income: 99 }
  expect(answer(sum, householdOf({}, child)).verdict).toBe('eligible')
  const more = ', whenNull: unmet'
  const least = programme({ condition: 'min(members[年龄 < 3].收入) < 1', more })
  expect(answer(least, householdOf({}, child)).verdict).toBe('ineligible')
})

test('a condition known by recollection only excludes nobody', () => {
  const more = ', confidence: recalled'
  const result = answer(
    programme({ condition: '财产 < 100', more }),
    householdOf({ assets: 20_000 }),
  )
  expect(result.verdict).toBe('unknown')
  expect(result.reasons).toEqual(['condition-unconfirmed'])
  expect(result.conditions[0]?.unconfirmed).toBe(true)
})

const figure = `    parameters:
      - id: line
        name: 标准线
        type: money
        range: [0, null]
        adjusts: "07-01"
        rows: [{from: 2024-07-01, value: 1000}]`

test('past its known validity a figure is unknown; what it last said stands apart', () => {
  const text = programme({ condition: '财产 < 标准线', amount: '标准线', top: figure })
  const result = answer(text, householdOf({ assets: 50_000 }), '2025-07-01')
  expect(result.verdict).toBe('unknown')
  expect(result.reasons).toEqual(['parameter-expired'])
  expect(result.provisional).toEqual({
    verdict: 'eligible',
    amount: { kind: 'exact', fen: 100_000, per: 'month' },
    parameter: 'line',
    knownUntil: '2025-06-30',
  })
})

test('an amount may rest on an expired figure where the verdict does not', () => {
  const text = programme({ condition: '财产 < 600', amount: '标准线', top: figure })
  const result = answer(text, householdOf({ assets: 50_000 }), '2025-07-01')
  expect(result.verdict).toBe('eligible')
  expect(result.amount).toEqual({ kind: 'unknown' })
  expect(result.reasons).toEqual(['parameter-expired'])
})

test('before its first row a figure is missing, and nothing is said in its place', () => {
  const text = programme({ condition: '财产 < 标准线', top: figure })
  const result = answer(text, householdOf({ assets: 50_000 }), '2024-06-30')
  expect(result.reasons).toEqual(['parameter-missing'])
  expect(result.provisional).toBeUndefined()
})

test('whoever would have the status once it is confirmed waits for it, and does not have it', () => {
  const text = programme({ condition: 'status("other")' })
  const result = answer(text, householdOf({ holds_other: false, assets: 5000 }))
  expect(result.verdict).toBe('unknown')
  expect(result.reasons).toEqual(['status-pending'])
  expect(result.via).toEqual(['other'])
  expect(result.amount).toEqual({ kind: 'unknown' })
})

test('a line missed by a tenth is a near miss, by a fen more it is none', () => {
  const text = programme({ condition: '财产 <= 1000' })
  expect(answer(text, householdOf({ assets: 110_000 })).nearMiss).toBe(true)
  expect(answer(text, householdOf({ assets: 110_001 })).nearMiss).toBeUndefined()
})

test('columns know that a person misses a line of the household', () => {
  const pack = packFrom(programme({ target: 'person', condition: '家庭.财产 <= 1000' }))
  const near = householdOf({ assets: 105_000 }, {}, {})
  const far = householdOf({ assets: 900_000 }, {}, {})
  expectAgreement(pack, [far, near, far], '2025-06-01')
  expect([...nearMisses(pack, [far, near, far])]).toEqual([0, 0, 1, 1, 0, 0])
})

function nearMisses(pack: Pack, households: Parameters<typeof batchOf>[1]): Uint8Array {
  const { targets } = compileColumns(pack, '2025-06-01').run(batchOf(pack, households))
  return targets[0]?.nearMiss ?? new Uint8Array()
}

test('the least among people who may be none, all known to have nothing, is null for columns too', () => {
  const more = ', whenNull: unknown'
  const pack = packFrom(programme({ condition: 'min(members[在校].养老金) < 3', more }))
  expectAgreement(pack, [householdOf({}, { pension: null })], '2025-06-01')
})

test('an unknown date of birth lets the answer change when the end of its range has a birthday', () => {
  const text = programme({ target: 'person', condition: '年龄 <= 85' })
  expect(answer(text, householdOf({}, {}), '2025-06-01').nextChange).toBe('2025-06-15')
})

test('tomorrow in another month is seen a day before the month ends', () => {
  const text = programme({ condition: '(on + duration("P1D")).month = 7' })
  expect(answer(text, householdOf({}), '2025-06-29').verdict).toBe('ineligible')
  expect(answer(text, householdOf({}), '2025-06-29').nextChange).toBe('2025-06-30')
  expect(answer(text, householdOf({}), '2025-06-30').verdict).toBe('eligible')
})

test('on the eighteenth birthday itself, more than 18 years are a day away', () => {
  const text = programme({
    target: 'person',
    condition: 'on > 出生日期 + duration("P18Y")',
  })
  const result = answer(text, householdOf({}, { birth_date: '2007-06-01' }))
  expect(result.verdict).toBe('ineligible')
  expect(result.nextChange).toBe('2025-06-02')
})

test('the day of the month may change the answer tomorrow, the month only when it ends', () => {
  const daily = programme({ condition: 'on.day = 11' })
  expect(answer(daily, householdOf({}), '2025-06-10').nextChange).toBe('2025-06-11')
  const monthly = programme({ condition: 'on.month = 7' })
  expect(answer(monthly, householdOf({}), '2025-06-10').nextChange).toBe('2025-07-01')
})
