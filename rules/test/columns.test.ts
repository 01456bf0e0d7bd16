import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { batchOf } from '../src/columns/batch-of.ts'
import { compileColumns } from '../src/columns/program.ts'
import type { Fact, Pack } from '../src/pack.ts'
import { readPack } from '../src/read-pack.ts'
import type { HouseholdFacts, Reading } from '../src/results.ts'
import { textFromDay } from '../src/days.ts'
import { runs, unhurried } from './runs.ts'
import { expectAgreement } from './said.ts'

const yaml = (file: string): unknown => parse(readFileSync(file, 'utf8'))
const pack = ((): Pack => {
  const read = readPack({
    pack: yaml('policy/pack.yaml'),
    facts: yaml('policy/facts.yaml'),
    programmes: readdirSync('policy/programmes').map((file) => ({
      file,
      data: yaml(`policy/programmes/${file}`),
    })),
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems.slice(0, 5), null, 1))
  return read
})()
const value = (fact: Fact): fc.Arbitrary<Reading['value']> => {
  const known = ((): fc.Arbitrary<Reading['value']> => {
    switch (fact.type) {
      case 'boolean':
        return fc.boolean()
      case 'code':
        return fc.constantFrom(...(fact.codes ?? []).map(({ code }) => code))
      case 'date':
        return fc.integer({ min: -25_000, max: 20_200 }).map(textFromDay)
      case 'money':
        return fc.oneof(
          fc.integer({ min: 0, max: 400_000 }),
          fc.constantFrom(0, 159_500, 159_499, 319_000, 4_000_000, 90_000_000),
        )
      case 'integer':
        return fc.integer({ min: 0, max: 40 })
      case 'number':
        return fc.integer({ min: 0, max: 8000 }).map((x) => x / 100)
    }
  })()
  return fact.nullable
    ? fc.oneof({ weight: 3, arbitrary: known }, { weight: 2, arbitrary: fc.constant(null) })
    : known
}

const readings = (
  entity: 'household' | 'person',
  gaps: number,
): fc.Arbitrary<Record<string, Reading>> =>
  fc
    .tuple(
      ...pack.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) =>
          fc
            .option(value(fact), { freq: gaps, nil: undefined })
            .map((v) => (v === undefined ? [] : [[fact.id, { value: v }] as const])),
        ),
    )
    .map((entries) => Object.fromEntries(entries.flat()))

const household = fc.integer({ min: 1, max: 8 }).chain((gaps) =>
  fc.record({
    household: readings('household', gaps),
    members: fc
      .array(readings('person', gaps), { minLength: 1, maxLength: 6 })
      .map((all) => all.map((facts, i) => ({ id: String(i), facts }))),
  }),
)

test('columns say of every household what explain says of it', unhurried, () => {
  fc.assert(
    fc.property(
      fc.array(household, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        '2014-05-01',
        '2020-03-01',
        '2024-05-01',
        '2025-06-01',
        '2025-07-01',
        '2026-11-23',
      ),
      (households, on) => expectAgreement(pack, households, on),
    ),
    { numRuns: runs(0.3), endOnFailure: true },
  )
})

test('a household of one and a household of fifty, about whom nothing is known, are answered alike', () => {
  const nobody = (size: number): HouseholdFacts => ({
    household: {},
    members: Array.from({ length: size }, (_, i) => ({ id: String(i), facts: {} })),
  })
  expectAgreement(pack, [nobody(1), nobody(50), nobody(2)], '2025-06-01')
})

test('more persons than one block holds are answered as in blocks of their own', () => {
  const [sample] = fc.sample(household, { numRuns: 1, seed: 7 })
  const many = Array.from({ length: 900 }, () => sample!)
  const results = compileColumns(pack, '2025-06-01').run(batchOf(pack, many))
  for (const target of results.targets) {
    const rows = target.verdict.length / many.length
    expect(target.verdict.slice(-rows)).toEqual(target.verdict.slice(0, rows))
  }
})

test('no generated function is too long for the optimiser', () => {
  const [sample] = fc.sample(household, { numRuns: 1, seed: 7 })
  const columns = compileColumns(pack, '2025-06-01')
  columns.run(batchOf(pack, [sample!]))
  const longest = Math.max(...columns.sources().map((source) => source.length))
  expect(longest).toBeLessThan(40_000)
})
